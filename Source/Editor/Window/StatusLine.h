#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <optional>

namespace faltwerk
{

/** The bottom row: a message on the left; latency, the kernel's facts and the load on the right. */
class StatusLine : public juce::Component, public juce::TooltipClient
{
public:
    enum class Kind
    {
        hint,
        remark,
        failure
    };

    StatusLine();

    /** @param action  what a click on the message does, in a word or two; empty if nothing */
    void showMessage (const juce::String& text, Kind kind, const juce::String& action = {});
    const juce::String& shownMessage() const { return message; }

    /** Called when the message is clicked, if it has an action. */
    std::function<void()> onAction;
    void showKernel (const juce::String& facts);

    /** Shows the gain of the comparison at equal loudness in dB; empty while it is off. */
    void showMatch (std::optional<double> decibels);
    const juce::String& shownMatch() const { return matchFacts; }

    /** Shares of the deadline. @param mean  over the last second  @param worst  over the last ten  @param numMissed
        deadlines that were missed since the load was last clicked */
    void showLoad (double mean, double worst, int numMissed = 0);

    juce::String shownLoad() const;

    /** Returns the sentences of the load's tooltip. */
    juce::String loadInWords() const;

    /** Called when the load is clicked: it counts anew from then on. */
    std::function<void()> onResetLoad;

    void paint (juce::Graphics&) override;
    void resized() override;
    void mouseUp (const juce::MouseEvent&) override;
    juce::String getTooltip() override;

private:
    /** The action's word: underlined, and reached by the keyboard. */
    class Link : public juce::Button
    {
    public:
        Link();
        void paintButton (juce::Graphics&, bool highlighted, bool down) override;
        void focusGained (FocusChangeType) override { repaint(); }
        void focusLost (FocusChangeType) override { repaint(); }
    };

    float messageWidth() const;
    juce::Rectangle<float> loadBar() const;
    bool isHint() const { return kind == Kind::hint; }

    Link link;
    juce::String message, kernelFacts, matchFacts;
    Kind kind = Kind::hint;
    double meanLoad = 0.0, worstLoad = 0.0;
    int missedDeadlines = 0;
    float loadBegin = 0.0f; // where the load stands
};

} // namespace faltwerk
