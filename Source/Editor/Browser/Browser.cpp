#include "Editor/Browser/Browser.h"

#include "Editor/Look/Icons.h"
#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr int margin = 16, placeWidth = 132, widePlaceWidth = 168, dropHeight = 48;

} // namespace

bool Browser::SearchField::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::downKey) || key.isKeyCode (juce::KeyPress::upKey))
    {
        onStep (key.isKeyCode (juce::KeyPress::downKey) ? 1 : -1);
        return true;
    }

    return juce::TextEditor::keyPressed (key);
}

Browser::Browser (KernelChoice& owner)
    : choice (owner)
    , order ("Sort by", {}, { "Name", "Duration", "Channels", "Rate", "Newest" })
    , close ({}, icons::cross())
    , match ({}, icons::balance())
    , places (owner)
    , entries (owner)
{
    setOpaque (true);
    setComponentID ("browser");
    setTitle ("Kernel browser");
    setFocusContainerType (FocusContainerType::focusContainer);

    search.setComponentID ("search");
    search.setTitle ("Search kernels");
    search.setFont (theme::font (theme::Type::body));
    search.setColour (juce::TextEditor::backgroundColourId, juce::Colours::transparentBlack);
    search.setColour (juce::TextEditor::outlineColourId, juce::Colours::transparentBlack);
    search.setColour (juce::TextEditor::focusedOutlineColourId, theme::focus);
    search.setIndents (32, 8);
    search.onTextChange = [this] { ask(); };
    search.onStep = [this] (int by) { entries.step (by); };
    search.onReturnKey = [this]
    {
        if (choice.isTrying())
            choice.keep();
        else if (! entries.loadSelected() && ! search.isEmpty() && choice.size() > 0)
            choice.load (choice[0]);
    };
    search.onEscapeKey = [this]
    {
        if (choice.isTrying())
            takeBack();
        else if (search.isEmpty())
            onClose();
        else
        {
            search.clear(); // which does not tell of the change
            ask();
        }
    };
    addAndMakeVisible (search);
    order.setComponentID ("order");
    order.onChoose = [this] (int) { ask(); };
    addAndMakeVisible (order);
    close.setComponentID ("closeBrowser");
    close.setTitle ("Close the browser");
    close.setSurface (ControlButton::Surface::flat);
    close.onClick = [this] { onClose(); };
    addAndMakeVisible (close);
    match.setComponentID ("match");
    match.setTitle ("Equal loudness");
    match.setTooltip (
        "Equal loudness\nAnother kernel, slot or preset sounds as loud as the one before, while the window "
        "is open. An offline bounce is not changed; switch it off before a bounce in real time");
    match.onClick = [this]
    {
        if (onMatch != nullptr)
            onMatch (! match.getToggleState());
    };
    addAndMakeVisible (match);

    places.onChoose = [this] (const CataloguePlace& place)
    {
        auto query = choice.query();
        query.place = place;
        choice.setQuery (query);
        update (true);
    };
    places.onAddFolder = [this]
    {
        if (onAddFolder != nullptr)
            onAddFolder();
    };
    places.onRemoveFolder = [this] (const juce::String& path)
    {
        if (onRemoveFolder != nullptr)
            onRemoveFolder (path);
    };
    addAndMakeVisible (places);
    entries.onAudition = [this] (const CatalogueEntry& entry) { choice.audition (entry); };
    entries.onLoad = [this] (const CatalogueEntry& entry) { choice.load (entry); };
    entries.onKeep = [this] { choice.keep(); };
    entries.onTakeBack = [this]
    {
        if (choice.isTrying())
            takeBack();
        else
            onClose();
    };
    addAndMakeVisible (entries);
}

void Browser::showMatch (bool isOn)
{
    match.setToggleState (isOn, juce::dontSendNotification);
    match.show ({}, icons::balance(), isOn ? theme::signal : theme::textHigh);
}

void Browser::setOpen (bool isOpen)
{
    if (isVisible() == isOpen)
        return;

    if (! isOpen && choice.isTrying())
        choice.keep();

    choice.setOpen (isOpen);
    setVisible (isOpen);

    if (! isOpen)
        return;

    update (true);
    entries.scrollToEnsureRowIsOnscreen (std::max (0, entries.getSelectedRow()));

    if (isShowing())
        search.grabKeyboardFocus(); // type, or go down the list
}

/** Goes back to the kernel before the one that is tried, and selects it if it is in the list. */
void Browser::takeBack()
{
    choice.takeBack();
    entries.refresh();
}

void Browser::ask()
{
    auto query = choice.query();
    query.text = search.getText().toStdString();
    query.order = static_cast<CatalogueOrder> (order.shown());
    choice.setQuery (query);
    update (true);
}

/** Returns why no kernel is shown. */
juce::String Browser::whyNothing() const
{
    using Kind = CataloguePlace::Kind;
    const auto& place = choice.query().place;

    if (! choice.query().text.empty() && choice.countIn (place) > 0)
        return "Nothing here is called that";

    if (place.kind == Kind::favourites)
        return "Click a star, and the kernel is here";

    for (const auto& folder : choice.folders())
        if (place.kind == Kind::folder && folder.path == place.name && ! folder.problem.empty())
            return juce::String::fromUTF8 (folder.problem.c_str());

    return choice.progress().isScanning ? "Looking for kernels" + juce::String::charToString (0x2026)
                                        : juce::String ("No kernels here yet");
}

void Browser::update (bool hasChanged)
{
    if (! isVisible())
        return;

    const auto progress = choice.progress();
    const auto problem = juce::String::fromUTF8 (choice.problem().c_str());
    const auto words = problem.isNotEmpty() ? problem
                       : choice.size() == 0 ? whyNothing()
                       : progress.numWithFacts < progress.numFiles
                           ? "Looking into " + juce::String (progress.numFiles - progress.numWithFacts) + " files"
                           : juce::String();

    if (std::exchange (note, words) != words)
        repaint();

    if (! hasChanged)
        return;

    const auto* const what = choice.showsPresets() ? "presets" : "kernels";
    search.setTextToShowWhenEmpty ("Search " + juce::String (choice.numEntries()) + ' ' + what, theme::textLow);
    search.setTitle (juce::String ("Search ") + what);
    order.setEnabled (! choice.showsPresets()); // they are sorted by name
    places.refresh();
    entries.refresh();
}

void Browser::paint (juce::Graphics& g)
{
    g.fillAll (theme::panel);
    const auto field = search.getBounds().toFloat();
    g.setColour (theme::canvas);
    g.fillRoundedRectangle (field, theme::controlRadius);
    g.setColour (theme::textMid);
    g.strokePath (icons::search(),
                  juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                  juce::AffineTransform::translation (field.getX() + 10.0f, field.getCentreY() - 8.0f));

    // The sentence stands in the list while that is empty, under the search field.
    const auto area = dropArea.toFloat();
    const bool isEmpty = choice.size() == 0;

    if (note.isNotEmpty() && (isEmpty || ! area.isEmpty()))
    {
        g.setFont (theme::font (theme::Type::label));
        g.setColour (theme::textMid);
        g.drawFittedText (note, isEmpty ? entries.getBounds().withHeight (EntryList::heightOfRow) : dropArea,
                          juce::Justification::centred, 3, 1.0f);
    }

    if (area.isEmpty() || (note.isNotEmpty() && ! isEmpty))
        return;

    juce::Path outline, dashed;
    outline.addRoundedRectangle (area.reduced (1.0f), theme::controlRadius);
    constexpr float dashes[] = { 5.0f, 4.0f };
    juce::PathStrokeType (1.25f).createDashedStroke (dashed, outline, dashes, 2);
    g.setColour (theme::outline);
    g.fillPath (dashed);
    g.setColour (theme::kernel);
    g.strokePath (icons::download(),
                  juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                  juce::AffineTransform::translation (area.getX() + 40.0f, area.getCentreY() - 8.0f));
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    g.drawFittedText ("Drop WAV, AIFF, FLAC,\nOgg, MP3 or a folder", area.withTrimmedLeft (66.0f).toNearestInt(),
                      juce::Justification::centredLeft, 2, 1.0f);
}

void Browser::resized()
{
    auto area = getLocalBounds();
    auto row = area.removeFromTop (48).reduced (margin, 8);
    close.setBounds (row.removeFromRight (36).expanded (4));
    row.removeFromRight (4);
    order.setBounds (row.removeFromRight (116).expanded (4));
    row.removeFromRight (4);
    match.setBounds (row.removeFromRight (32).expanded (4));
    row.removeFromRight (8);
    search.setBounds (row);

    area.removeFromTop (4);
    area.removeFromBottom (12);
    const int widthOfPlaces = getWidth() > width ? widePlaceWidth : placeWidth;
    const bool isLow = getHeight() < 360; // then the list needs the room
    places.setBounds (area.removeFromLeft (widthOfPlaces + margin).withTrimmedLeft (margin));
    area.removeFromLeft (12);
    area.removeFromRight (margin - 4);
    dropArea = isLow ? juce::Rectangle<int>() : area.removeFromBottom (dropHeight).reduced (8, 0);
    area.removeFromBottom (isLow ? 0 : 8);
    entries.setBounds (area);
}

bool Browser::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::escapeKey))
    {
        if (choice.isTrying())
            takeBack();
        else
            onClose();

        return true;
    }

    return false;
}

} // namespace faltwerk
