# Names the classes of the LV2 plugin, which JUCE leaves out: hosts then list it among reverbs, and its maintainer and
# release are those of a project, as their definitions ask for.
#
#   cmake -DBUNDLE=Faltwerk.lv2 -P Lv2Class.cmake

file (READ "${BUNDLE}/dsp.ttl" text)
string (REPLACE "\ta lv2:Plugin ;" "\ta lv2:Plugin , lv2:ReverbPlugin , doap:Project ;" text "${text}")

if (NOT text MATCHES "lv2:ReverbPlugin")
    message (FATAL_ERROR "${BUNDLE}/dsp.ttl describes no lv2:Plugin")
endif()

file (WRITE "${BUNDLE}/dsp.ttl" "${text}")
