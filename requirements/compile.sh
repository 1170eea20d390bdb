#!/bin/sh
# Locks the requirements anew, with hashes: run it with pip-tools installed, from the project's folder.
set -eu
lock() {
  name=$1
  shift
  pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
    --output-file "requirements/$name.txt" "$@" pyproject.toml requirements/build.in
}
lock site
lock dev --constraint requirements/site.txt --extra test --extra check
lock bench --constraint requirements/dev.txt --extra bench
