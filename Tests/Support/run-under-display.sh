#!/usr/bin/env bash
# Runs a program under a virtual display with a window manager, without which windows misbehave.
#
#   run-under-display.sh PROGRAM [ARGUMENT ...]
#
# Exits with 77 if a program that this needs is not installed.
set -u

for needed in xvfb-run openbox xdotool xprop; do
    command -v "$needed" >/dev/null || { echo "SKIPPED: $needed is not installed." >&2; exit 77; }
done

if [ "${FALTWERK_INSIDE:-}" != yes ]; then
    FALTWERK_INSIDE=yes exec xvfb-run -a -s "-screen 0 1280x800x24" bash "$0" "$@"
fi

openbox >/dev/null 2>&1 & manager=$!
until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; do sleep 0.1; done
"$@"
code=$?
kill $manager
wait 2>/dev/null
exit $code
