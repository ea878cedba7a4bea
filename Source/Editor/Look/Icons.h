#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

/** Icons as outlines in a box of 16 x 16, to be stroked with 1.5 px. */
namespace faltwerk::icons
{

juce::Path play();        // filled
juce::Path stop();        // filled
juce::Path pause();       // filled
juce::Path stepBack();    // filled
juce::Path stepForward(); // filled
juce::Path power();
juce::Path sliders();
juce::Path speaker();
juce::Path balance();
juce::Path undo();
juce::Path redo();
juce::Path arrowRight();
juce::Path browse();
juce::Path folder();
juce::Path star(); // stroked or filled
juce::Path chevronLeft();
juce::Path chevronRight();
juce::Path search();
juce::Path plus();
juce::Path cross();
juce::Path wave();
juce::Path lock();
juce::Path unlock();
juce::Path check();
juce::Path more();
juce::Path download();
juce::Path warning();
juce::Path info();

/** Draws the mark, a folded sheet in gold, into a box of 20 x 18. */
void drawMark (juce::Graphics&, juce::Rectangle<float> box);

} // namespace faltwerk::icons
