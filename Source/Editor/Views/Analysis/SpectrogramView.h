#pragma once

#include "Editor/Computed.h"
#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/Segments.h"
#include "Editor/Controls/Toggle.h"
#include "Editor/Views/Backdrop.h"
#include "Editor/Views/HandleField.h"
#include "Editor/Views/KernelView.h"
#include "Picture/ReadOut.h"
#include "Picture/Spectrogram/SpectrogramPicture.h"

#include <memory>
#include <optional>
#include <vector>

namespace faltwerk
{

/** The kernel over time and frequency, to be zoomed into and read. */
class SpectrogramView : public KernelView
{
public:
    SpectrogramView (PluginProcessor&, ViewChoices&);

    juce::String hint() const override;
    void update (double seconds) override;
    void resized() override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override;
    void focusLost (FocusChangeType) override;
    bool isLate() const override { return analysis.isLate (patience); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    /** What is visible, in s and Hz. */
    struct Visible
    {
        double from = 0.0, to = 0.0; // to 0: the whole kernel
        double lowest = 20.0, highest = 20000.0;

        bool isWhole() const noexcept { return ! (to > from); }
        bool operator== (const Visible&) const = default;
    };

    /** What is analysed, and how. */
    struct Subject
    {
        std::shared_ptr<const EditedKernel> edited;
        int channel = 0, window = 0;
        bool linear = false;

        double length() const noexcept; // s
        bool operator== (const Subject&) const = default;
    };

    /** What a picture is worked out of. */
    struct Key
    {
        Subject subject;
        Visible part;
        int width = 0, height = 0; // of the image, in physical pixels

        bool operator== (const Key&) const = default;
    };

    /** What a picture says of the whole kernel, however little of it is visible. */
    struct Whole
    {
        double loudest = 0.0; // the power that is 0 dB
        double onset = 0.0;   // s
        std::vector<SpectrogramPoint> contour;
    };

    struct Analysis
    {
        std::shared_ptr<const Whole> whole;
        Spectrogram spectrogram;
        juce::Image image;
    };

    static Analysis analyse (const Key&, std::shared_ptr<const Whole>);
    static Visible within (Visible, double length);
    const Subject& shown() const;
    void ask();
    void rebuild();
    void setVisiblePart (Visible);
    void zoomTime (double about, double factor);
    void zoomFrequency (float height, double factor);
    void pan (juce::Point<float> before, juce::Point<float> now);
    FrequencyAxis axis() const;
    void setCursor (std::optional<juce::Point<float>>);
    ReadOut readOut() const;
    void paintOverlay (juce::Graphics&) const;

    ChoiceMenu channel, window;
    Segments scale;
    Toggle contour;

    Backdrop backdrop;
    PaintedLayer overlay;
    HandleField field;

    Computed<Key, Analysis> analysis;
    Subject wanted; // what the newest kernel and the tools ask for; it is shown once it is analysed
    std::unique_ptr<SpectrogramPicture> picture;
    Visible visiblePart;     // of what is shown
    float pixelScale = 1.0f; // physical pixels in a logical one, as it was painted last
    std::optional<juce::Point<float>> cursor;
};

} // namespace faltwerk
