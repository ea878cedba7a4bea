#include "Editor/Dialogs/GenerateDialog.h"

#include "Kernel/Generators/GeneratorTable.h"
#include "Picture/Theme.h"

#include <map>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr int problemHeight = 36; // of two lines

juce::String text (std::string_view words)
{
    return juce::String::fromUTF8 (words.data(), static_cast<int> (words.size()));
}

/** Returns a parameter's name and help, and which number means which word. */
juce::String tooltipOf (const GeneratorParameter& parameter)
{
    auto tooltip = text (parameter.name) + "\n" + text (parameter.help);
    auto number = parameter.minimum;

    for (const auto choice : parameter.choices)
        tooltip += (choice == parameter.choices.front() ? " " : ", ") + juce::String (number++) + " " + text (choice);

    return tooltip;
}

juce::StringArray generatorNames()
{
    juce::StringArray names;

    for (const auto& each : generators())
        names.add (text (each.name));

    return names;
}

/** Returns the names of groups by the index of their first generator. */
std::map<int, juce::String> groupNames()
{
    std::map<int, juce::String> names;
    std::string_view last;

    for (int n = 0; n < static_cast<int> (generators().size()); ++n)
        if (const auto group = generators()[static_cast<size_t> (n)].group; std::exchange (last, group) != group)
            names[n] = text (group);

    return names;
}

} // namespace

GenerateDialog::GenerateDialog (PluginProcessor& owner)
    : Dialog ("Make a kernel", { 860, 430 })
    , processor (owner)
    , generator ("Generator", "Generator", generatorNames())
    , preview (owner)
{
    generator.setComponentID ("generator");
    generator.onChoose = [this] (int index) { choose (index); };
    generator.setHeadings (groupNames());
    addAndMakeVisible (generator);
    viewport.setViewedComponent (&rowList, false);
    viewport.setScrollBarsShown (true, false);
    viewport.setWantsKeyboardFocus (false); // its rows have it, and are scrolled to
    addAndMakeVisible (viewport);
    addAndMakeVisible (preview);
    keep = &addButton (
        "Keep", [this] { accept(); }, true);
    addButton ("Cancel", [this] { dismiss(); });
    processor.document.beginTrying();

    choose (generator.shown());
}

void GenerateDialog::choose (int index)
{
    rows.clear();

    for (const auto& parameter : generators()[static_cast<size_t> (index)].parameters)
    {
        const bool isWide = parameter.minimum > 0.0 && parameter.maximum / parameter.minimum > 100.0;
        auto row =
            std::make_unique<NumberRow> (text (parameter.name), text (parameter.unit),
                                         NumberRow::Range { parameter.minimum, parameter.maximum,
                                                            parameter.defaultValue, parameter.isWholeNumber, isWide },
                                         tooltipOf (parameter));
        row->setComponentID (text (parameter.id));
        row->onChange = [this] { isOutdated = true; };
        rowList.addAndMakeVisible (*row);
        rows.push_back (std::move (row));
    }

    isOutdated = true;
    resized();
    repaint();
}

/** Asks for the kernel; the newest wins, so that a dragged slider is followed as fast as it can be made. */
void GenerateDialog::make()
{
    const auto& chosen = generators()[static_cast<size_t> (generator.shown())];
    std::map<std::string, double> values;

    for (size_t n = 0; n < rows.size(); ++n)
        values[std::string (chosen.parameters[n].id)] = rows[n]->value();

    processor.document.loadRecipe (std::string (chosen.name), recipeFor (chosen.id, values));
}

void GenerateDialog::update()
{
    if (! processor.document.isTrying()) // a session has been loaded, or a step undone: nothing is left to try
    {
        dismiss();
        return;
    }

    if (isOutdated && ! processor.isLoading())
    {
        isOutdated = false;
        make();
    }

    preview.update();
    const auto status = processor.kernelStatus();
    const auto sentence = status.isFailure ? juce::String::fromUTF8 (status.message.c_str()) : juce::String();

    if (std::exchange (problem, sentence) != sentence)
        repaint();

    // Only what is asked for can be kept: not the last one that could be made.
    keep->setEnabled (problem.isEmpty());
    preview.setOutdated (problem.isNotEmpty());
}

void GenerateDialog::closing (bool accepted) { processor.document.endTrying (accepted); }

void GenerateDialog::layOut (juce::Rectangle<int> area)
{
    area.removeFromBottom (problemHeight + 4);
    auto left = area.removeFromLeft (400);
    area.removeFromLeft (20);
    preview.setBounds (area.withTrimmedTop (4));
    generator.setBounds (left.removeFromTop (40).withTrimmedLeft (-4));
    left.removeFromTop (44); // of the description
    viewport.setBounds (left);
    const int width = viewport.getMaximumVisibleWidth();
    rowList.setSize (width, static_cast<int> (rows.size()) * NumberRow::height);

    for (size_t n = 0; n < rows.size(); ++n)
        rows[n]->setBounds (0, static_cast<int> (n) * NumberRow::height, width - 4, NumberRow::height);
}

void GenerateDialog::paintContents (juce::Graphics& g)
{
    const auto area = contents();
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textLow);
    g.drawFittedText (text (generators()[static_cast<size_t> (generator.shown())].description),
                      area.withTrimmedTop (40).withHeight (40).withWidth (392), juce::Justification::topLeft, 2, 1.0f);

    if (problem.isEmpty())
        return;

    g.setColour (theme::warning);
    g.drawFittedText (problem, area.withTop (area.getBottom() - problemHeight), juce::Justification::centredLeft, 2,
                      1.0f);
}

} // namespace faltwerk
