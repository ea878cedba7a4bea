#!/usr/bin/env bash
# Builds the fuzz targets into build/fuzz/targets. Exit code 77: there is no clang here.
set -euo pipefail

cd "$(dirname "$0")/../.."
compiler=
for candidate in clang++-14 clang++; do
    if command -v "$candidate" >/dev/null \
        && echo 'extern "C" int LLVMFuzzerTestOneInput (const unsigned char*, unsigned long) { return 0; }' \
        | "$candidate" -x c++ - -fsanitize=fuzzer,address,undefined -o /dev/null 2>/dev/null; then
        compiler=$candidate
        break
    fi
done

if [ -z "$compiler" ]; then
    echo "Skipped: no clang with libFuzzer is installed (packages clang-14 and libclang-rt-14-dev)."
    exit 77
fi

build=build/fuzz

if [ ! -f "$build/build.ninja" ]; then
    launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    cmake -S Tests/Fuzz -B "$build" -G Ninja -DCMAKE_C_COMPILER="${compiler/clang++/clang}" \
        -DCMAKE_CXX_COMPILER="$compiler" "${launcher[@]}" >/dev/null
fi

cmake --build "$build" -- --quiet
