#include "Editor/Views/Analysis/DecayView.h"

#include "Editor/Look/Icons.h"
#include "Editor/Views/Channels.h"
#include "Kernel/Edits/Toned.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <set>

namespace faltwerk
{

namespace
{

constexpr int noteHeight = 48, firstRow = 3; // 1 kHz
constexpr double shareOfPlot = 0.59;

/** Returns true if all samples are zero, so that no decay can be measured. */
bool isSilent (const Kernel& kernel)
{
    return std::all_of (kernel.paths.begin(), kernel.paths.end(),
                        [] (const std::vector<float>& path)
                        { return std::all_of (path.begin(), path.end(), [] (float x) { return x == 0.0f; }); });
}

} // namespace

DecayView::DecayView (PluginProcessor& owner, ViewChoices& choicesToKeep)
    : KernelView (owner, choicesToKeep)
    , channel ("Channel", "Channel", { "Mean" })
    , measure ("Measure", "Measure", { "file as loaded", "trim + tone", "all edits" })
    , copy ("Copy table")
    , part ("Part", { "Plot", "Table" })
{
    setComponentID ("decayView");
    setTitle ("Kernel decay");
    setFocusContainerType (FocusContainerType::focusContainer);

    part.setComponentID ("part");
    part.show (choices.get ("decay.table", 0));
    part.onChoose = [this] (int index)
    {
        part.show (index);
        choices.set ("decay.table", index);
        resized();
    };
    tools.add (part, [this] { return compact ? part.idealWidth() : 0; });
    channel.setComponentID ("channel");
    channel.onChoose = [this] (int index)
    {
        choices.set ("decay.channel", index);
        update (0.0);
    };
    tools.addMenu (channel);
    measure.setComponentID ("measure");
    measure.setTooltip ("Measure\nThe kernel as it was loaded, with its trims and the tone, or with all edits");
    measure.show (choices.get ("decay.measure", 2));
    measure.onChoose = [this] (int index)
    {
        choices.set ("decay.measure", index);
        update (0.0);
    };
    tools.addMenu (measure);
    copy.setComponentID ("copyTable");
    copy.setTooltip ("Copies all figures, for a spreadsheet");
    copy.onClick = [this] { juce::SystemClipboard::copyTextToClipboard (table.asText()); };
    tools.add (
        copy, [this] { return copy.idealWidth(); },
        [this] (juce::PopupMenu& menu) { menu.addItem ("Copy table", [this] { copy.onClick(); }); });

    backdrop.onPaint = [this] (juce::Graphics& g)
    {
        if (picture != nullptr)
            picture->draw (g, backdrop.getLocalBounds().toFloat());
    };
    addAndMakeVisible (backdrop);
    table.select (choices.get ("decay.row", firstRow));
    table.onSelect = [this] (int row)
    {
        choices.set ("decay.row", row);
        rebuild();
    };
    addAndMakeVisible (table);
}

juce::String DecayView::hint() const { return "Select a row to draw its band."; }

DecayView::Key DecayView::key() const
{
    const auto status = processor.kernelStatus();
    Key result;

    if (status.source == nullptr || status.source->kernel == nullptr)
        return result;

    result.document = status.source;
    result.measure = measure.shown();
    result.channel = channel.shown();
    const auto wanted = static_cast<Measure> (result.measure);

    if (wanted != Measure::asLoaded)
        result.tone = processor.parameters.snapshot().tone;

    if (wanted == Measure::allEdits)
        result.edited = status.edited;

    if (wanted == Measure::trimAndTone && status.edited != nullptr)
    {
        result.start = status.edited->edits.start;
        result.end = status.edited->edits.end;
    }

    return result;
}

Decay DecayView::analyse (const Key& wanted)
{
    auto kernel =
        withChannel (wanted.edited != nullptr ? *wanted.edited->kernel : *wanted.document->kernel, wanted.channel);

    if (static_cast<Measure> (wanted.measure) == Measure::trimAndTone)
    {
        Edits trims;
        trims.start = wanted.start;
        trims.end = wanted.end;

        if (auto trimmed = edited (kernel, trims))
            kernel = std::move (trimmed->kernel);
    }

    kernel = toned (kernel, wanted.tone);
    return isSilent (kernel) ? Decay() : analyseDecay (kernel);
}

void DecayView::update (double)
{
    const auto present = processor.kernelStatus().source;

    if (present != document)
    {
        document = present;
        channel.setChoices (channelNames (document != nullptr ? document->kernel.get() : nullptr));
        channel.show (choices.get ("decay.channel", 0));
        tools.resized();
    }

    const auto wanted = key();

    if (wanted.document == nullptr)
        analysis.clear();
    else
        analysis.ask (wanted, [wanted] { return analyse (wanted); });

    if (analysis.update())
    {
        const auto* const ready = analysis.get();
        table.show (ready != nullptr && ! ready->bands.empty() ? std::optional (DecayTable (*ready)) : std::nullopt);
        rebuild();
    }
}

/** Returns the picture of the chosen row: an octave, the middle of two, or the whole band, which comes first in the
    analysis. */
DecayPicture DecayView::pictureOf (const Decay& decay) const
{
    const auto row = static_cast<size_t> (table.selected()), numOctaves = decay.bands.size() - 1;
    return row < numOctaves    ? DecayPicture (decay.bands[row + 1])
           : row == numOctaves ? DecayPicture::ofMid (decay)
                               : DecayPicture (decay.broadband());
}

void DecayView::rebuild()
{
    const auto* const ready = analysis.get();
    picture =
        ready != nullptr && ! ready->bands.empty() ? std::make_unique<DecayPicture> (pictureOf (*ready)) : nullptr;
    backdrop.repaint();
    repaint();
}

void DecayView::setCompact (bool isCompact)
{
    KernelView::setCompact (isCompact);
    tools.resized();
    resized();
}

void DecayView::resized()
{
    auto area = getLocalBounds();
    const bool showsPlot = ! compact || part.shown() == 0, showsTable = ! compact || part.shown() == 1;
    backdrop.setVisible (showsPlot);
    table.setVisible (showsTable);
    noteArea = {};

    if (showsPlot && showsTable)
    {
        const int right = std::max (400, juce::roundToInt (getWidth() * (1.0 - shareOfPlot)) + 48);
        area = area.withTrimmedTop (4);
        auto side = area.removeFromRight (right).withTrimmedRight (theme::edgeMargin - 4);
        noteArea = side.removeFromBottom (noteHeight + 12).withTrimmedBottom (12);
        table.setBounds (side.withTrimmedTop (8));
        backdrop.setBounds (area);
    }
    else if (showsPlot)
    {
        backdrop.setBounds (area);
    }
    else
    {
        table.setBounds (area.reduced (theme::edgeMargin - 4, 4));
    }

    rebuild();
}

void DecayView::paint (juce::Graphics& g)
{
    if (! noteArea.isEmpty())
        paintNote (g);

    if (analysis.get() != nullptr && analysis.get()->bands.empty())
    {
        g.setFont (theme::font (theme::Type::body));
        g.setColour (theme::textMid);
        g.drawText ("There is no sound in this kernel.", getLocalBounds(), juce::Justification::centred);
    }
}

void DecayView::paintNote (juce::Graphics& g) const
{
    const auto* const ready = analysis.get();

    if (ready == nullptr || ready->bands.empty())
        return;

    // Why some figures are not there, once for each reason.
    std::set<juce::String> reasons;

    for (const auto& band : ready->bands)
        for (const auto& column : DecayTable::columns)
            if (const auto& figure = band.*column.figure; ! figure)
                reasons.insert (wordsFor (figure.missing));

    auto row = noteArea.toFloat().reduced (14.0f, 0.0f);
    const auto icon = row.removeFromLeft (24.0f);
    g.setColour (theme::textLow);
    g.strokePath (icons::info(),
                  juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                  juce::AffineTransform::translation (icon.getX(), row.getY() + 4.0f));
    juce::AttributedString text;
    const auto font = theme::font (theme::Type::label);

    if (! reasons.empty())
    {
        juce::StringArray words;

        for (const auto& reason : reasons)
            words.add (reason);

        text.append ("n/a", font, theme::warning);
        text.append (": " + words.joinIntoString ("; ")
                         + (reasons.count ("noise floor") > 0 ? " (T20 needs 35 dB of range, T30 45 dB)" : "") + ". ",
                     font, theme::textMid);
    }

    text.append ("Mid: mean of 500 Hz and 1 kHz.", font, theme::textMid);
    text.setLineSpacing (4.0f);
    text.draw (g, row.withTrimmedTop (4.0f));
}

std::unique_ptr<juce::AccessibilityHandler> DecayView::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::group);
}

} // namespace faltwerk
