#include "Editor/Window/DropOverlay.h"

#include "Editor/Files/KernelFiles.h"
#include "Editor/Look/Icons.h"
#include "Kernel/Reading/KernelFile.h"
#include "Kernel/Reading/KernelParts.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

const auto space = juce::String::charToString (0xa0);
const auto dot = "  " + juce::String::charToString (0xb7) + "  ";

juce::String rateAsText (double rate)
{
    const double kilohertz = rate / 1000.0;
    return numberAsLabel (kilohertz, kilohertz == std::round (kilohertz) ? 0 : 1) + space + "kHz";
}

juce::String nameOf (const KernelParts& parts)
{
    const auto text = [] (const std::string& utf8) { return juce::String::fromUTF8 (utf8.c_str()); };

    if (parts.files.size() == 4)
        return text (parts.name) + " (LL, LR, RL and RR)";

    if (parts.areNamedAlike)
        return text (parts.name) + " (L and R)";

    return text (nameOfFile (parts.files[0])) + " (left) and " + text (nameOfFile (parts.files[1])) + " (right)";
}

} // namespace

DropOverlay::DropOverlay()
{
    setComponentID ("dropOverlay");
    setInterceptsMouseClicks (false, false);
}

DropOverlay::Facts DropOverlay::look (const juce::StringArray& files, double sampleRate)
{
    const juce::File file (files[0]);
    Facts facts;
    facts.isKnown = true;

    if (file.isDirectory())
    {
        facts.isUsable = facts.isFolder = true;
        const auto numFolders = std::count_if (
            files.begin(), files.end(), [] (const juce::String& path) { return juce::File (path).isDirectory(); });
        const auto name = "'" + shownNameOf (file) + "'";
        facts.description = numFolders > 1
                                ? name + " and " + juce::String (numFolders - 1) + " more will be kernel folders"
                                : name + " will be one of your kernel folders";
        return facts;
    }

    const auto path = file.getFullPathName().toStdString();
    const auto parts = KernelFiles::partsOf (files);
    const auto kernel = parts ? readKernelParts (*parts) : readKernel (path);

    if (! kernel && ! parts && KernelFiles::textToAskAbout (file))
    {
        facts.isUsable = true;
        facts.description = shownNameOf (file) + dot + "its commas can mean two things: you will be asked";
        return facts;
    }

    if (! kernel)
    {
        facts.description = juce::String::fromUTF8 (kernel.error().c_str());
        return facts;
    }

    facts.isUsable = true;
    facts.description = parts ? nameOf (*parts) : shownNameOf (file);

    if (kernel->sampleRate > 0.0)
    {
        const double seconds = kernel->lengthInSeconds();
        facts.description << dot
                          << (seconds < 0.1 ? numberAsLabel (seconds * 1000.0, 1) + space + "ms"
                                            : numberAsLabel (seconds, 2) + space + "s");
    }
    else
    {
        facts.description << dot << juce::String (kernel->lengthInFrames()) << " taps";
    }

    facts.description << dot << routingAsText (*kernel);

    if (kernel->sampleRate > 0.0)
        facts.description << dot << rateAsText (kernel->sampleRate)
                          << (sampleRate > 0.0 && kernel->sampleRate != sampleRate
                                  ? ", will be converted to " + rateAsText (sampleRate)
                                  : juce::String());

    if (! kernel->remark.empty())
        facts.description << dot << juce::String::fromUTF8 (kernel->remark.c_str());

    if (files.size() > 1 && ! parts)
        facts.description << dot << "the first of " << files.size() << " files, the others under Recent";

    return facts;
}

void DropOverlay::begin (const juce::StringArray& files, const juce::String& otherSlot, double sampleRate)
{
    fileName = shownNameOf (juce::File (files[0]));
    other = otherSlot;
    shown = { fileName, true, juce::File (files[0]).isDirectory() };
    looked.clear();
    looked.ask (files.joinIntoString ("\n"), [files, sampleRate] { return look (files, sampleRate); });
    repaint();
}

void DropOverlay::update()
{
    if (isVisible() && looked.update() && looked.get() != nullptr)
    {
        shown = *looked.get();
        hovered = hasTwoTargets() ? hovered : Target::replace;
        repaint();
    }
}

juce::Rectangle<float> DropOverlay::areaOf (Target target) const
{
    auto area = getLocalBounds().toFloat().reduced (24.0f, 16.0f);

    if (! hasTwoTargets())
        return target == Target::replace ? area : juce::Rectangle<float>();

    const auto left = area.removeFromLeft (area.getWidth() * 2.0f / 3.0f - 8.0f);
    area.removeFromLeft (16.0f);
    return target == Target::replace ? left : area;
}

DropOverlay::Target DropOverlay::targetAt (juce::Point<int> place) const
{
    return hasTwoTargets() && static_cast<float> (place.x) >= areaOf (Target::otherSlot).getX() - 8.0f
               ? Target::otherSlot
               : Target::replace;
}

void DropOverlay::moveTo (juce::Point<int> place)
{
    if (std::exchange (hovered, targetAt (place)) != hovered)
        repaint();
}

void DropOverlay::paint (juce::Graphics& g)
{
    g.fillAll (theme::canvas.withAlpha (0.82f));

    if (! shown.isUsable)
    {
        paintTarget (g, Target::replace, "This cannot be a kernel", shown.description);
        return;
    }

    paintTarget (g, Target::replace, shown.isFolder ? "Add the folder" : "Replace the kernel", shown.description);

    if (hasTwoTargets())
        paintTarget (g, Target::otherSlot, "Load into " + other,
                     "Keep " + juce::String (other == "B" ? "A" : "B") + " for comparison");
}

void DropOverlay::paintTarget (juce::Graphics& g,
                               Target target,
                               const juce::String& title,
                               const juce::String& text) const
{
    const auto area = areaOf (target);
    const bool isHot = target == hovered, isWrong = ! shown.isUsable;
    const auto colour = isWrong ? theme::warning : isHot ? theme::kernel : theme::textMid;

    if (isHot)
    {
        g.setColour ((isWrong ? theme::warning : theme::kernel).withAlpha (0.14f));
        g.fillRoundedRectangle (area, theme::cardRadius);
        g.setColour (colour);
        g.drawRoundedRectangle (area.reduced (1.0f), theme::cardRadius, 2.0f);
    }
    else
    {
        juce::Path outline, dashed;
        outline.addRoundedRectangle (area.reduced (1.0f), theme::cardRadius);
        constexpr float dashes[] = { 5.0f, 4.0f };
        juce::PathStrokeType (1.5f).createDashedStroke (dashed, outline, dashes, 2);
        g.setColour (theme::outline);
        g.fillPath (dashed);
    }

    auto content = area.withSizeKeepingCentre (area.getWidth() - 32.0f, 112.0f);
    const auto icon = content.removeFromTop (36.0f);
    g.setColour (colour);
    g.strokePath (isWrong ? icons::warning() : icons::download(),
                  juce::PathStrokeType (1.25f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                  juce::AffineTransform::scale (1.75f).translated (icon.getCentreX() - 14.0f, icon.getY()));
    g.setColour (isWrong ? theme::warning : theme::textHigh);
    g.setFont (theme::font (theme::Type::heading));
    g.drawText (title, content.removeFromTop (28.0f), juce::Justification::centred, true);
    g.setFont (theme::font (theme::Type::body));
    g.setColour (isHot ? theme::textHigh : theme::textMid);
    g.drawFittedText (text, content.toNearestInt(), juce::Justification::centredTop, 3, 1.0f);
}

} // namespace faltwerk
