#include "Editor/Controls/Tabs.h"

#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int ring = 6, gap = 12; // around each word for the focus ring, and between those

} // namespace

class Tabs::Tab : public juce::Button
{
public:
    Tab (Tabs& owner, const juce::String& word, int place)
        : juce::Button (word)
        , tabs (owner)
        , index (place)
    {
        setButtonText (word);
        setTitle (word);
        setWantsKeyboardFocus (true);
        setMouseClickGrabsKeyboardFocus (false);
        onClick = [this] { tabs.choose (index, false); };
    }

    int idealWidth() const
    {
        return static_cast<int> (std::ceil (theme::widthOf (theme::font (theme::Type::body), getButtonText())))
               + 2 * ring;
    }

    bool keyPressed (const juce::KeyPress& key) override
    {
        if (key.isKeyCode (juce::KeyPress::leftKey))
            tabs.choose (index - 1, true);
        else if (key.isKeyCode (juce::KeyPress::rightKey))
            tabs.choose (index + 1, true);
        else
            return juce::Button::keyPressed (key);

        return true;
    }

    void paintButton (juce::Graphics& g, bool highlighted, bool) override
    {
        const bool isChosen = tabs.chosen == index;
        const auto area = getLocalBounds().toFloat();
        g.setFont (theme::font (isChosen ? theme::Type::bodyStrong : theme::Type::body));
        g.setColour (isChosen || highlighted ? theme::textHigh : theme::textMid);
        g.drawText (getButtonText(), area, juce::Justification::centred, false);

        if (isChosen)
        {
            g.setColour (theme::kernel);
            g.fillRect (area.reduced (static_cast<float> (ring), 0.0f).removeFromBottom (2.0f));
        }

        if (hasKeyboardFocus (false))
            LookAndFeel::drawFocusRing (g, area.reduced (3.0f, 6.0f).reduced (1.0f), theme::controlRadius - 1.0f);
    }

    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override
    {
        /** A radio button is what there is for a tab in JUCE. */
        class Handler : public juce::AccessibilityHandler
        {
        public:
            explicit Handler (Tab& shown)
                : juce::AccessibilityHandler (
                    shown,
                    juce::AccessibilityRole::radioButton,
                    juce::AccessibilityActions().addAction (juce::AccessibilityActionType::press,
                                                            [&shown] { shown.onClick(); }))
                , tab (shown)
            {
            }

            juce::AccessibleState getCurrentState() const override
            {
                const auto state = juce::AccessibilityHandler::getCurrentState().withCheckable();
                return tab.tabs.chosen == tab.index ? state.withChecked() : state;
            }

        private:
            const Tab& tab;
        };

        return std::make_unique<Handler> (*this);
    }

    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }

private:
    Tabs& tabs;
    const int index;
};

Tabs::Tabs (const juce::String& title, const juce::StringArray& names)
{
    setTitle (title);

    for (const auto& name : names)
    {
        tabs.push_back (std::make_unique<Tab> (*this, name, static_cast<int> (tabs.size())));
        tabs.back()->setComponentID (name);
        addAndMakeVisible (*tabs.back());
    }
}

Tabs::~Tabs() = default;

void Tabs::show (int index)
{
    chosen = juce::jlimit (0, static_cast<int> (tabs.size()) - 1, index);

    for (const auto& tab : tabs)
        tab->repaint();

    if (hasKeyboardFocus (true)) // which goes with what is shown
        tabs[static_cast<size_t> (chosen)]->grabKeyboardFocus();
}

void Tabs::choose (int index, bool takesFocus)
{
    const auto last = static_cast<int> (tabs.size()) - 1;
    index = juce::jlimit (0, last, index);

    if (takesFocus)
        tabs[static_cast<size_t> (index)]->grabKeyboardFocus();

    if (index != chosen)
    {
        show (index);
        onChoose (index);
    }
}

int Tabs::idealWidth() const
{
    int width = -gap;

    for (const auto& tab : tabs)
        width += tab->idealWidth() + gap;

    return width;
}

void Tabs::resized()
{
    auto row = getLocalBounds();

    for (const auto& tab : tabs)
    {
        tab->setBounds (row.removeFromLeft (tab->idealWidth()));
        row.removeFromLeft (gap);
    }
}

} // namespace faltwerk
