// In place of the editor, which no fuzz target opens.

#include "Plugin/PluginProcessor.h"

juce::AudioProcessorEditor* faltwerk::PluginProcessor::createEditor() { return nullptr; }
