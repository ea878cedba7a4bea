#!/usr/bin/env bash
# Configures and builds into build/: build.sh TESTS(ON|OFF) TARGET... Used by run.sh and test.sh.
set -euo pipefail

tests=$1
shift
cd "$(dirname "$0")/../.."

if [ ! -f build/build.ninja ] || ! grep -q "^FALTWERK_TESTS:BOOL=$tests\$" build/CMakeCache.txt 2>/dev/null; then
    echo "Configuring ..."
    log=$(mktemp)
    if ! cmake -S . -B build -G Ninja -DFALTWERK_TESTS="$tests" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        echo "The build could not be configured: see above." >&2
        exit 1
    fi
    rm -f "$log"
fi

echo "Building (a few minutes the first time; seconds later) ..."
quiet=()
[ -t 1 ] || quiet=(-- --quiet) # a terminal shows how far it is
if ! cmake --build build --target "$@" "${quiet[@]}"; then
    echo "The build failed: see above." >&2
    exit 1
fi
