#include "Editor/Dialogs/PropertiesDialog.h"

#include "Editor/Dialogs/KernelPreview.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Kernel/KernelRouting.h"
#include "Kernel/Reading/KernelFile.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int rowHeight = 26, labelWidth = 128;

juce::String text (const std::string& words) { return juce::String::fromUTF8 (words.c_str()); }

juce::String placeOf (const LoadedKernel& document)
{
    if (! document.origin.path.empty())
        return text (document.origin.path);

    if (! document.origin.factoryName.empty())
        return "Faltwerk's own kernels";

    if (! document.origin.recipe)
        return "made here: kept in the session";

    const auto* const generator = findGenerator (document.origin.recipe->generator);
    return generator != nullptr ? "the generator " + text (std::string (generator->name))
                                : "a generator that this version does not have";
}

juce::String copyOf (const LoadedKernel& document, bool embedsKernel)
{
    if (document.encoded.empty())
        return "not needed: it is made from its settings";

    if (! embedsKernel && ! document.origin.path.empty() && ! document.origin.isOnlyInSessions)
        return "none: it is read from its file";

    return juce::File::descriptionOfSizeInBytes (static_cast<juce::int64> (document.encoded.size()));
}

} // namespace

PropertiesDialog::PropertiesDialog (PluginProcessor& owner)
    : Dialog ("Kernel", { 620, 12 * rowHeight + 44 })
    , processor (owner)
    , channels ("Meaning of the channels",
                {},
                { "Automatic", "LL LR RL RR", "LL RL LR RR", "Each to its own", "Matrix", "HeSuVi",
                  "B-format (W X Y Z)", "ambiX (W Y Z X)", "By hand" })
    , mirror ("Swap left and right", theme::kernel)
{
    const auto present = processor.document.current().source;
    name.setComponentID ("kernelName");
    name.setTitle ("Name");
    dress (name);
    name.setText (present != nullptr ? text (present->name) : juce::String(), false);
    name.onReturnKey = [this] { accept(); };
    name.onEscapeKey = [this] { dismiss(); };
    addAndMakeVisible (name);
    setUpChannels();
    addButton (
        "Done", [this] { accept(); }, true);
    copyHash = &addButton ("Copy hash",
                           [this]
                           {
                               if (const auto kernel = processor.document.current().source)
                                   juce::SystemClipboard::copyTextToClipboard (text (kernel->hash));
                           });
    copyPath = &addButton ("Copy path",
                           [this]
                           {
                               if (const auto kernel = processor.document.current().source)
                                   juce::SystemClipboard::copyTextToClipboard (text (kernel->origin.path));
                           });
    enableButtons();
}

void PropertiesDialog::setUpChannels()
{
    channels.setComponentID ("channelLayout");
    channels.onChoose = [this] (int index) { setLayout (static_cast<ChannelLayout> (index)); };
    addAndMakeVisible (channels);

    mirror.setComponentID ("mirror");
    mirror.setTooltip ("Left and right of the kernel change places, in and out");
    mirror.onClick = [this]
    {
        if (const auto kernel = processor.document.current().source)
        {
            auto choice = kernel->origin.channels;
            choice.isMirrored = mirror.getToggleState();
            processor.document.setChannels (choice);
        }
    };
    addAndMakeVisible (mirror);

    hand.setComponentID ("channelsByHand");
    hand.setTitle ("Channels of LL, LR, RL and RR");
    hand.setTooltip ("The numbers of the file's channels that go from left to left, left to right, right to left and "
                     "right to right; 0 is no path");
    dress (hand);
    hand.onReturnKey = [this] { connectByHand(); };
    hand.onFocusLost = [this] { connectByHand(); };
    hand.onEscapeKey = [this] { dismiss(); };
    addChildComponent (hand);
    showChannels();
}

/** Shows what the present kernel's channels are. */
void PropertiesDialog::showChannels()
{
    const auto kernel = processor.document.current().source;
    const bool hasFile = kernel != nullptr && ! kernel->origin.path.empty();
    const auto choice = hasFile ? kernel->origin.channels : ChannelChoice();
    channels.show (static_cast<int> (choice.layout));
    channels.setEnabled (hasFile && ! kernel->origin.hasParts && kernel->origin.otherFiles.empty());
    mirror.setToggleState (choice.isMirrored, juce::dontSendNotification);
    mirror.setEnabled (hasFile && (kernel->routing == Routing::stereo || kernel->routing == Routing::trueStereo));
    hand.setVisible (choice.layout == ChannelLayout::byHand);

    juce::StringArray numbers;

    for (const auto channel : choice.channelsByHand)
        numbers.add (juce::String (channel));

    if (! hand.hasKeyboardFocus (true))
        hand.setText (numbers.joinIntoString (" "), false);
}

void PropertiesDialog::setLayout (ChannelLayout layout)
{
    const auto kernel = processor.document.current().source;

    if (kernel == nullptr)
        return;

    const auto header = headerOfFile (kernel->origin.path);
    const auto count = header ? header->numChannels : 0;
    auto choice = kernel->origin.channels;
    choice.layout = layout;

    // A matrix of as many outputs as inputs, or of two outputs.
    const auto root = static_cast<size_t> (std::lround (std::sqrt (static_cast<double> (count))));
    choice.numMatrixInputs = layout != ChannelLayout::matrix ? 0 : root * root == count ? root : count / 2;

    if (layout != ChannelLayout::byHand)
        choice.channelsByHand.clear();
    else if (choice.channelsByHand.empty())
        choice.channelsByHand = count >= 4   ? std::vector<size_t> { 1, 2, 3, 4 }
                                : count >= 2 ? std::vector<size_t> { 1, 0, 0, 2 }
                                             : std::vector<size_t> { 1, 0, 0, 1 };

    processor.document.setChannels (choice);
    showChannels();
    resized();
}

/** Takes what was typed over, if it is another connection. */
void PropertiesDialog::connectByHand()
{
    const auto kernel = processor.document.current().source;
    const auto words = juce::StringArray::fromTokens (hand.getText().replaceCharacters (",;", "  ").trim(), true);

    if (kernel == nullptr || kernel->origin.channels.layout != ChannelLayout::byHand)
        return;

    auto choice = kernel->origin.channels;
    choice.channelsByHand.clear();

    for (const auto& word : words)
        if (word.isNotEmpty() && word.containsOnly ("0123456789") && word.length() < 5)
            choice.channelsByHand.push_back (static_cast<size_t> (word.getIntValue()));

    if (static_cast<int> (choice.channelsByHand.size()) != words.size() || words.size() != 4)
        processor.document.loader().report (
            "'" + hand.getText().toStdString()
            + "' does not connect the channels: write the numbers of the channels for LL, LR, RL and RR, as in "
              "1 2 9 8, and 0 for none.");
    else if (choice != kernel->origin.channels)
        processor.document.setChannels (choice);
}

void PropertiesDialog::enableButtons()
{
    const auto kernel = processor.document.current().source;
    copyHash->setEnabled (kernel != nullptr && ! kernel->hash.empty());
    copyPath->setEnabled (kernel != nullptr && ! kernel->origin.path.empty());
}

std::vector<std::pair<juce::String, juce::String>> PropertiesDialog::facts() const
{
    const auto status = processor.kernelStatus();
    std::vector<std::pair<juce::String, juce::String>> result;

    if (status.source == nullptr)
        return result;

    const auto& document = *status.source;
    const auto space = juce::String::charToString (0xa0);
    result.emplace_back ("Comes from", placeOf (document));
    result.emplace_back ("Hash (SHA-256)", text (document.hash));

    if (document.kernel != nullptr)
    {
        result.emplace_back ("As loaded", factsOf (*document.kernel));

        if (! document.origin.remark.empty())
            result.emplace_back ("Remark", text (document.origin.remark));

        if (const auto heard =
                partThatIsHeard (*document.kernel, static_cast<size_t> (processor.getMainBusNumInputChannels()),
                                 static_cast<size_t> (processor.getMainBusNumOutputChannels()));
            ! heard.empty())
            result.emplace_back ("Heard", text (heard));

        result.emplace_back ("Copy in sessions", copyOf (document, processor.session.options().embedsKernel));
    }

    if (status.edited != nullptr && status.edited->kernel != nullptr)
    {
        result.emplace_back ("As it sounds", factsOf (*status.edited->kernel));
        const double gain = 20.0 * std::log10 (std::max (status.edited->normalisingGain, 1e-12));
        result.emplace_back ("Normalised by", (gain > 0.0 ? "+" : "") + numberAsLabel (gain, 1) + space + "dB ("
                                                  + processor.parameters.normalise.getCurrentChoiceName().toLowerCase()
                                                  + ")");
    }

    return result;
}

void PropertiesDialog::update()
{
    if (const auto version = processor.kernelStatus().version; std::exchange (shownVersion, version) != version)
    {
        enableButtons();
        showChannels();
        repaint();
    }
}

void PropertiesDialog::closing (bool accepted)
{
    if (! accepted)
        return;

    if (hand.isVisible())
        connectByHand(); // what is typed and has not been entered

    processor.document.renameKernel (name.getText().trim().toStdString());
}

void PropertiesDialog::layOut (juce::Rectangle<int> area)
{
    name.setBounds (area.removeFromTop (30).withTrimmedLeft (labelWidth));
    area.removeFromTop (6);
    auto row = area.removeFromTop (38).withTrimmedLeft (labelWidth - 4);
    channels.setBounds (row.removeFromLeft (230));
    row.removeFromLeft (8);
    mirror.setBounds (row.removeFromLeft (mirror.idealWidth()));

    if (hand.isVisible())
    {
        area.removeFromTop (6);
        hand.setBounds (area.removeFromTop (30).withTrimmedLeft (labelWidth).withWidth (160));
    }
}

void PropertiesDialog::paintContents (juce::Graphics& g)
{
    auto area = contents();
    const auto label = [&] (const juce::String& words, juce::Rectangle<int> row)
    {
        g.setFont (theme::font (theme::Type::body));
        g.setColour (theme::textMid);
        g.drawText (words, row.withWidth (labelWidth), juce::Justification::centredLeft);
    };
    label ("Name", area.removeFromTop (30));
    area.removeFromTop (6);
    label ("Channels are", area.removeFromTop (38));
    area.removeFromTop (6);

    if (hand.isVisible())
    {
        label ("LL LR RL RR", area.removeFromTop (30));
        area.removeFromTop (6);
    }

    for (const auto& [words, value] : facts())
    {
        const auto font = theme::font (theme::Type::body);
        const auto room = static_cast<float> (area.getWidth() - labelWidth);
        const bool hasTwoLines = (words == "Remark" || words == "Heard") && theme::widthOf (font, value) > room;
        const auto row = area.removeFromTop (hasTwoLines ? 2 * rowHeight - 8 : rowHeight);
        label (words, row);
        g.setColour (theme::textHigh);

        // Of a long path the end matters most.
        auto shown = value;

        while (words == "Comes from" && shown.length() > 8 && theme::widthOf (font, shown) > room)
            shown = juce::String::charToString (0x2026) + shown.substring (9);

        g.drawFittedText (shown, row.withTrimmedLeft (labelWidth), juce::Justification::centredLeft,
                          hasTwoLines ? 2 : 1, 1.0f);
    }
}

} // namespace faltwerk
