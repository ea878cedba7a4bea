#!/usr/bin/env bash
# Searches for inputs that crash, hang or take too much memory: each fuzz target at random for so many minutes, two at a
# time. Inputs that reach new code are added to Tests/Fuzz/corpus, as few as cover it.
#
#   bash Resources/scripts/fuzz.sh MINUTES [TARGET...]
#
# A finding is left in build/fuzz/findings, and the exit code is 1.
set -euo pipefail

minutes=${1:?"Usage: fuzz.sh MINUTES [TARGET...]"}
shift
cd "$(dirname "$0")/../.."
export LSAN_OPTIONS=suppressions=$PWD/Tests/Fuzz/leaks.txt:print_suppressions=0
bash Tests/Fuzz/build.sh
build=build/fuzz
mkdir -p "$build/findings"
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd "$build/targets" && ls | sed -n 's/^fuzz_//p')

# Fuzzes one target and keeps what is new.
fuzz()
{
    local target=$1 found=$build/corpus/$1 kept=Tests/Fuzz/corpus/$1 log=$build/$1-random.log verdict=0 inputs=0 left
    mkdir -p "$found" "$kept"

    # In slices of five minutes: libraries that leak (leaks.txt) would reach the limit of memory.
    for ((left = minutes * 60; left > 0 && verdict == 0; left -= 300)); do
        "$build/targets/fuzz_$target" -max_total_time=$((left < 300 ? left : 300)) -max_len=16384 -timeout=10 \
            -malloc_limit_mb=128 -rss_limit_mb=1024 -close_fd_mask=2 -print_final_stats=1 \
            -artifact_prefix="$build/findings/$target-" "$found" "$kept" >"$log" 2>&1 || verdict=1
        inputs=$((inputs + $(sed -n 's/stat::number_of_executed_units: *//p' "$log")))
    done

    # By the edges that they reach, not by how often: some hundred bytes for each piece of code.
    "$build/targets/fuzz_$target" -merge=1 -use_counters=0 -max_len=4096 "$kept" "$found" >"$build/$target-merge.log" 2>&1 \
        || verdict=1

    if [ "$verdict" -ne 0 ]; then
        tail -n 40 "$log"
        echo "Fuzzing $target found something: the input is in $build/findings, the log is $log."
    else
        echo "Fuzzed $target for $minutes minutes: $inputs inputs," \
            "$(find "$kept" -type f | wc -l) in the corpus."
    fi

    return "$verdict"
}

verdict=0
running=0

for target in "${targets[@]}"; do
    if [ "$running" -eq 2 ]; then
        wait -n || verdict=1
        running=$((running - 1))
    fi

    fuzz "$target" &
    running=$((running + 1))
done

for ((; running > 0; running--)); do
    wait -n || verdict=1
done

exit "$verdict"
