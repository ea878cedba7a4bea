#pragma once

#include "Editor/Views/HandleField.h"
#include "Picture/ReadOut.h"
#include "Picture/Spectrum/SpectrumPicture.h"
#include "Plugin/Parameters/Parameters.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>

namespace faltwerk
{

/** The handles of the four tone bands on the line of their response. A drag moves a band's frequency and, of a shelf,
    its gain; the wheel its Q. */
class BandHandles
{
public:
    BandHandles (Parameters&, HandleField&);

    /** Puts the handles onto the line of a picture, which must outlive their use. */
    void place (const SpectrumPicture&);

    /** Called after each change of a parameter by a handle. */
    std::function<void()> onChange;

    /** Turns a shelf's Q, or that of the selected band, by steps. */
    void turn (Handle&, double steps);

    /** Returns a card of the selected band; empty without a selection. */
    ReadOut card (const HandleField&) const;

    const Handle& handle (size_t band) const { return *bands[band].handle; }

private:
    struct Band
    {
        juce::String name;
        FloatParameter* frequency = nullptr;
        FloatParameter *gain = nullptr, *q = nullptr; // of a shelf
        std::unique_ptr<juce::ParameterAttachment> setFrequency, setGain, setQ;
        std::unique_ptr<Handle> handle;
    };

    void bind (size_t index);
    void set (juce::ParameterAttachment&, const FloatParameter&, double value);

    std::array<Band, 4> bands;
    const SpectrumPicture* picture = nullptr;
    double gainAtGrip = 0.0;
    float heightAtGrip = 0.0f;
};

} // namespace faltwerk
