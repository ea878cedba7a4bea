#!/usr/bin/env bash
# Compares `faltwerk render` with `ffmpeg -af afir` on one core: time of the whole process and peak memory, for sounds and
# kernels that it makes in a temporary folder. The programs take turns; medians are printed.
#
#   bash Resources/scripts/compare-render.sh [RUNS [TOOL]]     # by default 5 and build/bin/faltwerk
#
# Needs ffmpeg, sox and GNU time, and 3.5 GB in the folder for temporary files.
set -euo pipefail

runs=${1:-5}
tool=$(realpath "${2:-$(dirname "$0")/../../build/bin/faltwerk}")

for program in ffmpeg sox /usr/bin/time taskset; do
    if ! command -v "$program" >/dev/null; then
        echo "$program is missing. Install ffmpeg, sox, time and util-linux." >&2
        exit 1
    fi
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
core=$(taskset -cp $$ | sed 's/.*[ ,-]//') # the last one that this process may use

# Runs a command and appends its seconds and kilobytes to a file.
measure()
{
    local file=$1
    shift
    rm -f wet.wav
    taskset -c "$core" /usr/bin/time -a -o "$file" -f '%e %M' "$@"
}

median() { cut -d ' ' -f "$2" "$1" | sort -n | sed -n "$(((runs + 1) / 2))p"; }

compare()
{
    local name=$1 seconds=$2 decay=$3
    sox -n -r 48000 -c 2 -b 16 sound.wav synth "$seconds" pinknoise vol 0.5
    sox -n -r 48000 -c 2 -b 16 kernel.wav synth "$decay" whitenoise vol 0.1 fade 0 "$decay" "$decay"
    rm -f ours theirs

    for ((run = 0; run < runs; run++)); do
        measure ours "$tool" render sound.wav -k kernel.wav -o wet.wav
        measure theirs ffmpeg -nostdin -v error -i sound.wav -i kernel.wav -filter_complex '[0][1]afir' \
            -c:a pcm_f32le wet.wav
    done

    awk -v name="$name" -v a="$(median ours 1)" -v b="$(median theirs 1)" \
        -v c="$(median ours 2)" -v d="$(median theirs 2)" \
        'BEGIN { printf "%-26s %7.2f s %7.2f s %6.2f %6.0f MB %6.0f MB\n", name, a, b, a / b, c / 1024, d / 1024 }'
}

printf '%-26s %9s %9s %6s %9s %9s\n' "stereo at 48 kHz" faltwerk ffmpeg ratio faltwerk ffmpeg
compare "10 minutes, kernel of 5 s" 600 5
compare "1 hour, kernel of 3 s" 3600 3
