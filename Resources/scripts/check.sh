#!/usr/bin/env bash
# Checks the sources for what a compiler does not see: format, directions of includes, words, lengths of files.
# Takes some seconds. Prints what is wrong; exits with 1 if anything is.
set -uo pipefail

cd "$(dirname "$0")/../.."
failed=0

# Prints a heading and the lines of its input, if there are any.
report()
{
    local lines
    lines=$(cat)
    [ -z "$lines" ] && return
    printf '%s\n%s\n\n' "$1" "$lines"
    failed=1
}

sources=$(git ls-files 'Source/*.h' 'Source/*.cpp' 'Tests/*.h' 'Tests/*.cpp' 2>/dev/null)
[ -n "$sources" ] || sources=$(find Source Tests -name '*.h' -o -name '*.cpp')

# --- Format: version 14, since others format differently -----------------------------------------------------------
formatter=$(command -v clang-format-14 || command -v clang-format || true)
if [ -n "$formatter" ] && "$formatter" --version | grep -q 'version 14\.'; then
    report "Not in the format of .clang-format:" < <(xargs "$formatter" --dry-run <<<"$sources" 2>&1 | grep 'warning:')
else
    echo "clang-format 14 is not installed: the format is not checked."
fi

# --- A room includes only rooms above it ----------------------------------------------------------------------------
# room_may_not FOLDER ROOM|ROOM...
room_may_not()
{
    report "Source/$1 may not include these rooms:" < <(grep -rnE "#include \"($2)/" "Source/$1")
}

room_may_not Convolution 'Kernel|Picture|Catalogue|Plugin|Editor|Standalone|Tool'
room_may_not Convolution/Vector 'Convolution/(Partition|Offline|Signal|Engine)'
room_may_not Convolution/Partition 'Convolution/(Offline|Signal|Engine)'
room_may_not Convolution/Offline 'Convolution/(Signal|Engine)'
room_may_not Convolution/Signal 'Convolution/(Partition|Offline|Engine)'
room_may_not Convolution/Engine 'Convolution/Offline'
report "Source/Convolution may not use JUCE:" < <(grep -rnE '#include [<"]juce' Source/Convolution)
room_may_not Kernel 'Picture|Catalogue|Plugin|Editor|Standalone|Tool'
room_may_not Picture 'Catalogue|Plugin|Editor|Standalone|Tool'
room_may_not Catalogue 'Picture|Plugin|Editor|Standalone|Tool'
room_may_not Plugin 'Picture|Editor|Standalone|Tool'
room_may_not Editor 'Standalone|Tool'
room_may_not Standalone 'Tool'
room_may_not Tool 'Catalogue|Plugin|Editor|Standalone'

# --- Words that make a comment hard to read --------------------------------------------------------------------------
report "A docstring begins with a verb: Returns, Writes, Replays ..." \
    < <(grep -rnE '/\*\* (Whether|Likewise|The same[ ,.]|That of )' Source)
report "Write plain English:" < <(grep -rnE '(//|\*).*\b(shall|nobody|of ours)\b' Source)
report "The thread is named [not audio]:" < <(grep -rn '\[any, not audio' Source Tests)

report "A comment is longer than 120 columns:" < <(find Source -name '*.h' -o -name '*.cpp' |
    xargs awk 'length > 120 && /^ *(\/\/|\/\*\*)/ { print FILENAME ":" FNR }')

# --- Lengths ----------------------------------------------------------------------------------------------------------
# A file that is longer is two files. Those here wait to be split, or are a table.
allowed='Source/Convolution/Vector/TransformLoops.cpp|Source/Editor/Window/PluginEditor.cpp|Source/Editor/Views/Waveform/WaveformView.cpp'
allowed="$allowed|Source/Kernel/Measuring/Deconvolution.cpp|Source/Picture/Waveform/WaveformPicture.cpp"
report "Longer than 500 lines:" < <(find Source -name '*.h' -o -name '*.cpp' | grep -vE "^($allowed)\$" | xargs wc -l |
    awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }')

# --- Spelling: names of functions and people are left out ---------------------------------------------------------------
if command -v codespell >/dev/null; then
    names=positionof,upto,doubleclick,shouldbe,canbe,meanin,nin,fro,vie,numer,berkley
    report "Spelling:" < <(codespell --quiet-level 3 -L "$names" README.md Source Tests Resources/scripts 2>&1)
fi

exit $failed
