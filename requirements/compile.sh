#!/bin/sh
# Locks the requirements anew, with hashes: run it with pip-tools installed, under the oldest Python
# that is supported, from the project's folder. Lines about where packages come from are left out.
set -eu
lock() {
  name=$1
  shift
  pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
    --output-file "requirements/$name.txt" "$@" pyproject.toml requirements/build.in
  sed -i '/^--/d' "requirements/$name.txt"
}
lock site
lock dev --constraint requirements/site.txt --extra test --extra check
lock bench --constraint requirements/dev.txt --extra bench
