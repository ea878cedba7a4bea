#include "Editor/PluginEditor.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr int updatesPerSecond = 30, tooltipDelay = 600; // ms

constexpr const char* kernelFiles = "*.wav;*.aif;*.aiff;*.aifc;*.flac;*.ogg;*.mp3;*.csv;*.txt";
const auto locate = "Locate" + juce::String::charToString (0x2026);

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

} // namespace

PluginEditor::PluginEditor (PluginProcessor& plugin)
    : juce::AudioProcessorEditor (plugin)
    , owner (plugin)
    , tooltips (this, tooltipDelay)
    , header (plugin)
    , display (plugin)
    , strip (plugin.parameters)
{
    setLookAndFeel (&lookAndFeel);
    setOpaque (true);
    setTitle ("Faltwerk");

    header.onLoad = [this] { loadFile(); };
    header.onAddKernelFolder = [this] { chooseKernelFolder(); };
    header.onExport = [this] (KernelExport::Format format) { exportKernel (format); };
    header.onDragBegin = [this] { prepareDrag(); };
    header.onDragOut = [this] { dragOut(); };
    header.onScale = [this] (int) { applyScale(); };
    addAndMakeVisible (header);
    display.onHint = [this] { showStatus (owner.kernelStatus()); };
    addAndMakeVisible (display);
    strip.onLockMix = [this]
    {
        auto options = owner.document.options();
        options.locksMix = ! options.locksMix;
        owner.document.setOptions (options);
        update();
    };
    addAndMakeVisible (strip);
    statusLine.onResetLoad = [this]
    {
        missedDeadlines = 0;
        worstLoads = {};
    };
    statusLine.onAction = [this] { act(); };
    addAndMakeVisible (statusLine);

    setResizable (true, true);
    setResizeLimits (minimumWidth, minimumHeight, largestWidth, largestHeight);
    const auto kept = owner.document.viewState();
    setSize (kept.width > 0 ? juce::jlimit (minimumWidth, largestWidth, kept.width) : referenceWidth,
             kept.height > 0 ? juce::jlimit (minimumHeight, largestHeight, kept.height) : referenceHeight);
    keepsSize = true;

    applyScale();
    update();
    startTimerHz (updatesPerSecond);
}

PluginEditor::~PluginEditor() { setLookAndFeel (nullptr); }

void PluginEditor::setStandalone (std::function<void()> showAudioSettings)
{
    header.onAudioSettings = std::move (showAudioSettings);
    header.setStandalone (true);
}

void PluginEditor::showHint (const juce::String& text)
{
    hint = text;
    showStatus (owner.kernelStatus());
}

void PluginEditor::update()
{
    const double now = juce::Time::getMillisecondCounterHiRes() / 1000.0;
    const double seconds = lastUpdate > 0.0 ? now - lastUpdate : 0.0;
    updateMeters (seconds);
    lastUpdate = now;

    const auto status = owner.kernelStatus();

    if (status.version != shownVersion || owner.isLoading() != shownLoading)
        showStatus (status);

    followExport();
    display.update (seconds);
    strip.update (seconds, owner.document.options().locksMix);
    header.update();
}

void PluginEditor::updateMeters (double seconds)
{
    const size_t last = owner.getMainBusNumInputChannels() > 1 ? 1 : 0;
    const float inputLeft = owner.meters.takeInputPeak (0), inputRight = owner.meters.takeInputPeak (1);
    strip.inputMeter.update ({ inputLeft, last == 1 ? inputRight : inputLeft }, seconds);

    const float outputLeft = owner.meters.takeOutputPeak (0), outputRight = owner.meters.takeOutputPeak (1);
    strip.outputMeter.update ({ outputLeft, owner.getMainBusNumOutputChannels() > 1 ? outputRight : outputLeft },
                              seconds);

    loadTime += seconds;

    if (loadTime < 1.0 && worstLoads[0] > 0.0)
        return;

    loadTime = 0.0;
    const auto reading = owner.load.take();
    missedDeadlines += reading.numMissed;
    std::rotate (worstLoads.rbegin(), worstLoads.rbegin() + 1, worstLoads.rend());
    worstLoads[0] = reading.worst;
    statusLine.showLoad (reading.mean, *std::max_element (worstLoads.begin(), worstLoads.end()), missedDeadlines);
}

void PluginEditor::showStatus (const KernelLoader::Status& status)
{
    if (std::exchange (shownVersion, status.version) != status.version)
        notice.clear(); // something newer has happened

    if (notice.isEmpty())
        exported = juce::File();

    shownLoading = owner.isLoading();

    const bool found = status.document != nullptr && status.document->kernel != nullptr;
    const auto name =
        status.document != nullptr ? juce::String::fromUTF8 (status.document->name.c_str()) : juce::String();
    header.showKernelName (name, shownLoading && ! found);
    strip.setHasKernel (status.document != nullptr);
    display.setAbsence (found                        ? Display::Absence::none
                        : status.document != nullptr ? Display::Absence::missing
                                                     : Display::Absence::noKernel);
    const auto& sounding = status.edited != nullptr ? status.edited->kernel : nullptr;
    statusLine.showKernel (found && sounding != nullptr ? factsOf (*sounding) : juce::String());

    if (notice.isNotEmpty())
        statusLine.showMessage (notice, noticeIsFailure ? StatusLine::Kind::failure : StatusLine::Kind::remark,
                                exported != juce::File() ? "Show file" : "");
    else if (status.message.empty())
        statusLine.showMessage (hint.isNotEmpty() ? hint : display.hint(), StatusLine::Kind::hint);
    else
        statusLine.showMessage (juce::String::fromUTF8 (status.message.c_str()),
                                status.isFailure || status.offersRelink ? StatusLine::Kind::failure
                                                                        : StatusLine::Kind::remark,
                                status.offersRelink ? locate : juce::String());
}

void PluginEditor::chooseFile (const juce::String& title, std::function<void (const juce::File&)> act)
{
    chooser = std::make_unique<juce::FileChooser> (title, juce::File(), kernelFiles);
    chooser->launchAsync (juce::FileBrowserComponent::openMode | juce::FileBrowserComponent::canSelectFiles,
                          [act = std::move (act)] (const juce::FileChooser& chosen)
                          {
                              if (chosen.getResult() != juce::File())
                                  act (chosen.getResult());
                          });
}

void PluginEditor::loadFile()
{
    chooseFile ("Load a kernel", [this] (const juce::File& file) { owner.loadKernel (file); });
}

void PluginEditor::locateKernel()
{
    chooseFile ("Locate the kernel", [this] (const juce::File& file) { owner.document.relink (file); });
}

void PluginEditor::chooseKernelFolder()
{
    chooser = std::make_unique<juce::FileChooser> ("Add a folder with kernels");
    chooser->launchAsync (juce::FileBrowserComponent::openMode | juce::FileBrowserComponent::canSelectDirectories,
                          [this] (const juce::FileChooser& chosen)
                          {
                              if (chosen.getResult() == juce::File())
                                  return;

                              auto values = owner.settings->get();
                              values.kernelFolders.addIfNotAlreadyThere (chosen.getResult().getFullPathName());

                              if (auto error = owner.settings->set (values); ! error.empty())
                                  owner.document.loader().report (std::move (error));
                          });
}

// --- Export ----------------------------------------------------------------------------------------------------------

void PluginEditor::exportKernel (KernelExport::Format format)
{
    const auto status = owner.kernelStatus();

    if (status.edited == nullptr || status.edited->kernel == nullptr)
        return;

    const juce::String extension (KernelExport::extensionOf (format));
    const auto name = juce::File::createLegalFileName (juce::String::fromUTF8 (status.document->name.c_str()));
    chooser = std::make_unique<juce::FileChooser> (
        "Export the kernel",
        juce::File::getSpecialLocation (juce::File::userHomeDirectory).getChildFile (name + extension),
        "*" + extension);
    chooser->launchAsync (juce::FileBrowserComponent::saveMode | juce::FileBrowserComponent::canSelectFiles
                              | juce::FileBrowserComponent::warnAboutOverwriting,
                          [this, kernel = status.edited->kernel, format, extension] (const juce::FileChooser& chosen)
                          {
                              if (chosen.getResult() != juce::File())
                                  exporter.write (kernel, chosen.getResult().withFileExtension (extension), format);
                          });
}

/** Writes the kernel to where a drag could take it from, while the name is pressed. */
void PluginEditor::prepareDrag()
{
    const auto status = owner.kernelStatus();
    draggedFile = juce::File();

    if (status.edited == nullptr || status.edited->kernel == nullptr)
        return;

    const auto folder =
        juce::File::getSpecialLocation (juce::File::tempDirectory).getChildFile ("Faltwerk dragged kernels");

    if (! folder.createDirectory().wasOk())
        return;

    const auto name = juce::File::createLegalFileName (juce::String::fromUTF8 (status.document->name.c_str()));
    draggedFile = folder.getChildFile (name + ".wav");
    exporter.write (status.edited->kernel, draggedFile, KernelExport::Format::wav32);
}

void PluginEditor::dragOut()
{
    if (draggedFile != juce::File() && ! exporter.isWriting() && draggedFile.existsAsFile())
        juce::DragAndDropContainer::performExternalDragDropOfFiles (
            { std::exchange (draggedFile, juce::File()).getFullPathName() }, false, this);
}

void PluginEditor::followExport()
{
    if (const auto result = exporter.take(); result && result->file != draggedFile)
    {
        exported = result->succeeded ? result->file : juce::File();
        notice = juce::String::fromUTF8 (result->sentence.c_str());
        noticeIsFailure = ! result->succeeded;
        showStatus (owner.kernelStatus());
    }
    else if (const auto done = exporter.progress())
    {
        statusLine.showMessage ("Exporting" + juce::String::charToString (0x2026) + " "
                                    + juce::String (juce::roundToInt (100.0 * *done)) + "%",
                                StatusLine::Kind::remark, "Cancel");
    }
}

void PluginEditor::act()
{
    if (exporter.progress())
        exporter.cancel();
    else if (exported != juce::File())
        exported.revealToUser();
    else
        locateKernel();
}

void PluginEditor::setScaleFactor (float hostScale)
{
    scaleOfHost = hostScale;
    applyScale();
}

void PluginEditor::applyScale()
{
    juce::AudioProcessorEditor::setScaleFactor (scaleOfHost * static_cast<float> (owner.settings->get().scalePercent)
                                                / 100.0f);
}

bool PluginEditor::keyPressed (const juce::KeyPress& key)
{
    const auto command = juce::ModifierKeys::commandModifier, shift = juce::ModifierKeys::shiftModifier;

    if (key == juce::KeyPress ('z', command, 0))
        owner.document.undo();
    else if (key == juce::KeyPress ('z', command | shift, 0) || key == juce::KeyPress ('y', command, 0))
        owner.document.redo();
    else if (key == juce::KeyPress ('a', juce::ModifierKeys(), 0))
        owner.document.swapSlots();
    else if (key.isKeyCode (juce::KeyPress::F1Key))
        showTooltipOfFocus();
    else if (! key.getModifiers().isAnyModifierKeyDown() && key.getTextCharacter() >= '1'
             && key.getTextCharacter() <= '5')
        display.showView (static_cast<int> (key.getTextCharacter() - '1'));
    else
        return false;

    update();
    return true;
}

void PluginEditor::showTooltipOfFocus()
{
    auto* const focused = juce::Component::getCurrentlyFocusedComponent();

    if (auto* const client = dynamic_cast<juce::TooltipClient*> (focused); client != nullptr && isParentOf (focused))
        if (const auto tip = client->getTooltip(); tip.isNotEmpty())
            tooltips.displayTip (focused->localPointToGlobal (focused->getLocalBounds().getCentre()), tip);
}

void PluginEditor::fileDragEnter (const juce::StringArray& files, int, int) { juce::ignoreUnused (files); }

void PluginEditor::fileDragExit (const juce::StringArray&) {}

void PluginEditor::filesDropped (const juce::StringArray& files, int, int) { owner.loadKernel (juce::File (files[0])); }

void PluginEditor::resized()
{
    const bool compact = isCompact();
    auto area = getLocalBounds();
    header.setBounds (area.removeFromTop (compact ? theme::compactHeaderHeight : theme::headerHeight));
    statusLine.setBounds (area.removeFromBottom (compact ? theme::compactFooterHeight : theme::footerHeight));
    strip.setBounds (area.removeFromBottom (compact ? theme::compactStripHeight : theme::stripHeight));
    display.setCompact (compact);
    display.setBounds (area);

    if (! keepsSize)
        return;

    auto state = owner.document.viewState();
    state.width = getWidth();
    state.height = getHeight();
    owner.document.setViewState (state);
}

juce::AudioProcessorEditor* PluginProcessor::createEditor() { return new PluginEditor (*this); }

} // namespace faltwerk
