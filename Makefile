# The commands of the project. `make site` and `make test` need Python 3.11 or later, make and git only.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.DEFAULT_GOAL := help
.PHONY: help site serve check test format bench chromium clean

help: ## List the commands.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

$(BIN)/python:
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 || { \
	  echo "installing Debian's python3-venv"; \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq python3-venv >/dev/null && \
	  $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/site.stamp: requirements/site.txt pyproject.toml | $(BIN)/python
	@echo "installing what the site needs"
	@$(PIP) --require-hashes -r requirements/site.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q generator
	@$(BIN)/fihrist schema >/dev/null
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/site.stamp
	@echo "installing what tests and checks need"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/dev.stamp
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

chromium:
	@command -v chromium >/dev/null || { echo "installing Debian's chromium"; \
	  $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq chromium >/dev/null; }

site: $(VENV)/site.stamp ## Build both sites into site/customer and site/staff.
	@$(BIN)/fihrist build

serve: $(VENV)/site.stamp ## Serve both sites on localhost; rebuild and reload on every change.
	@$(BIN)/fihrist serve

check: $(VENV)/dev.stamp ## Formatter, ruff, mypy --strict, import layers.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config pyproject.toml

format: $(VENV)/dev.stamp ## Format the code and mend what ruff can mend.
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

test: $(VENV)/dev.stamp chromium ## Everything, in a real browser too.
	@$(BIN)/python -m pytest -n auto --dist loadfile

bench: $(VENV)/bench.stamp chromium ## Measure builds beside other programs on the same pages, and search.
	@$(BIN)/python -m benchmarks

clean: ## Remove the environment and everything built.
	@rm -rf $(VENV) site build *.egg-info
