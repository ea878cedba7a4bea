#pragma once

#include "Convolution/Engine/Handover.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace faltwerk
{

class History;
struct KernelVoice;

/** All that VoiceBuilder (loader) and VoiceMixer (audio thread) share. */
struct VoiceBridge
{
    VoiceBridge();
    ~VoiceBridge();

    /** Number of frames by which a history is longer than its kernel needs, for the input that arrives during a replay.
     */
    static constexpr size_t replayMargin = 16384;

    Handover<KernelVoice> voices;
    std::atomic<uint64_t> numResets { 0 };                  // audio -> loader, release
    std::atomic<const History*> currentHistory { nullptr }; // audio -> loader, release; the loader frees the one before
};

} // namespace faltwerk
