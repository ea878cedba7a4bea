#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** The bottom row: a message on the left; latency, the kernel's facts and the load on the right. */
class StatusLine : public juce::Component
{
public:
    enum class Kind
    {
        hint,
        remark,
        failure
    };

    StatusLine();

    void showMessage (const juce::String& text, Kind kind);
    const juce::String& shownMessage() const { return message; }
    void showKernel (const juce::String& facts);

    /** Shares of the deadline. @param mean  over the last second  @param worst  over the last ten */
    void showLoad (double mean, double worst);

    void paint (juce::Graphics&) override;

private:
    juce::String message, kernelFacts;
    Kind kind = Kind::hint;
    double meanLoad = 0.0, worstLoad = 0.0;
};

} // namespace faltwerk
