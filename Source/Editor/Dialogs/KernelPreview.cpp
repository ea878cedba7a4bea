#include "Editor/Dialogs/KernelPreview.h"

#include "Picture/Theme.h"

#include <cmath>
#include <utility>

namespace faltwerk
{

juce::String factsOf (const Kernel& kernel)
{
    const auto space = juce::String::charToString (0xa0), dot = " " + juce::String::charToString (0xb7) + " ";
    const double seconds = kernel.lengthInSeconds(), kilohertz = kernel.sampleRate / 1000.0;
    const auto milliseconds =
        seconds < 0.01 ? juce::String (seconds * 1000.0, 2) : juce::String (juce::roundToInt (seconds * 1000.0));
    const auto length = seconds >= 1.0 ? juce::String (seconds, 2) + space + "s" : milliseconds + space + "ms";
    const bool whole = kilohertz == std::round (kilohertz);
    const auto rate = whole ? juce::String (juce::roundToInt (kilohertz)) : juce::String (kilohertz, 1);
    return length + dot + routingAsText (kernel) + dot + rate + space + "kHz";
}

namespace
{

/** Says if a kernel is shown with edits beside its level, which normalisation sets. */
juce::String editsInWords (const EditedKernel& kernel)
{
    Edits none;
    none.normalise = kernel.edits.normalise;
    return kernel.edits == none ? "Without edits" : "With your edits";
}

} // namespace

KernelPreview::KernelPreview (PluginProcessor& owner)
    : processor (owner)
{
    setComponentID ("preview");
    setTitle ("The kernel as it sounds");
    setBufferedToImage (true);
}

void KernelPreview::update()
{
    if (const auto newest = processor.kernelStatus().edited; newest != shown)
    {
        shown = newest;

        if (shown != nullptr && shown->kernel != nullptr)
            setDescription (factsOf (*shown->kernel) + ", " + editsInWords (*shown));

        repaint();
    }
}

void KernelPreview::setOutdated (bool isSo)
{
    if (std::exchange (isOutdated, isSo) != isSo)
        repaint();
}

void KernelPreview::paint (juce::Graphics& g)
{
    auto area = getLocalBounds().toFloat();
    g.setColour (theme::canvas);
    g.fillRoundedRectangle (area, theme::controlRadius);

    if (shown == nullptr || shown->kernel == nullptr || shown->overviews().empty())
        return;

    const auto& kernel = *shown->kernel;
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    const auto foot = area.removeFromBottom (24.0f).reduced (12.0f, 0.0f);
    g.drawText (factsOf (kernel), foot, juce::Justification::centredRight, true);
    g.drawText (editsInWords (*shown), foot, juce::Justification::centredLeft, true);

    WaveformScene scene;
    scene.kernel = { &shown->overviews().front(), &shown->overviews().back(), kernel.lengthInFrames(),
                     kernel.sampleRate };
    scene.fullScale = std::max (scene.kernel.peak(), 1e-9);
    scene.to = TimeAxis::holding (kernel.lengthInSeconds(), area.getWidth() - 80.0f, 90.0f).end;
    scene.unitBesideRuler = false;

    // A few taps are best seen with their signs.
    scene.decibels = kernel.lengthInFrames() > 512;
    WaveformPicture (scene, area.withTrimmedTop (4.0f)).draw (g);

    if (isOutdated)
    {
        g.setColour (theme::canvas.withAlpha (0.75f));
        g.fillRoundedRectangle (getLocalBounds().toFloat(), theme::controlRadius);
    }
}

} // namespace faltwerk
