#pragma once

#include "Kernel/Analysis/Decay/Decay.h"
#include "Kernel/Kernel.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** A page on a kernel to print or to send: waveform, spectrum, spectrogram, decay, and the table of its figures. */
class AnalysisSheet
{
public:
    static constexpr int width = 1400, height = 1260; // logical pixels

    /** Works out all that is drawn; the kernel is needed no longer then. @param decay  of the same kernel */
    static juce::Image render (const Kernel&, const Decay&, float scale = 2.0f);
};

} // namespace faltwerk
