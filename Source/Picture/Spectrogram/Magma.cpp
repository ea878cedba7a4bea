#include "Picture/Spectrogram/Magma.h"

#include <algorithm>

namespace faltwerk
{

juce::Colour Magma::at (float place)
{
    // M. Zucker's polynomials through the map's table (2019, CC0); within 3 of 255 of it.
    constexpr float red[] = { -0.002136485f, 0.251660541f,   8.353717279f, -27.668733086f,
                              52.176139812f, -50.768525365f, 18.655705066f };
    constexpr float green[] = { -0.000749655f,  0.677523244f,  -3.577719515f, 14.264730781f,
                                -27.943606072f, 29.046582821f, -11.489773520f };
    constexpr float blue[] = { -0.005386128f, 2.494026599f, 0.314467903f, -13.649213188f,
                               12.944169442f, 4.234153894f, -5.601961509f };

    const auto evaluate = [place] (const float (&coefficients)[7])
    {
        float sum = 0.0f;

        for (int n = 6; n >= 0; --n)
            sum = sum * std::clamp (place, 0.0f, 1.0f) + coefficients[n];

        return std::clamp (sum, 0.0f, 1.0f);
    };

    return juce::Colour::fromFloatRGBA (evaluate (red), evaluate (green), evaluate (blue), 1.0f);
}

const std::array<juce::PixelARGB, 256>& Magma::table()
{
    static const auto colours = []
    {
        std::array<juce::PixelARGB, 256> result;

        for (size_t n = 0; n < result.size(); ++n)
            result[n] = at (static_cast<float> (n) / 255.0f).getPixelARGB();

        return result;
    }();
    return colours;
}

} // namespace faltwerk
