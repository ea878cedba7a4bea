#!/usr/bin/env bash
# Installs what Faltwerk needs to be built (and, with --tests, to be tested) on Debian and its relatives.
#
#   bash Resources/scripts/install-dependencies.sh [--tests]
#
# Does nothing, in well under a second, where everything is there. Works as root or through sudo.
set -euo pipefail

build=(g++ cmake ninja-build pkg-config ccache juce-modules-source juce-tools libjack-jackd2-dev libasound2-dev
       libhwy-dev libsndfile1-dev libsoxr-dev libutf8proc-dev libcli11-dev)
tests=(catch2 libfftw3-dev libzita-convolver-dev xvfb xauth x11-utils openbox xdotool python3-xlib
       imagemagick jackd2 jack-tools)

optional=(clang-14 libclang-rt-14-dev clang-format-14 codespell) # skipped where a system has no such packages

wanted=("${build[@]}")
[ "${1:-}" = --tests ] && wanted+=("${tests[@]}")

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian or one of its relatives: dependencies are left to you (README.md, 'Other systems')."
    exit 0
fi

missing=()
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u)
for package in "${wanted[@]}"; do
    grep -qx "$package" <<<"$installed" || missing+=("$package")
done

wished=()
for package in "${optional[@]}"; do
    [ "${1:-}" != --tests ] || grep -qx "$package" <<<"$installed" || wished+=("$package")
done

# Adds the wished packages that apt knows, each once.
add_wished()
{
    for package in "${wished[@]}"; do
        if [[ " ${missing[*]} " != *" $package "* ]] && apt-cache show "$package" >/dev/null 2>&1; then
            missing+=("$package")
        fi
    done
}

[ ${#missing[@]} -gt 0 ] || add_wished

if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing, and neither are you root nor is sudo installed: ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing ${missing[*]} ..."

if ! { "${as_root[@]}" apt-get update -qq && add_wished \
       && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
           "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "The packages could not be installed: see above. Check the network and /etc/apt/sources.list." >&2
    exit 1
fi
