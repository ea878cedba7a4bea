#include "Editor/Window/EmptyState.h"

#include "Editor/Look/Icons.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

EmptyState::EmptyState()
    : load ("Load" + juce::String::charToString (0x2026))
    , browse ("Browse kernels", icons::browse())
    , make ("Make one" + juce::String::charToString (0x2026), icons::wave())
{
    setComponentID ("emptyState");
    setTitle ("No kernel");
    const auto add = [this] (ControlButton& button, const char* id, std::function<void()> act)
    {
        button.setComponentID (id);
        button.setTitle (button.getButtonText());
        button.onClick = std::move (act);
        addAndMakeVisible (button);
    };
    add (load, "emptyLoad",
         [this]
         {
             const auto& act = missing.isEmpty() ? onLoad : onLocate;

             if (act != nullptr)
                 act();
         });
    add (browse, "emptyBrowse",
         [this]
         {
             if (onBrowse != nullptr)
                 onBrowse();
         });
    add (make, "emptyMake",
         [this]
         {
             if (onMake != nullptr)
                 onMake();
         });
    load.setSurface (ControlButton::Surface::primary);
}

void EmptyState::show (const juce::String& missingName)
{
    missing = missingName;
    load.setButtonText ((missing.isEmpty() ? "Load" : "Locate") + juce::String::charToString (0x2026));
    load.setTitle (load.getButtonText());
    setTitle (missing.isEmpty() ? juce::String ("No kernel") : "The kernel " + missing + " is missing");
    resized();
    repaint();
}

juce::Rectangle<int> EmptyState::textArea() const
{
    const int width = 400, left = std::max (56, (getWidth() - width) / 2 - 8);
    return juce::Rectangle<int> (left, std::max (8, getHeight() / 2 - 112), getWidth() - left - 16, 216);
}

void EmptyState::paint (juce::Graphics& g)
{
    // A decay that is not there: steep at first, then on and on.
    const auto plot = getLocalBounds().toFloat().withTrimmedLeft (56.0f).withTrimmedRight (24.0f).reduced (0.0f, 24.0f);
    const float centre = plot.getCentreY(), reach = plot.getHeight() / 2.0f;
    juce::Path upper, lower, dashed;
    const float onset = plot.getX() + 0.025f * plot.getWidth();
    upper.startNewSubPath (plot.getX() + 0.018f * plot.getWidth(), centre);
    lower.startNewSubPath (upper.getCurrentPosition());

    for (float x = onset; x <= plot.getRight(); x += 4.0f)
    {
        const float height = reach * std::exp (-3.6f * (x - onset) / plot.getWidth());
        upper.lineTo (x, centre - height);
        lower.lineTo (x, centre + height);
    }

    juce::Path body (upper);
    body.lineTo (plot.getRight(), centre);
    body.closeSubPath();
    body.addPath (lower);
    g.setColour (theme::ghost.withAlpha (0.12f));
    g.fillPath (body);
    constexpr float dashes[] = { 6.0f, 5.0f };
    upper.addPath (lower);
    juce::PathStrokeType (1.25f).createDashedStroke (dashed, upper, dashes, 2);
    g.setColour (theme::outline);
    g.fillPath (dashed);
    g.setColour (theme::zeroLine);
    g.fillRect (plot.getX(), centre, plot.getWidth(), 1.0f);

    // The outline fades out around the words.
    auto text = textArea().toFloat();
    const auto quiet = textArea().withWidth (std::min (textArea().getWidth(), 540)).reduced (0, 8);
    juce::DropShadow (theme::canvas, 48, {}).drawForRectangle (g, quiet);
    g.setFont (theme::font (theme::Type::title));
    g.setColour (theme::textHigh);
    g.drawText (missing.isEmpty() ? juce::String ("Drop a kernel here") : "'" + missing + "' is missing",
                text.removeFromTop (32.0f), juce::Justification::centredLeft, true);
    text.removeFromTop (6.0f);
    g.setFont (theme::font (theme::Type::body));
    g.setColour (theme::textMid);
    g.drawText (missing.isEmpty() ? "WAV, AIFF, FLAC, Ogg Vorbis, MP3 or numbers. Any sample rate, 1 to 16 channels."
                                  : "The session holds no copy of it. Its settings are kept until you locate it.",
                text.removeFromTop (20.0f), juce::Justification::centredLeft, true);
    text.removeFromTop (66.0f);
    g.drawText ("Until then the input passes through unchanged.", text.removeFromTop (20.0f),
                juce::Justification::centredLeft, true);
}

void EmptyState::resized()
{
    auto row = textArea().withTrimmedTop (70).withHeight (theme::controlHeight + 8).withTrimmedLeft (-4);

    for (auto* const button : { &load, &browse, &make })
    {
        button->setBounds (row.removeFromLeft (button->idealWidth()));
        row.removeFromLeft (4);
    }
}

} // namespace faltwerk
