#!/usr/bin/env bash
# Installs what is missing, builds, and opens the app with a kernel loaded and a loop ready to play. Without a display or
# an audio device it plays the same loop into a file, and draws the editor into another.
set -euo pipefail

cd "$(dirname "$0")/../.."
bash Resources/scripts/install-dependencies.sh
# A build folder that test.sh has configured serves as well: what it adds is not built here.
tests=$(sed -n 's/^FALTWERK_TESTS:BOOL=//p' build/CMakeCache.txt 2>/dev/null || true)
bash Resources/scripts/build.sh "${tests:-OFF}" Faltwerk_All faltwerk_tool

if reason=$(build/app/Faltwerk --probe); then
    echo "Opening Faltwerk: click Play, then move Mix."
    exec build/app/Faltwerk
fi

echo "$reason So the demo loop is played into a file:"
build/app/Faltwerk --demo build/demo.wav --picture build/demo.png
