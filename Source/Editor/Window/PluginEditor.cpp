#include "Editor/Window/PluginEditor.h"

#include "Editor/Dialogs/AboutDialog.h"
#include "Editor/Dialogs/GenerateDialog.h"
#include "Editor/Dialogs/Measuring/SweepDialog.h"
#include "Editor/Dialogs/NameDialog.h"
#include "Editor/Dialogs/NumbersDialog.h"
#include "Editor/Dialogs/PropertiesDialog.h"
#include "Editor/Keyboard/TypedKey.h"
#include "Kernel/Writing/FirstMinute.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr int updatesPerSecond = 30, tooltipDelay = 600; // ms
constexpr double patience = 0.5;                         // s: what takes longer can be cancelled
constexpr double deviceHintTime = 15.0;                  // s: long enough to be read once
constexpr double noticeTime = 15.0, linkTime = 60.0;     // s: with a link there is something to be done too

constexpr const char* dropHint = "Drop a sound file anywhere to use it as the kernel.";
const auto locate = "Locate" + juce::String::charToString (0x2026);
const juce::String undoLink = "Undo";
const auto audioSettings = "Audio settings" + juce::String::charToString (0x2026);

} // namespace

PluginEditor::PluginEditor (PluginProcessor& plugin)
    : juce::AudioProcessorEditor (plugin)
    , owner (plugin)
    , tooltips (&surface, tooltipDelay)
    , choice (plugin)
    , header (plugin)
    , display (plugin)
    , browser (choice)
    , strip (plugin.parameters)
    , match (plugin)
    , files (plugin, surface)
{
    setLookAndFeel (&lookAndFeel);
    setOpaque (true);
    setTitle ("Faltwerk");
    setWantsKeyboardFocus (true); // its keys count before anything else has the keyboard
    setFocusContainerType (FocusContainerType::keyboardFocusContainer); // it is no stop of Tab itself
    surface.setInterceptsMouseClicks (false, true);
    tooltips.setOpaque (false); // their corners are round
    addAndMakeVisible (surface);
    surface.addMouseListener (this, true);

    files.onNotice = [this] (const KernelFiles::Notice& newest) { showNotice (newest); };
    header.onLoad = [this] { files.chooseKernel(); };
    header.onAddKernelFolder = [this] { files.chooseFolder(); };
    header.onExport = [this] (KernelExport::Format format) { files.exportKernel (format); };
    header.onDragBegin = [this] { files.prepareDrag(); };
    header.onDragOut = [this] { files.dragOut (*this); };
    header.onScale = [this] (int) { applyScale(); };
    surface.addAndMakeVisible (header);
    display.onHint = [this] { showStatus (owner.kernelStatus()); };
    display.emptyState.onLoad = [this] { files.chooseKernel(); };
    display.emptyState.onLocate = [this] { files.locateKernel(); };
    surface.addAndMakeVisible (display);
    strip.onLockMix = [this]
    {
        auto options = owner.session.options();
        options.locksMix = ! options.locksMix;
        owner.session.setOptions (options);
        update();
    };
    strip.onRange = [this] (const juce::String& range)
    {
        if (range.isNotEmpty())
            showNotice ({ range, true });
        else if (shownRange.isNotEmpty() && notice.text == shownRange)
            dropNotice (false);

        shownRange = range;
    };
    surface.addAndMakeVisible (strip);
    statusLine.onResetLoad = [this] { resetLoad(); };
    statusLine.onAction = [this]
    {
        if (linkAction != nullptr)
            linkAction();
    };
    surface.addAndMakeVisible (statusLine);
    banner.onChooseAnother = [this] { files.chooseKernel(); };
    banner.onClose = [this]
    {
        dismissedVersion = shownVersion;
        showStatus (owner.kernelStatus());
    };
    header.onBrowse = [this] { openBrowser (! browser.isVisible()); };
    header.onStep = [this] (int by) { choice.step (by); };
    header.onStar = [this]
    {
        if (const auto id = choice.presentId(); ! id.empty())
            choice.setFavourite (id, ! choice.isFavourite (id));
    };
    display.emptyState.onBrowse = [this] { openBrowser (true); };
    browser.onClose = [this] { openBrowser (false); };
    browser.onMatch = header.onMatch = [this] (bool isOn)
    {
        match.setOn (isOn);
        update();
    };
    browser.onAddFolder = [this] { files.chooseFolder(); };
    browser.onRemoveFolder = [this] (const juce::String& path) { files.removeFolder (path); };
    surface.addChildComponent (browser);
    surface.addChildComponent (banner);
    surface.addChildComponent (dropOverlay);
    surface.addChildComponent (dialogs);
    header.onProperties = [this] { dialogs.open (std::make_unique<PropertiesDialog> (owner)); };
    header.onAskForName = [this] (PresetMenu::NameQuestion question)
    {
        dialogs.open (std::make_unique<NameDialog> (question.title, question.verb, question.suggestion,
                                                    std::move (question.remarkOn), std::move (question.act)));
    };
    header.onNotice = [this] (const juce::String& sentence)
    {
        KernelFiles::Notice ofStep { sentence };
        ofStep.isOfStep = true;
        showNotice (ofStep);
    };
    header.onPresetDeleted = [this] (const juce::String& preset)
    {
        KernelFiles::Notice removed { "Preset '" + preset + "' deleted" };
        removed.link = undoLink;
        removed.act = [this, preset]
        {
            header.restorePreset (preset);
            showNotice ({ "Preset '" + preset + "' is back" });
        };
        showNotice (removed);
    };
    header.onAbout = [this]
    {
        const juce::String kind (juce::AudioProcessor::getWrapperTypeDescription (owner.wrapperType));
        const bool isApp = owner.wrapperType == juce::AudioProcessor::wrapperType_Standalone;
        dialogs.open (std::make_unique<AboutDialog> (
            isApp ? juce::String ("App") : kind + " in " + juce::PluginHostType().getHostDescription()));
    };
    header.onGenerate = [this] { dialogs.open (std::make_unique<GenerateDialog> (owner)); };
    header.onNumbers = [this] { openNumbers ({}); };
    header.onMeasure = [this] { openSweep(); };
    display.emptyState.onMake = [this] { header.onGenerate(); };

    setResizable (true, true);
    const auto kept = owner.session.viewState();
    surface.setSize (kept.width > 0 ? juce::jlimit (minimumWidth, largestWidth, kept.width) : referenceWidth,
                     kept.height > 0 ? juce::jlimit (minimumHeight, largestHeight, kept.height) : referenceHeight);
    applyScale();
    keepsSize = true;
    update();

    if (owner.document.isTrying()) // as a session was saved
        openBrowser (true);

    startTimerHz (updatesPerSecond);
}

PluginEditor::~PluginEditor()
{
    // A plugin's loop would play on without a button to stop it.
    if (owner.wrapperType != juce::AudioProcessor::wrapperType_Standalone)
        owner.loop.setPlaying (false);

    // Else it would go from part to part while these are destroyed, and to some that are half gone.
    if (hasKeyboardFocus (true))
        giveAwayKeyboardFocus();

    setLookAndFeel (nullptr);
}

void PluginEditor::setStandalone (std::function<void()> showAudioSettings, std::function<int()> dropOuts)
{
    numDropOuts = std::move (dropOuts);
    seenDropOuts = numDropOuts != nullptr ? numDropOuts() : 0;
    header.onAudioSettings = std::move (showAudioSettings);
    header.setStandalone (true);
}

void PluginEditor::showDevice (const juce::String& text, bool isWarning)
{
    if (deviceText != text)
        deviceHintLeft = deviceHintTime;

    deviceText = text;
    isDeviceWarning = isWarning;
    header.showDevice (text, isWarning);
    showStatus (owner.kernelStatus());
}

void PluginEditor::resetLoad()
{
    missedDeadlines = 0;
    worstLoads = {};
}

void PluginEditor::update()
{
    const double now = juce::Time::getMillisecondCounterHiRes() / 1000.0;
    const double seconds = lastUpdate > 0.0 ? now - lastUpdate : 0.0;
    updateMeters (seconds);
    lastUpdate = now;

    const auto status = owner.kernelStatus();

    if (deviceHintLeft > 0.0 && (deviceHintLeft -= seconds) <= 0.0)
        showStatus (status);

    if (noticeLeft > 0.0 && (noticeLeft -= seconds) <= 0.0)
        dropNotice (true);

    const bool wasSlow = std::exchange (isSlow, owner.document.loader().waitingTime() > patience);

    const bool wasAuditioning =
        std::exchange (isAuditioning, browser.isVisible() && owner.document.isTrying() && dialogs.present() == nullptr);

    if (status.version != shownVersion || owner.isLoading() != shownLoading || isSlow != wasSlow
        || isAuditioning != wasAuditioning)
        showStatus (status);

    browser.update (choice.update (seconds));
    const auto id = choice.presentId();
    header.showFavourite (! id.empty() && choice.isFavourite (id), ! id.empty());
    files.update();
    match.update();
    giveKeyboardToModal();
    statusLine.showMatch (match.isOn() ? std::optional (match.gainDb()) : std::nullopt);
    browser.showMatch (match.isOn());
    header.showMatch (match.isOn());
    offerWaysOn();
    dropOverlay.update();
    dialogs.update();

    while (const auto saved = saving.take()) // whose dialog has gone
        showNotice ({ saved->sentence(), ! saved->error.empty(), saved->error.empty() ? saved->file : juce::File() });

    owner.sweep.collect();
    display.update (seconds);
    strip.update (seconds, owner.session.options().locksMix);
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

    // What the device has missed for other reasons than ours is heard as well.
    if (numDropOuts != nullptr)
    {
        const int now = numDropOuts();
        missedDeadlines += std::max (0, now - std::exchange (seenDropOuts, now) - reading.numMissed);
    }

    std::rotate (worstLoads.rbegin(), worstLoads.rbegin() + 1, worstLoads.rend());
    worstLoads[0] = reading.worst;
    statusLine.showLoad (reading.mean, *std::max_element (worstLoads.begin(), worstLoads.end()), missedDeadlines);
}

void PluginEditor::showStatus (const LoaderStatus& status)
{
    const auto present = owner.document.current().source;
    const bool isOfFormerKernel =
        notice.kernelPath.isEmpty()
        || (present != nullptr ? present->origin.path : std::string()) != notice.kernelPath.toStdString();
    const bool isOutdated = notice.isOfStep ? ! status.message.empty() : isOfFormerKernel;

    if (std::exchange (shownVersion, status.version) != status.version && isOutdated)
        notice = {}; // something newer has happened

    shownLoading = owner.isLoading();

    const bool found = status.source != nullptr && status.source->kernel != nullptr;
    const auto name = status.source != nullptr ? juce::String::fromUTF8 (status.source->name.c_str()) : juce::String();
    header.showKernelName (name, shownLoading && ! found);
    strip.setHasKernel (status.source != nullptr);
    display.setAbsence (found                      ? Display::Absence::none
                        : status.source != nullptr ? Display::Absence::missing
                                                   : Display::Absence::noKernel,
                        name);
    showBanner (status);
    const auto& sounding = status.edited != nullptr ? status.edited->kernel : nullptr;
    statusLine.showKernel (found && sounding != nullptr ? factsOf (*sounding) : juce::String());

    using Kind = StatusLine::Kind;
    const auto sayDevice = [this]
    { say (deviceText, isDeviceWarning ? Kind::failure : Kind::hint, audioSettings, header.onAudioSettings); };
    const bool isToldElsewhere =
        display.emptyState.isVisible() || banner.isVisible() || status.version == dismissedVersion;

    if (isSlow)
        say ("Loading '" + juce::String::fromUTF8 (present != nullptr ? present->name.c_str() : "") + "'"
                 + juce::String::charToString (0x2026),
             Kind::remark, "Cancel", [this] { owner.document.cancelLoading(); });
    else if (notice.text.isNotEmpty())
        sayNotice();
    else if (isDeviceWarning && (status.message.empty() || isToldElsewhere))
        sayDevice();
    else if (! status.message.empty() && ! banner.isVisible())
        say (juce::String::fromUTF8 (status.message.c_str()),
             status.isFailure || status.offersRelink ? Kind::failure : Kind::remark,
             status.offersRelink ? locate : juce::String(), [this] { files.locateKernel(); });
    else if (deviceText.isNotEmpty() && deviceHintLeft > 0.0)
        sayDevice();
    else if (isAuditioning && found)
        say ("Auditioning '" + name + "'. Return keeps it, Escape goes back.", Kind::hint);
    else
        say (found ? display.hint() : dropHint, Kind::hint);
}

void PluginEditor::sayNotice()
{
    const auto kind = notice.isFailure ? StatusLine::Kind::failure : StatusLine::Kind::remark;

    if (notice.isProgress)
        say (notice.text, kind, "Cancel", [this] { files.cancelExport(); });
    else if (notice.link.isNotEmpty())
        say (notice.text, kind, notice.link, notice.act);
    else if (notice.file != juce::File())
        say (notice.text, kind, "Show file", [file = notice.file] { file.revealToUser(); });
    else
        say (notice.text, kind);
}

/** Shows a message in the status line. @param link  what a click on it does, in a word or two; empty if nothing */
void PluginEditor::say (const juce::String& text,
                        StatusLine::Kind kind,
                        const juce::String& link,
                        std::function<void()> act)
{
    linkAction = std::move (act);
    statusLine.showMessage (text, kind, link);
}

/** Shows a notice of the editor, until the processor has a newer message. */
void PluginEditor::showNotice (const KernelFiles::Notice& newest)
{
    notice = newest;
    ++numNotices;
    noticeLeft = notice.link.isNotEmpty() || notice.file != juce::File() ? linkTime : noticeTime;
    showStatus (owner.kernelStatus());
}

/** Returns true if the status line offers to take back what was just done beside the document. */
bool PluginEditor::offersUndo() const
{
    return notice.link == undoLink && notice.act != nullptr && statusLine.shownMessage() == notice.text;
}

/** Removes the notice, after another action or when it has been read. */
void PluginEditor::dropNotice (bool alsoWithLink)
{
    const bool hasLink = notice.link.isNotEmpty() || notice.file != juce::File();

    if (notice.text.isEmpty() || notice.isProgress || (hasLink && ! alsoWithLink))
        return;

    notice = {};
    showStatus (owner.kernelStatus());
}

void PluginEditor::openNumbers (const juce::String& text)
{
    dialogs.open (std::make_unique<NumbersDialog> (owner, text));
}

/** Offers what can be done with a file that could not be loaded: the first part of one that is too long, or the dialog
    for numbers with a text that can be meant in two ways. */
void PluginEditor::offerWaysOn()
{
    if (isTooLong.update() && isTooLong.get() != nullptr && *isTooLong.get())
    {
        banner.offerToShorten (true);
        layOut();
    }

    const auto text = toAskAbout.update() && toAskAbout.get() != nullptr ? *toAskAbout.get() : std::nullopt;

    if (! text || dialogs.present() != nullptr || owner.document.isTrying())
        return;

    dismissedVersion = shownVersion; // the dialog says what the banner would
    showStatus (owner.kernelStatus());
    openNumbers (*text);
}

void PluginEditor::openSweep() { dialogs.open (std::make_unique<SweepDialog> (owner, saving, openInput)); }

void PluginEditor::openBrowser (bool open)
{
    browser.setOpen (open);
    header.showBrowsing (browser.isVisible());
    layOut();
}

/** Numbers from the clipboard become a kernel; a path or a file is loaded. */
void PluginEditor::paste()
{
    const auto text = juce::SystemClipboard::getTextFromClipboard();
    const juce::File file = juce::File::isAbsolutePath (text.trim()) ? juce::File (text.trim()) : juce::File();

    if (file.existsAsFile())
        owner.loadKernel (file);
    else if (text.containsAnyOf ("0123456789"))
        openNumbers (text);
    else
        showNotice ({ "The clipboard holds no numbers: copy some, as in 1, 0.5, 0.25", true, {}, false, {} });
}

void PluginEditor::showBanner (const LoaderStatus& status)
{
    const bool wanted = status.isFailure && ! status.file.empty() && status.version != dismissedVersion;
    const bool changed = banner.isVisible() != wanted;

    if (wanted)
    {
        // The sentence says what happened, then why and what to do.
        const juce::File file (juce::String::fromUTF8 (status.file.c_str()));
        const auto sentence = juce::String::fromUTF8 (status.message.c_str());
        const auto title = sentence.upToFirstOccurrenceOf (": ", false, false);
        const auto rest = sentence.fromFirstOccurrenceOf (": ", false, false);
        banner.show (rest.isEmpty() ? "'" + shownNameOf (file) + "' could not be loaded" : title,
                     (rest.isEmpty() ? sentence : rest.substring (0, 1).toUpperCase() + rest.substring (1))
                         + " The kernel in use has not changed.",
                     file.exists());
        banner.onShowFile = [file] { file.revealToUser(); };
        banner.onShorten = [this, file]
        {
            files.useFirstMinuteOf (file);
            banner.onClose();
        };
        isTooLong.ask (status.file, [path = status.file] { return isTooLongForKernel (path); });
    }
    else
    {
        isTooLong.clear();
        banner.offerToShorten (false);
    }

    if (wanted)
        toAskAbout.ask (status.file, [path = status.file]
                        { return KernelFiles::textToAskAbout (juce::File (juce::String::fromUTF8 (path.c_str()))); });
    else
        toAskAbout.clear(); // the same file is asked about again

    banner.setVisible (wanted);

    if (changed || wanted)
        layOut();
}

float PluginEditor::chosenScale() const { return static_cast<float> (owner.settings->get().scalePercent) / 100.0f; }

/** Draws everything larger or smaller; what is drawn keeps its size in its own pixels, and the window follows. */
void PluginEditor::applyScale()
{
    const auto scaled = [scale = chosenScale()] (int pixels)
    { return juce::roundToInt (scale * static_cast<float> (pixels)); };
    int width = scaled (surface.getWidth()), height = scaled (surface.getHeight());

    // The layout shrinks to what the display has room for, and then the scale does.
    if (const auto room = usableArea(); ! room.isEmpty())
    {
        const float fitting = std::min ({ chosenScale(), static_cast<float> (room.getWidth()) / minimumWidth,
                                          static_cast<float> (room.getHeight()) / minimumHeight });
        width = std::min (width, std::max (room.getWidth(), juce::roundToInt (fitting * minimumWidth)));
        height = std::min (height, std::max (room.getHeight(), juce::roundToInt (fitting * minimumHeight)));
    }

    const float least = std::min (1.0f, chosenScale()); // a small screen may leave no room for the chosen scale
    setResizeLimits (juce::roundToInt (least * minimumWidth), juce::roundToInt (least * minimumHeight),
                     scaled (largestWidth), scaled (largestHeight));
    setSize (width, height);
    resized(); // also where the host has left the size as it was

    // A window of our own grew to the right and down, maybe past the edge.
    auto* const window = findParentComponentOfClass<juce::ResizableWindow>();
    const auto* const screen =
        window != nullptr && isShowing()
            ? juce::Desktop::getInstance().getDisplays().getDisplayForRect (window->getScreenBounds())
            : nullptr;

    if (screen == nullptr || window->getPeer() == nullptr)
        return;

    const auto present = window->getPeer()->getFrameSizeIfPresent();
    const auto frame = present ? *present : juce::BorderSize<int>();
    window->setBounds (frame.subtractedFrom (frame.addedTo (window->getBounds()).constrainedWithin (screen->userArea)));
}

/** Returns the room for the editor on its display, in its own pixels; none if there is no display, or no wrapper has
    opened it. */
juce::Rectangle<int> PluginEditor::usableArea() const
{
    const auto& displays = juce::Desktop::getInstance().getDisplays();
    const bool isOpening = ! isShowing();

    if (isOpening && owner.wrapperType == juce::AudioProcessor::wrapperType_Undefined)
        return {};

    const auto* const screen =
        isOpening ? displays.getPrimaryDisplay() : displays.getDisplayForRect (getScreenBounds());

    if (screen == nullptr)
        return {};

    constexpr int frameWidth = 16, frameHeight = 48;                         // of any window around it, with its title
    const auto own = std::sqrt (std::abs (getTransform().getDeterminant())); // as a host has scaled it
    const auto room = screen->userArea.toFloat() / own;
    return room.toNearestInt().withTrimmedRight (frameWidth).withTrimmedBottom (frameHeight);
}

bool PluginEditor::keyPressed (const juce::KeyPress& pressed)
{
    const auto key = asTyped (pressed);
    const auto command = juce::ModifierKeys::commandModifier, shift = juce::ModifierKeys::shiftModifier;

    if (juce::ModalComponentManager::getInstance()->getNumModalComponents() > 0)
    {
        giveKeyboardToModal();
        return false; // a file browser over the window
    }

    if (dialogs.present() != nullptr) // nothing reaches what lies behind it
    {
        if (! dialogs.present()->hasKeyboardFocus (true))
            dialogs.deliver (key);
        else if (key.isKeyCode (juce::KeyPress::F1Key))
            showTooltipOfFocus();
        else
            return false; // Tab moves on within the dialog

        return true;
    }

    if (key.isKeyCode (juce::KeyPress::tabKey) && hasKeyboardFocus (false))
        return focusEnd (! key.getModifiers().isShiftDown());

    const bool isUndo = key == juce::KeyPress ('z', command, 0);

    if (isUndo && offersUndo())
    {
        const auto act = notice.act; // which shows another notice
        act();
        update();
        return true;
    }

    const int before = numNotices;

    if (isUndo)
        header.undo();
    else if (key == juce::KeyPress ('z', command | shift, 0) || key == juce::KeyPress ('y', command, 0))
        header.redo();
    else if (key == juce::KeyPress ('a', juce::ModifierKeys(), 0))
        header.swapSlots();
    else if (key == juce::KeyPress ('b', juce::ModifierKeys(), 0))
        openBrowser (! browser.isVisible());
    else if (key == juce::KeyPress (juce::KeyPress::leftKey, juce::ModifierKeys::altModifier, 0))
        choice.step (-1);
    else if (key == juce::KeyPress (juce::KeyPress::rightKey, juce::ModifierKeys::altModifier, 0))
        choice.step (1);
    else if (key == juce::KeyPress (juce::KeyPress::pageUpKey, juce::ModifierKeys::altModifier, 0))
        header.stepPreset (-1);
    else if (key == juce::KeyPress (juce::KeyPress::pageDownKey, juce::ModifierKeys::altModifier, 0))
        header.stepPreset (1);
    else if (key == juce::KeyPress ('v', command, 0))
        paste();
    else if (key.isKeyCode (juce::KeyPress::F1Key))
        showTooltipOfFocus();
    else if (! key.getModifiers().isAnyModifierKeyDown() && key.getTextCharacter() >= '1'
             && key.getTextCharacter() <= '5')
        display.showView (static_cast<int> (key.getTextCharacter() - '1'));
    else
        return false;

    if (numNotices == before) // and not what this key has told
        dropNotice (false);

    update();
    return true;
}

/** Gives the keyboard to the first part that Tab comes to, or to the last one. */
bool PluginEditor::focusEnd (bool first)
{
    const auto traverser = createKeyboardFocusTraverser();
    const auto parts = traverser->getAllComponents (this);

    if (parts.empty())
        return false;

    (first ? parts.front() : parts.back())->grabKeyboardFocus();
    return true;
}

/** Removes the notice on a click, unless it is on the message itself. */
void PluginEditor::mouseDown (const juce::MouseEvent& event)
{
    if (event.eventComponent != this && event.eventComponent != &statusLine
        && ! statusLine.isParentOf (event.eventComponent))
        dropNotice (false);
}

/** Gives the keyboard to what lies over the window and waits for an answer, JUCE's file browser or a field for a value,
    unless it has it. In some hosts the click that has opened it gives the keyboard back to what had it before. */
void PluginEditor::giveKeyboardToModal()
{
    auto* const modal = juce::Component::getCurrentlyModalComponent();
    const auto* const window = getPeer();

    if (modal == nullptr || ! isParentOf (modal) || window == nullptr || ! window->isFocused())
        return;

    const std::function<juce::Component*(juce::Component&)> fieldIn = [&] (juce::Component& part) -> juce::Component*
    {
        for (auto* const child : part.getChildren())
        {
            auto* const text = dynamic_cast<juce::TextEditor*> (child);

            if (child->isShowing() && text != nullptr && ! text->isReadOnly())
            {
                // The browser's own field would keep Escape for itself.
                if (text->onEscapeKey == nullptr && dynamic_cast<juce::FileBrowserComponent*> (&part) != nullptr)
                    text->onEscapeKey = [safe = juce::Component::SafePointer<juce::Component> (modal)]
                    {
                        if (safe != nullptr)
                            safe->exitModalState (0);
                    };

                return child;
            }

            if (auto* const field = fieldIn (*child))
                return field;
        }

        return nullptr;
    };

    auto* const field = fieldIn (*modal);

    if (field != nullptr && (modal->hasKeyboardFocus (false) || ! modal->hasKeyboardFocus (true)))
        field->grabKeyboardFocus();
    else if (! modal->hasKeyboardFocus (true))
        modal->grabKeyboardFocus();
}

void PluginEditor::parentHierarchyChanged()
{
    using Processor = juce::AudioProcessor;
    const bool isInHost =
        owner.wrapperType != Processor::wrapperType_Standalone && owner.wrapperType != Processor::wrapperType_Undefined;
    auto* const window = getTopLevelComponent();
    hostKeys.listenTo (isInHost && window != this ? window : nullptr);
}

void PluginEditor::showTooltipOfFocus()
{
    auto* const focused = juce::Component::getCurrentlyFocusedComponent();

    auto* const client = dynamic_cast<juce::TooltipClient*> (focused);

    if (client == nullptr || ! isParentOf (focused) || client->getTooltip().isEmpty())
        return;

    const auto control = focused->getScreenBounds();
    const bool isBelow = control.getCentreY() < getScreenBounds().getCentreY();
    tooltips.displayTip ({ control.getCentreX(), isBelow ? control.getBottom() : control.getY() },
                         client->getTooltip());
}

bool PluginEditor::isInterestedInFileDrag (const juce::StringArray&)
{
    return dialogs.present() == nullptr || dialogs.present()->takesFiles();
}

void PluginEditor::fileDragEnter (const juce::StringArray& paths, int x, int y)
{
    if (dialogs.present() != nullptr)
        return;

    dropOverlay.begin (paths, owner.document.isB() ? "A" : "B", owner.getSampleRate());
    dropOverlay.setVisible (true);
    fileDragMove (paths, x, y);
}

void PluginEditor::fileDragMove (const juce::StringArray&, int x, int y)
{
    dropOverlay.moveTo (dropOverlay.getLocalPoint (this, juce::Point<int> (x, y)));
}

void PluginEditor::fileDragExit (const juce::StringArray&) { dropOverlay.setVisible (false); }

void PluginEditor::filesDropped (const juce::StringArray& paths, int x, int y)
{
    if (auto* const dialog = dialogs.present())
    {
        dialog->take (paths);
        return;
    }

    const auto target = dropOverlay.targetAt (dropOverlay.getLocalPoint (this, juce::Point<int> (x, y)));
    dropOverlay.setVisible (false);
    files.drop (paths, target == DropOverlay::Target::otherSlot);

    if (paths.size() > 1)
        choice.remember (paths);
}

void PluginEditor::resized()
{
    // Nothing is ever cut off: where a window is too small for the scale, the scale gives way.
    const auto width = static_cast<float> (getWidth()), height = static_cast<float> (getHeight());
    const float scale = std::min ({ chosenScale(), width / minimumWidth, height / minimumHeight });

    if (! (scale > 0.0f))
        return;

    surface.setTransform (juce::AffineTransform::scale (scale));
    surface.setBounds (0, 0, juce::roundToInt (width / scale), juce::roundToInt (height / scale));
    layOut();

    if (! keepsSize)
        return;

    auto state = owner.session.viewState();
    state.width = surface.getWidth();
    state.height = surface.getHeight();
    owner.session.setViewState (state);
}

void PluginEditor::layOut()
{
    const bool compact = isCompact();
    auto area = surface.getLocalBounds();
    header.setBounds (area.removeFromTop (compact ? theme::compactHeaderHeight : theme::headerHeight));
    statusLine.setBounds (area.removeFromBottom (compact ? theme::compactFooterHeight : theme::footerHeight));
    strip.setBounds (area.removeFromBottom (compact ? theme::compactStripHeight : theme::stripHeight));
    dropOverlay.setBounds (area);

    // A narrow window shows the drawer or the picture.
    const bool coversAll = surface.getWidth() < narrowBelow;
    browser.setBounds (area.withWidth (coversAll ? area.getWidth() : Browser::width));

    if (browser.isVisible() && ! coversAll)
        area.removeFromLeft (Browser::width);

    display.setCompact (compact);
    display.setBounds (area);
    dialogs.setBounds (surface.getLocalBounds());
    const int tabs = compact ? theme::compactTabRowHeight : theme::tabRowHeight;
    auto below = area.withTrimmedTop (tabs - 4).reduced (8, 0);
    banner.setBounds (below.removeFromTop (banner.heightFor (below.getWidth())));
}

juce::AudioProcessorEditor* PluginProcessor::createEditor()
{
    document.loadPostponed(); // it is to be seen
    return new PluginEditor (*this);
}

} // namespace faltwerk
