#pragma once

#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Toggle.h"
#include "Editor/Dialogs/Measuring/LiveMeasuring.h"
#include "Editor/Dialogs/NumberRow.h"

#include <functional>

namespace faltwerk
{

/** The controls of a measurement that plays and records here. While something is measured, its button stops it. */
class MeasuringPanel : public juce::Component
{
public:
    explicit MeasuringPanel (LiveMeasuring&);

    /** Begins something, or stops what goes on. */
    std::function<void (LiveMeasuring::Kind)> onBegin;
    std::function<void()> onStop;

    double tail() const { return tailRow.value(); } // s
    LiveMeasuring::Outputs outputs() const;
    bool takesLoopOff() const { return loopOff.isVisible() && loopOff.getToggleState(); }

    /** Shows what can be done now. @param isBusy  something is measured, or its kernel is found
        @param numInputs, numOutputs  of the processor */
    void update (bool isBusy, int numInputs, int numOutputs);

    void resized() override;

private:
    LiveMeasuring& live;
    NumberRow tailRow;
    ChoiceMenu output;
    ControlButton check, loopback, measure;
    Toggle loopOff;
    bool stops = false; // the button measure
    int shownInputs = 0, shownOutputs = 0;
};

} // namespace faltwerk
