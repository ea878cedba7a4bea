#!/usr/bin/env bash
# Installs what is missing, builds everything, and runs every test with ctest; arguments go to ctest, as in:
#
#   bash Resources/scripts/test.sh -L engine
#
# FALTWERK_DATA may name a folder of measured kernels and dry sound; tests that need them are skipped without.
set -euo pipefail

cd "$(dirname "$0")/../.."
bash Resources/scripts/install-dependencies.sh --tests
bash Resources/scripts/build.sh ON all

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
HOME=$home XDG_CONFIG_HOME=$home/.config ctest --test-dir build --output-on-failure -j 2 "$@"
