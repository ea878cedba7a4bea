#include "Editor/Dialogs/AboutDialog.h"

#include "FaltwerkResources.h"
#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr int buttonsWidth = 170, rowHeight = 32;

ManualPart versionAndLicences (const juce::String& host, ManualPart licence)
{
    using Kind = ManualPart::Kind;
    std::vector<ManualPart::Paragraph> paragraphs {
        { Kind::term, "Faltwerk " JucePlugin_VersionString },
        { Kind::text, "Convolution with no added latency, and a picture of what it does." },
        { Kind::text, host + ", with " + juce::SystemStats::getJUCEVersion() + ", on "
                          + juce::SystemStats::getOperatingSystemName() },
        { Kind::term, "Licence" }
    };
    paragraphs.insert (paragraphs.end(), licence.paragraphs.begin(), licence.paragraphs.end());
    paragraphs.push_back ({ Kind::term, "Libraries" });
    paragraphs.push_back (
        { Kind::text,
          "JUCE (AGPL or GPL), libsndfile (LGPL 2.1 or later), libsoxr (LGPL 2.1 or later), libFLAC, libogg, "
          "libvorbis and libopus (BSD), and Inter (SIL Open Font License 1.1)." });
    return { "About", std::move (paragraphs) };
}

} // namespace

AboutDialog::AboutDialog (const juce::String& host)
    : Dialog ("About Faltwerk", { 760, 440 })
{
    auto all = manualParts (juce::String::fromUTF8 (resources::README_md, resources::README_mdSize));
    const auto named = [&] (const juce::String& title)
    {
        const auto found =
            std::find_if (all.begin(), all.end(), [&] (const auto& part) { return part.title == title; });
        return found != all.end() ? *found : ManualPart { title, {} };
    };
    parts.push_back (versionAndLicences (host, named ("Licence")));

    for (const auto* const title : { "The window", "Sessions", "The idea", "The command line", "How fast" })
        parts.push_back (named (title));

    for (size_t n = 0; n < parts.size(); ++n)
    {
        auto& button = *buttons.emplace_back (std::make_unique<ControlButton> (parts[n].title));
        button.setComponentID ("part" + juce::String (n));
        button.setTitle (parts[n].title);
        button.setJustification (juce::Justification::centredLeft);
        button.setSurface (ControlButton::Surface::flat);
        button.onClick = [this, n] { show (n); };
        addAndMakeVisible (button);
    }

    page.setComponentID ("page");
    page.setTitle ("Manual");
    dress (page);
    page.setMultiLine (true);
    page.setReadOnly (true);
    page.setCaretVisible (false);
    page.setScrollbarsShown (true);
    page.setIndents (16, 12);
    page.setLineSpacing (1.2f);
    page.onEscapeKey = [this] { dismiss(); };
    addAndMakeVisible (page);
    addButton (
        "Close", [this] { accept(); }, true);
    show (0);
}

void AboutDialog::show (size_t part)
{
    for (size_t n = 0; n < buttons.size(); ++n)
        buttons[n]->setToggleState (n == part, juce::dontSendNotification);

    page.clear();

    for (const auto& [kind, text] : parts[part].paragraphs)
    {
        using Kind = ManualPart::Kind;
        const bool isTerm = kind == Kind::term, isCode = kind == Kind::code;
        page.setFont (isCode ? juce::Font (juce::Font::getDefaultMonospacedFontName(), 13.0f, juce::Font::plain)
                             : theme::font (isTerm ? theme::Type::bodyStrong : theme::Type::body));
        page.setColour (juce::TextEditor::textColourId, isTerm ? theme::textHigh : theme::textMid);
        page.insertTextAtCaret (text + (isTerm ? "\n" : "\n\n"));
    }

    page.setCaretPosition (0);

    for (auto* const child : page.getChildren())
        if (auto* const viewport = dynamic_cast<juce::Viewport*> (child))
            viewport->setViewPosition ({}); // the margin too

    page.setTitle (parts[part].title);
}

bool AboutDialog::keyPressed (const juce::KeyPress& key)
{
    const auto focused = std::find_if (buttons.begin(), buttons.end(),
                                       [] (const auto& button) { return button->hasKeyboardFocus (false); });
    const int last = static_cast<int> (buttons.size()) - 1;
    int part = static_cast<int> (focused - buttons.begin());

    if (part > last)
        return Dialog::keyPressed (key);

    if (key == juce::KeyPress (juce::KeyPress::upKey))
        part = std::max (0, part - 1);
    else if (key == juce::KeyPress (juce::KeyPress::downKey))
        part = std::min (last, part + 1);
    else if (key == juce::KeyPress (juce::KeyPress::homeKey))
        part = 0;
    else if (key == juce::KeyPress (juce::KeyPress::endKey))
        part = last;
    else
        return Dialog::keyPressed (key);

    buttons[static_cast<size_t> (part)]->grabKeyboardFocus();
    show (static_cast<size_t> (part));
    return true;
}

void AboutDialog::layOut (juce::Rectangle<int> area)
{
    auto left = area.removeFromLeft (std::min (buttonsWidth, area.getWidth() / 3));

    for (const auto& button : buttons)
        button->setBounds (left.removeFromTop (rowHeight + 4));

    area.removeFromLeft (12);
    page.setBounds (area);
}

} // namespace faltwerk
