#include "Editor/Dialogs/Measuring/MeasuringPanel.h"

#include "Picture/Theme.h"

#include <utility>

namespace faltwerk
{

namespace
{

const auto measureWords = "Measure", stopWords = "Stop";
constexpr int lineHeight = 40;

} // namespace

MeasuringPanel::MeasuringPanel (LiveMeasuring& measuring)
    : live (measuring)
    , tailRow ("Tail", "s", { 0.5, 20.0, 3.0 }, "Time to listen after the sweep: longer than what is measured rings")
    , output ("Output", "Output", { "both" })
    , check ("Check level")
    , loopback ("Measure latency")
    , measure (measureWords)
    , loopOff ("Subtract the loop's latency", theme::kernel)
{
    tailRow.setComponentID ("tail");
    addAndMakeVisible (tailRow);
    output.setComponentID ("output");
    output.setTooltip (
        "The outputs that play the sweep. Left, then right, gives true stereo: both inputs for each output");
    output.onChoose = [] (int) {};
    addAndMakeVisible (output);

    const auto add = [this] (juce::Button& button, const char* id, const char* tooltip)
    {
        button.setComponentID (id);
        button.setTitle (button.getButtonText());
        button.setTooltip (tooltip);
        addAndMakeVisible (button);
    };
    add (check, "checkLevel", "Plays the middle of the sweep for 1.5 s, and says how loud it comes back");
    add (loopback, "loopback",
         "Plays a sweep of 1 s through a cable from the output to the input, to know the latency of the device. Later "
         "measurements then begin at that time");
    add (measure, "measure", "Plays the sweep and records what comes back; nothing else sounds meanwhile");
    add (loopOff, "loopOff",
         "The kernel begins when the loop's sound would have come, and holds the delay of the room; or else at its "
         "first "
         "sound");
    measure.setSurface (ControlButton::Surface::primary); // what the dialog is for, until there is something to keep
    measure.reserve ({ measureWords, stopWords });
    loopOff.setClickingTogglesState (true);
    loopOff.setToggleState (true, juce::dontSendNotification);
    loopOff.setVisible (false);

    const auto begin = [this] (LiveMeasuring::Kind kind)
    {
        if (onBegin != nullptr)
            onBegin (kind);
    };
    check.onClick = [begin] { begin (LiveMeasuring::Kind::check); };
    loopback.onClick = [begin] { begin (LiveMeasuring::Kind::loop); };
    measure.onClick = [this, begin]
    {
        if (! stops)
        {
            measure.setSurface (ControlButton::Surface::solid);
            begin (LiveMeasuring::Kind::measure);
        }
        else if (onStop != nullptr)
            onStop();
    };
}

LiveMeasuring::Outputs MeasuringPanel::outputs() const { return static_cast<LiveMeasuring::Outputs> (output.shown()); }

void MeasuringPanel::update (bool isBusy, int numInputs, int numOutputs)
{
    if (std::exchange (stops, isBusy) != isBusy)
    {
        measure.show (isBusy ? stopWords : measureWords, {}, theme::textHigh);
        measure.setTitle (measure.getButtonText());

        // What cannot be pressed now has no keyboard either.
        if (isBusy && (check.hasKeyboardFocus (false) || loopback.hasKeyboardFocus (false)))
            measure.grabKeyboardFocus();
    }

    check.setEnabled (! isBusy);
    loopback.setEnabled (! isBusy);
    tailRow.setEnabled (! isBusy);
    output.setEnabled (! isBusy && numOutputs > 1);

    if (std::exchange (shownInputs, numInputs) != numInputs || std::exchange (shownOutputs, numOutputs) != numOutputs)
    {
        shownOutputs = numOutputs;
        juce::StringArray choices { "both" };

        if (numOutputs > 1)
            choices.addArray ({ "left only", "right only" });

        if (numOutputs > 1 && numInputs > 1)
            choices.add ("left, then right (true stereo)");

        if (output.shown() >= choices.size()) // else the last one left would be chosen: the right output alone
            output.show (0);

        output.setChoices (choices);
    }

    if (const bool hasLoop = live.loopLatency().has_value(); hasLoop != loopOff.isVisible())
        loopOff.setVisible (hasLoop);
}

void MeasuringPanel::resized()
{
    auto area = getLocalBounds();
    tailRow.setBounds (area.removeFromTop (NumberRow::height).withTrimmedLeft (ControlButton::ringMargin));
    output.setBounds (area.removeFromTop (lineHeight).removeFromLeft (juce::jmin (280, getWidth())));
    auto line = area.removeFromTop (lineHeight);
    check.setBounds (line.removeFromLeft (check.idealWidth()));
    loopback.setBounds (line.removeFromLeft (loopback.idealWidth()));
    line = area.removeFromTop (lineHeight);
    measure.setBounds (line.removeFromLeft (measure.idealWidth()));
    line.removeFromLeft (8);
    loopOff.setBounds (line.removeFromLeft (loopOff.idealWidth()).withSizeKeepingCentre (loopOff.idealWidth(), 28));
}

} // namespace faltwerk
