#include "Editor/Strip/Strip.h"

#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

using Changes = ParameterKnob::Changes;
using Polarity = ParameterKnob::Polarity;

constexpr int titleHeight = 20, columnWidth = 108, compactCell = 64;

} // namespace

Strip::Strip (Parameters& parameters)
    : inputMeter ("Input level", Meter::Scale::right)
    , outputMeter ("Output level", Meter::Scale::left)
    , gain (parameters, parameters.gain, Changes::signal, Polarity::bipolar)
    , preDelay (parameters, parameters.preDelay, Changes::kernel, Polarity::unipolar)
    , size (parameters, parameters.size, Changes::kernel, Polarity::bipolar)
    , decay (parameters, parameters.decay, Changes::kernel, Polarity::bipolar)
    , attack (parameters, parameters.attack, Changes::kernel, Polarity::unipolar)
    , width (parameters, parameters.width, Changes::kernel, Polarity::bipolar)
    , lowCut (parameters, parameters.lowCut, Changes::kernel, Polarity::unipolar)
    , highCut (parameters, parameters.highCut, Changes::kernel, Polarity::unipolar)
    , damping (parameters, parameters.damping, Changes::kernel, Polarity::unipolar)
    , mix (parameters, parameters.mix, Changes::signal, Polarity::unipolar)
    , wet (parameters, parameters.wet, Changes::signal, Polarity::unipolar)
    , dry (parameters, parameters.dry, Changes::signal, Polarity::unipolar)
    , out (parameters, parameters.out, Changes::signal, Polarity::bipolar)
    , reverse (parameters.reverse)
    , normalise (parameters.normalise)
    , more ("More")
    , knobs { &gain, &preDelay, &size, &decay, &attack, &width, &lowCut, &highCut, &damping, &mix, &wet, &dry, &out }
    , ofTheKernel { &preDelay, &size, &decay, &attack, &width, &lowCut, &highCut, &damping, &reverse, &normalise }
{
    setComponentID ("strip");
    gain.setTooltip ("Level of the input, before the kernel and the dry sound");
    preDelay.setTooltip ("Silence before the kernel; type a note value, as in 1/8, for the host's tempo");
    size.setTooltip ("Stretches the kernel: its length and its pitch together");
    decay.setTooltip ("Shortens or lengthens the tail; 100 % is the kernel as it is");
    attack.setTooltip ("Time until the kernel is at full level");
    width.setTooltip ("Stereo width of the kernel; 0 % is mono");
    lowCut.setTooltip ("Removes lows from the wet signal");
    highCut.setTooltip ("Removes highs from the wet signal");
    damping.setTooltip ("Lets high frequencies die away sooner");
    mix.setTooltip ("From dry to wet; at 50 % both are at 0 dB");
    wet.setTooltip ("Level of the convolved sound");
    dry.setTooltip ("Level of the input beside it");
    out.setTooltip ("Level of the output");
    reverse.setTooltip ("Plays the kernel backwards");
    normalise.setTooltip ("Matches kernels by level");

    gain.setGroup ("input");

    for (auto* const knob : { &preDelay, &size, &decay, &attack, &width })
        knob->setGroup ("kernel");

    for (auto* const knob : { &lowCut, &highCut, &damping })
        knob->setGroup ("tone");

    for (auto* const knob : { &mix, &wet, &dry, &out })
        knob->setGroup ("output");

    for (auto* const knob : knobs)
        knob->onRange = [this] (const juce::String& range)
        {
            if (onRange != nullptr)
                onRange (range);
        };

    inputMeter.setComponentID ("inputMeter");
    outputMeter.setComponentID ("outputMeter");
    mix.addLock ("Lock Mix", [this] { onLockMix(); });
    addAndMakeVisible (inputMeter);

    int order = 0; // in which Tab goes through them

    for (auto* const control :
         std::initializer_list<juce::Component*> { &gain, &preDelay, &size, &decay, &attack, &width, &reverse,
                                                   &normalise, &lowCut, &highCut, &damping, &mix, &wet, &dry, &out })
    {
        control->setExplicitFocusOrder (++order);
        addAndMakeVisible (control);
    }

    more.setComponentID ("moreControls");
    more.setTooltip ("Controls that do not fit into this window");
    more.onClick = [this, &parameters]
    {
        auto* const window = getParentComponent();
        juce::CallOutBox::launchAsynchronously (std::make_unique<MoreControls> (parameters, onRange),
                                                window->getLocalArea (&more, more.getLocalBounds()), window);
    };
    addAndMakeVisible (more);
    addAndMakeVisible (outputMeter);
}

void Strip::setHasKernel (bool hasKernel)
{
    for (auto* const component : ofTheKernel)
        component->setEnabled (hasKernel);
}

void Strip::update (double seconds, bool mixIsLocked)
{
    for (auto* const knob : knobs)
        knob->update (seconds);

    mix.showLock (mixIsLocked);
}

bool Strip::isCompact() const { return getHeight() < theme::stripHeight || getWidth() < 1000; }

void Strip::paint (juce::Graphics& g)
{
    if (isCompact())
        return;

    const auto title = [&] (const juce::String& text, const ParameterKnob& first, juce::Colour colour)
    {
        const float x = static_cast<float> (first.getX()) + 10.0f;
        g.setColour (colour);
        g.fillEllipse (x, 16.0f, 8.0f, 8.0f);
        g.setColour (theme::textMid);
        g.setFont (theme::font (theme::Type::labelMedium));
        g.drawText (text, juce::Rectangle<float> (x + 14.0f, 12.0f, 80.0f, 16.0f), juce::Justification::centredLeft);
    };

    title ("Input", gain, theme::signal);
    title ("Kernel", preDelay, theme::kernel);
    title ("Tone", lowCut, theme::kernel);
    title ("Output", mix, theme::signal);

    g.setColour (theme::textMid);
    g.setFont (theme::font (theme::Type::label));
    g.drawText ("Normalise", normaliseLabel.toFloat(), juce::Justification::centredLeft);
}

void Strip::resized()
{
    auto area = getLocalBounds().withTrimmedTop (12).reduced (theme::edgeMargin, 0);
    const int meterHeight = getHeight() < theme::stripHeight ? area.getHeight() - 12 : Meter::height;
    inputMeter.setBounds (area.removeFromLeft (Meter::width).withHeight (meterHeight));
    outputMeter.setBounds (area.removeFromRight (Meter::width).withHeight (meterHeight));

    const bool compact = isCompact();

    for (juce::Component* const component :
         std::initializer_list<juce::Component*> { &attack, &width, &damping, &wet, &dry, &reverse, &normalise })
        component->setVisible (! compact);

    more.setVisible (compact);

    compact ? layOutCompact (area) : layOutFull (area);
    repaint();
}

void Strip::layOutFull (juce::Rectangle<int> area)
{
    // Cells of a group follow each other; what is left over goes between the groups.
    constexpr int numCells = 13, numGaps = 4, leastGap = 6;
    const int cell =
        std::min (ParameterKnob::cellWidth - 4, (area.getWidth() - columnWidth - numGaps * leastGap) / numCells);
    const int gap = (area.getWidth() - numCells * cell - columnWidth) / numGaps;
    auto row = area.withTrimmedTop (titleHeight).withHeight (ParameterKnob::cellHeight);
    const auto place = [&row, cell] (std::initializer_list<ParameterKnob*> group)
    {
        for (auto* const knob : group)
            knob->setBounds (row.removeFromLeft (cell));
    };

    row.removeFromLeft (gap / 2);
    place ({ &gain });
    row.removeFromLeft (gap / 2);
    place ({ &preDelay, &size, &decay, &attack, &width });
    row.removeFromLeft (gap / 2);

    auto column = row.removeFromLeft (columnWidth);
    reverse.setBounds (column.removeFromTop (28).withWidth (reverse.idealWidth()));
    column.removeFromTop (6);
    normaliseLabel = column.removeFromTop (16).withTrimmedLeft (4);
    normalise.setBounds (column.removeFromTop (theme::controlHeight + 8));

    row.removeFromLeft (gap);
    place ({ &lowCut, &highCut, &damping });
    row.removeFromLeft (gap);
    place ({ &mix, &wet, &dry, &out });
}

void Strip::layOutCompact (juce::Rectangle<int> area)
{
    const bool isLow = getHeight() < theme::stripHeight;
    auto row = isLow ? area.withHeight (ParameterKnob::compactHeight)
                     : area.withTrimmedTop (titleHeight).withHeight (ParameterKnob::cellHeight);
    constexpr int numCells = 8;
    const int button = more.idealWidth();
    const int cell =
        std::min (ParameterKnob::cellWidth + 16, std::max (compactCell, (row.getWidth() - button) / numCells));
    row = row.withSizeKeepingCentre (numCells * cell + button, row.getHeight());
    more.setBounds (row.removeFromRight (button).withSizeKeepingCentre (button, theme::controlHeight + 8));

    for (auto* const knob : { &gain, &preDelay, &size, &decay, &lowCut, &highCut, &mix, &out })
        knob->setBounds (row.removeFromLeft (cell));
}

MoreControls::MoreControls (Parameters& parameters, const std::function<void (const juce::String&)>& onRange)
    : attack (parameters, parameters.attack, Changes::kernel, Polarity::unipolar)
    , width (parameters, parameters.width, Changes::kernel, Polarity::bipolar)
    , damping (parameters, parameters.damping, Changes::kernel, Polarity::unipolar)
    , wet (parameters, parameters.wet, Changes::signal, Polarity::unipolar)
    , dry (parameters, parameters.dry, Changes::signal, Polarity::unipolar)
    , reverse (parameters.reverse)
    , normalise (parameters.normalise, parameters.normalise.getName (64))
{
    for (juce::Component* const component :
         std::initializer_list<juce::Component*> { &attack, &width, &damping, &wet, &dry, &reverse, &normalise })
        addAndMakeVisible (component);

    for (auto* const knob : { &attack, &width, &damping, &wet, &dry })
        knob->onRange = onRange;

    setSize (5 * ParameterKnob::cellWidth + 16, ParameterKnob::cellHeight + 56);
}

void MoreControls::resized()
{
    auto area = getLocalBounds().reduced (8, 4);
    auto row = area.removeFromTop (ParameterKnob::cellHeight);

    for (auto* const knob : { &attack, &width, &damping, &wet, &dry })
        knob->setBounds (row.removeFromLeft (ParameterKnob::cellWidth));

    row = area.withTrimmedTop (4).withHeight (theme::controlHeight + 8);
    reverse.setBounds (row.removeFromLeft (reverse.idealWidth()).withSizeKeepingCentre (reverse.idealWidth(), 28));
    row.removeFromLeft (theme::groupGap);
    normalise.setBounds (row.removeFromLeft (normalise.idealWidth()));
}

} // namespace faltwerk
