#!/usr/bin/env bash
# Builds the fuzz targets into build/fuzz and runs each for some seconds on top of Tests/Fuzz/corpus:
#
#   bash Tests/Fuzz/run.sh [SECONDS] [TARGET...]
#
# What crashes, hangs or takes too much memory is left in build/fuzz/findings. Exit code 77: there is no clang here.
set -euo pipefail

seconds=${1:-20}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(audio numbers)

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
mkdir -p "$build/findings"

if [ ! -f "$build/build.ninja" ]; then
    launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    cmake -S Tests/Fuzz -B "$build" -G Ninja -DCMAKE_C_COMPILER="${compiler/clang++/clang}" \
        -DCMAKE_CXX_COMPILER="$compiler" "${launcher[@]}" >/dev/null
fi

cmake --build "$build" -- --quiet

for target in "${targets[@]}"; do
    mkdir -p "$build/corpus/$target"
    echo "Fuzzing $target for $seconds s ..."
    log=$build/$target.log
    if ! "$build/fuzz_$target" -max_total_time="$seconds" -max_len=65536 -timeout=10 -malloc_limit_mb=128 \
        -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$build/findings/$target-" \
        "$build/corpus/$target" "Tests/Fuzz/corpus/$target" >"$log" 2>&1; then
        tail -n 60 "$log"
        echo "Fuzzing $target found something: the input is in $build/findings."
        exit 1
    fi
    grep -E "stat::(number_of_executed_units|peak_rss_mb)" "$log"
done
