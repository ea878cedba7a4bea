#!/usr/bin/env bash
# Runs each fuzz target on its corpus (Tests/Fuzz/corpus) and on inputs made from it, the same ones each time:
#
#   bash Tests/Fuzz/run.sh [TARGET...]
#
# What crashes, hangs or takes too much memory is left in build/fuzz/findings. Exit code 77: there is no clang here.
# Resources/scripts/fuzz.sh searches at random, for as long as you like.
set -euo pipefail

cd "$(dirname "$0")/../.."
export LSAN_OPTIONS=suppressions=$PWD/Tests/Fuzz/leaks.txt:print_suppressions=0
export ASAN_OPTIONS=max_allocation_size_mb=128:hard_rss_limit_mb=1024:handle_abort=1:allocator_may_return_null=0
bash Tests/Fuzz/build.sh
build=build/fuzz
mkdir -p "$build/findings"
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd "$build/targets" && ls | sed -n 's/^fuzz_//p')

for target in "${targets[@]}"; do
    log=$build/$target.log
    if ! "$build/targets/replay_$target" "Tests/Fuzz/corpus/$target" "$build/findings/$target" >"$log" 2>&1; then
        tail -n 60 "$log"
        echo "Fuzzing $target found something: the input is $build/findings/$target."
        exit 1
    fi
    echo "$target: $(tail -n 1 "$log")"
done
