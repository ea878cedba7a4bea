#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

/** Colours, type and sizes of everything that is drawn; they stand nowhere else. Meaning first: gold is the kernel,
    blue the signal, coral a warning. */
namespace faltwerk::theme
{

// --- Colours --------------------------------------------------------------------------------------------------------
inline const juce::Colour canvas { 0xff0a0d11 }, canvasTop { 0xff0e1217 }, canvasBottom { 0xff090c10 };
inline const juce::Colour panel { 0xff12161b }, footer { 0xff0e1216 };
inline const juce::Colour control { 0xff1c222a }, raised { 0xff27303a }, selected { 0xff475462 };
inline const juce::Colour card { 0xff28313b }, outline { 0xff66727f };
inline const juce::Colour gridline { 0xff1a2028 }, zeroLine { 0xff2c3540 };
inline const juce::Colour textHigh { 0xfff2f5f8 }, textMid { 0xffb6c0cb }, textLow { 0xff8d98a5 };
inline const juce::Colour textDisabled { 0xff65707c }, textOnKernel { 0xff17120a }, textOnSignal { 0xff08131f };
inline const juce::Colour kernel { 0xfff3be5b }, kernelBright { 0xffffe0a3 }, kernelDim { 0xff7a6237 };
inline const juce::Colour signal { 0xff6db6ff }, signalBright { 0xffb5daff }, signalDim { 0xff3d6c9c };
inline const juce::Colour warning { 0xffff7a6b }, errorSurface { 0xff2a2023 };
inline const juce::Colour focus { 0xffffffff };
inline const juce::Colour ghost { 0xff4b5866 }, ghostEdge { 0xff66727f }, popupHighlight { 0xff414d5a };
inline const juce::Colour decayLevel { 0xff2a323c };
inline const juce::Colour knobTrack { 0xff333d47 }, knobTop { 0xff2b333d }, knobBottom { 0xff1d232b };
inline const juce::Colour meterTrack { 0xff232a33 }, meterBottom { 0xff2b5c8c };
inline const juce::Colour waveformShade { 0xff171208 };
inline const juce::Colour waveformOuter { 0xffffe3a8 }, waveformMiddle { 0xfff5c264 }, waveformInner { 0xff9a6a22 };

// --- Type -----------------------------------------------------------------------------------------------------------
enum class Type
{
    title,
    heading,
    kernelName,
    body,
    bodyStrong,
    label,
    labelMedium
};

/** Returns the bundled typeface in one of its roles; its figures are tabular. */
juce::Font font (Type);

/** Fills an area with the canvas behind pictures, whose colour changes a little from its top to its bottom: in bands of
    one
    colour, which are quick. @param top, height  of the whole canvas, in the area's coordinates */
void fillCanvas (juce::Graphics&, juce::Rectangle<int> area, int top, int height);

/** Returns the width of one line of text. */
float widthOf (const juce::Font&, const juce::String&);

// --- Sizes, in logical pixels ---------------------------------------------------------------------------------------
constexpr int edgeMargin = 16, groupGap = 24;
constexpr int headerHeight = 56, tabRowHeight = 48, stripHeight = 152, footerHeight = 28;
constexpr int compactHeaderHeight = 48, compactTabRowHeight = 44, compactStripHeight = 104, compactFooterHeight = 24;
constexpr int controlHeight = 32, smallControlHeight = 28;
constexpr float controlRadius = 6.0f, cardRadius = 8.0f;

} // namespace faltwerk::theme
