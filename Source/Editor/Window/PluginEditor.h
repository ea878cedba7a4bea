#pragma once

#include "Editor/Browser/Browser.h"
#include "Editor/Computed.h"
#include "Editor/Dialogs/Dialog.h"
#include "Editor/Files/FileSaving.h"
#include "Editor/Files/KernelFiles.h"
#include "Editor/Header/Header.h"
#include "Editor/Keyboard/ClickedFocus.h"
#include "Editor/Keyboard/HostKeys.h"
#include "Editor/Look/LookAndFeel.h"
#include "Editor/LoudnessMatch.h"
#include "Editor/Strip/Strip.h"
#include "Editor/Window/Banner.h"
#include "Editor/Window/Display.h"
#include "Editor/Window/DropOverlay.h"
#include "Editor/Window/StatusLine.h"
#include "Picture/Theme.h"
#include "Plugin/PluginProcessor.h"
#include "Plugin/Sounds/SweepRun.h"

#include <functional>
#include <optional>
#include <string>

namespace faltwerk
{

/** The plugin's window: header, picture, strip of controls and status line. It reads the processor's state 30 times a
    second, and sends what the user does; no sound is computed here. */
class PluginEditor : public juce::AudioProcessorEditor, public juce::FileDragAndDropTarget, private juce::Timer
{
public:
    explicit PluginEditor (PluginProcessor&);
    ~PluginEditor() override;

    /** Adds what only the app has: Play, a button that opens its audio settings, and the device's drop-outs so far.
        [message] */
    void setStandalone (std::function<void()> showAudioSettings, std::function<int()> numDropOuts = {});

    /** Gives what opens the app's input, which may be muted, while something is measured. [message] */
    void setInputOpener (SweepRun::OpenInput opener) { openInput = std::move (opener); }

    /** Shows in the status line what the app says of its audio device, with a link to its settings; an empty text shows
        nothing. A hint gives way to messages of kernels, and after a while to the views' hints. A warning, that nothing
        is heard, gives way only to messages that are told nowhere else, and marks the button for the settings too.
        [message] */
    void showDevice (const juce::String& text, bool isWarning);

    /** Counts missed deadlines anew. [message] */
    void resetLoad();

    /** Reads the processor's state at once; the timer does it 30 times a second. [message] */
    void update();

    void paint (juce::Graphics& g) override { g.fillAll (theme::panel); }
    void resized() override;
    void mouseDown (const juce::MouseEvent&) override;
    bool keyPressed (const juce::KeyPress&) override;
    void parentHierarchyChanged() override;

    bool isInterestedInFileDrag (const juce::StringArray&) override;
    void fileDragEnter (const juce::StringArray& files, int x, int y) override;
    void fileDragMove (const juce::StringArray& files, int x, int y) override;
    void fileDragExit (const juce::StringArray&) override;
    void filesDropped (const juce::StringArray& files, int x, int y) override;

    static constexpr int referenceWidth = 1100, referenceHeight = 700, minimumWidth = 720, minimumHeight = 460,
                         largestWidth = 3840, largestHeight = 2160, compactBelow = 600, narrowBelow = 900;

private:
    void timerCallback() override { update(); }
    void showTooltipOfFocus();
    void giveKeyboardToModal();
    bool focusEnd (bool first);
    void showNotice (const KernelFiles::Notice&);
    void sayNotice();
    bool offersUndo() const;
    void dropNotice (bool alsoWithLink);
    void showBanner (const LoaderStatus&);
    void say (const juce::String& text,
              StatusLine::Kind,
              const juce::String& link = {},
              std::function<void()> act = {});
    void openNumbers (const juce::String& text);
    void offerWaysOn();
    void openSweep();
    void paste();
    void openBrowser (bool);
    void applyScale();
    juce::Rectangle<int> usableArea() const;
    float chosenScale() const;
    void layOut();
    void showStatus (const LoaderStatus&);
    void updateMeters (double seconds);
    bool isCompact() const { return surface.getHeight() < compactBelow; }

    PluginProcessor& owner;
    LookAndFeel lookAndFeel;
    juce::Component surface; // all parts lie on it; it has the chosen scale, and the window follows its size
    juce::TooltipWindow tooltips;

    KernelChoice choice;
    Header header;
    Display display;
    Browser browser;
    Strip strip;
    StatusLine statusLine;

    Banner banner;
    DropOverlay dropOverlay;
    FileSaving saving;
    DialogHost dialogs;
    SweepRun::OpenInput openInput; // or none

    HostKeys hostKeys;
    ClickedFocus clickedFocus { *this };
    LoudnessMatch match;
    KernelFiles files;
    KernelFiles::Notice notice;
    double noticeLeft = 0.0; // s, until it goes
    int numNotices = 0;      // shown so far
    juce::String deviceText; // of the app's audio device
    bool isDeviceWarning = false;
    double deviceHintLeft = 0.0;                                   // s, until the view's hints have the line again
    std::function<void()> linkAction;                              // what a click on the message's link does
    bool keepsSize = false;                                        // not before it has been restored
    Computed<std::string, std::optional<juce::String>> toAskAbout; // of the file that could not be loaded
    Computed<std::string, bool> isTooLong;                         // the same file
    uint64_t shownVersion = 0, dismissedVersion = 0;               // of the loader's status
    bool shownLoading = false, isSlow = false;                     // a kernel is waited for
    double lastUpdate = 0.0;                                       // s
    std::array<double, 10> worstLoads {};                          // of each of the last seconds
    juce::String shownRange;                                       // of a knob whose entry was refused
    bool isAuditioning = false;                                    // in the browser
    int missedDeadlines = 0;                                       // since the load was last clicked
    std::function<int()> numDropOuts;                              // of the app's device
    int seenDropOuts = 0;
    double loadTime = 0.0; // s since the load was last shown

    JUCE_DECLARE_NON_COPYABLE_WITH_LEAK_DETECTOR (PluginEditor)
};

} // namespace faltwerk
