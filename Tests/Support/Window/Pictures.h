#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk::test
{

/** A picture of a component, without any display. */
juce::Image snapshot (juce::Component&, float scale);

/** Writes a picture into the folder of build artefacts, to be looked at. */
void keep (const juce::Image&, const juce::String& name);

/** The share of pixels whose colour is near another's, 0..1. */
double share (const juce::Image&, juce::Colour colour, float tolerance);

/** The share of pixels that differ visibly between two pictures, 0..1; 1 if their sizes differ. */
double difference (const juce::Image&, const juce::Image&, int tolerance = 16);

} // namespace faltwerk::test
