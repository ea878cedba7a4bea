#include "Editor/Views/Analysis/BandHandles.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr double frequencyStep = 1.0 / 24.0, gainStep = 0.5; // octaves, dB
constexpr double qStep = 1.1;                                // factor

void reset (juce::ParameterAttachment& attachment, const juce::RangedAudioParameter& parameter)
{
    attachment.setValueAsPartOfGesture (parameter.convertFrom0to1 (parameter.getDefaultValue()));
}

} // namespace

BandHandles::BandHandles (Parameters& parameters, HandleField& field)
{
    const auto attach = [] (juce::RangedAudioParameter& parameter)
    { return std::make_unique<juce::ParameterAttachment> (parameter, [] (float) {}); };

    bands[0].name = "Low cut";
    bands[0].frequency = &parameters.lowCut;
    bands[1].name = "Low shelf";
    bands[2].name = "High shelf";
    bands[3].name = "High cut";
    bands[3].frequency = &parameters.highCut;

    for (auto [band, shelf] : { std::pair { &bands[1], &parameters.lowShelf }, { &bands[2], &parameters.highShelf } })
    {
        band->frequency = &shelf->frequency;
        band->gain = &shelf->gain;
        band->q = &shelf->q;
        band->setGain = attach (shelf->gain);
        band->setQ = attach (shelf->q);
    }

    for (size_t index = 0; index < bands.size(); ++index)
    {
        bands[index].setFrequency = attach (*bands[index].frequency);
        bind (index);
        field.add (*bands[index].handle);
    }
}

void BandHandles::set (juce::ParameterAttachment& attachment, const FloatParameter& parameter, double value)
{
    const auto& range = parameter.getNormalisableRange();
    attachment.setValueAsPartOfGesture (juce::jlimit (range.start, range.end, static_cast<float> (value)));
}

void BandHandles::bind (size_t index)
{
    auto& band = bands[index];
    band.handle = std::make_unique<Handle> (Handle::Shape::band, band.name);
    auto& handle = *band.handle;
    handle.setComponentID ("band" + juce::String (index + 1));
    handle.setNumber (static_cast<int> (index) + 1);
    handle.setExplicitFocusOrder (static_cast<int> (index) + 1);
    handle.valueText = [&band] { return band.frequency->getCurrentValueAsText(); };
    handle.spokenValue = [&band]
    {
        auto words = band.frequency->getCurrentValueAsText().replace ("kHz", "kilohertz").replace ("Hz", "hertz");

        if (band.gain != nullptr)
            words += ", " + juce::String (band.gain->get(), 1) + " decibels, Q " + juce::String (band.q->get(), 2);

        return words;
    };
    handle.onBegin = [this, &band]
    {
        band.setFrequency->beginGesture();

        if (band.gain != nullptr)
        {
            band.setGain->beginGesture();
            gainAtGrip = static_cast<double> (band.gain->get());
            heightAtGrip = band.handle->position().y;
        }
    };
    handle.onEnd = [&band]
    {
        if (band.gain != nullptr)
            band.setGain->endGesture();

        band.setFrequency->endGesture();
    };
    handle.onDrag = [this, &band] (juce::Point<float> place)
    {
        set (*band.setFrequency, *band.frequency, picture->frequencyAt (place.x));

        // A shelf's corner lies at half its gain: twice the way brings the line to the pointer.
        if (band.gain != nullptr)
            set (*band.setGain, *band.gain,
                 gainAtGrip + 2.0 * (picture->levelAt (place.y) - picture->levelAt (heightAtGrip)));

        onChange();
    };
    handle.onNudge = [this, &band] (juce::Point<double> steps)
    {
        if (steps.x != 0.0)
            set (*band.setFrequency, *band.frequency,
                 static_cast<double> (band.frequency->get()) * std::exp2 (steps.x * frequencyStep));

        if (steps.y != 0.0 && band.gain != nullptr)
            set (*band.setGain, *band.gain, static_cast<double> (band.gain->get()) + steps.y * gainStep);

        onChange();
    };
    handle.onLimit = [this, &band] (bool toEnd)
    {
        set (*band.setFrequency, *band.frequency, toEnd ? 20000.0 : 20.0);
        onChange();
    };
    handle.onReset = [this, &band]
    {
        reset (*band.setFrequency, *band.frequency);

        if (band.gain != nullptr)
        {
            reset (*band.setGain, *band.gain);
            band.setQ->beginGesture();
            reset (*band.setQ, *band.q);
            band.setQ->endGesture();
        }

        onChange();
    };
}

void BandHandles::turn (Handle& handle, double steps)
{
    for (auto& band : bands)
    {
        if (band.handle.get() != &handle || band.q == nullptr)
            continue;

        band.setQ->beginGesture();
        set (*band.setQ, *band.q, static_cast<double> (band.q->get()) * std::pow (qStep, steps));
        band.setQ->endGesture();
        handle.valueHasChanged();
        onChange();
    }
}

void BandHandles::place (const SpectrumPicture& newest)
{
    picture = &newest;

    for (auto& band : bands)
    {
        const auto frequency = static_cast<double> (band.frequency->get());
        const float y = picture->yOf (picture->toneDbAt (frequency));
        band.handle->place ({ picture->xOf (frequency),
                              juce::jlimit (picture->plot().getY() + 10.0f, picture->plot().getBottom() - 10.0f, y) });
    }
}

ReadOut BandHandles::card (const HandleField& field) const
{
    for (size_t n = 0; n < bands.size(); ++n)
    {
        const auto& band = bands[n];

        if (field.selected() != band.handle.get())
            continue;

        std::vector<ReadOut::Row> rows { { band.name, juce::String (n + 1) },
                                         { "Frequency", band.frequency->getCurrentValueAsText() } };

        if (band.gain != nullptr)
        {
            rows.push_back ({ "Gain", band.gain->getCurrentValueAsText() });
            rows.push_back ({ "Slope (Q)", band.q->getCurrentValueAsText() });
        }
        else
        {
            rows.push_back ({ "Slope", "12 dB / oct" });
        }

        return ReadOut (std::move (rows));
    }

    return {};
}

} // namespace faltwerk
