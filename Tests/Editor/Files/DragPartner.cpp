// Another application on the desktop: a small window out of which files are dragged, and which says in a line each that
// it is "ready", that what was dragged "gave" it away, and that it "got" a file.
//
//   faltwerk_drag_partner X Y [FILE ...]

#include <juce_gui_basics/juce_gui_basics.h>

#include <iostream>

namespace
{

class Partner : public juce::Component,
                public juce::DragAndDropContainer,
                public juce::FileDragAndDropTarget,
                private juce::Timer
{
public:
    Partner (juce::Point<int> place, juce::StringArray toGive)
        : files (std::move (toGive))
    {
        setOpaque (true);
        setBounds (place.x, place.y, 90, 90);
        addToDesktop (juce::ComponentPeer::windowIsTemporary); // which the window manager leaves where it is
        setAlwaysOnTop (true);
        setVisible (true);
    }

    ~Partner() override { stopTimer(); }

    void paint (juce::Graphics& g) override
    {
        g.fillAll (juce::Colours::darkseagreen);

        if (! isThere)
            startTimer (200); // until the desktop has shown it
    }

    void mouseDrag (const juce::MouseEvent&) override
    {
        if (! isDragging)
            isDragging = performExternalDragDropOfFiles (files, false, this,
                                                         [this]
                                                         {
                                                             isDragging = false;
                                                             say ("gave");
                                                         });
    }

    bool isInterestedInFileDrag (const juce::StringArray&) override { return true; }

    void filesDropped (const juce::StringArray& dropped, int, int) override
    {
        for (const auto& file : dropped)
            say ("got " + file);
    }

private:
    static void say (const juce::String& line) { std::cout << line << std::endl; }

    void timerCallback() override
    {
        stopTimer();

        if (! std::exchange (isThere, true))
            say ("ready");
    }

    const juce::StringArray files;
    bool isDragging = false, isThere = false;
};

} // namespace

int main (int argc, char** argv)
{
    if (argc < 3)
        return 2;

    const juce::ScopedJuceInitialiser_GUI juce;
    juce::StringArray files;

    for (int n = 3; n < argc; ++n)
        files.add (juce::String::fromUTF8 (argv[n]));

    const Partner partner ({ std::atoi (argv[1]), std::atoi (argv[2]) }, files);
    juce::MessageManager::getInstance()->runDispatchLoop(); // until it is killed
    return 0;
}
