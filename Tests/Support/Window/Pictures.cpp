#include "Support/Window/Pictures.h"

#include "Support/Catch.h"

#include <algorithm>
#include <cmath>

namespace faltwerk::test
{

juce::Image snapshot (juce::Component& component, float scale)
{
    return component.createComponentSnapshot (component.getLocalBounds(), true, scale);
}

void keep (const juce::Image& image, const juce::String& name)
{
    const juce::File folder (FALTWERK_ARTEFACTS);
    REQUIRE (folder.createDirectory().wasOk());
    const auto file = folder.getChildFile (name + ".png");
    file.deleteFile();
    juce::FileOutputStream stream (file);
    juce::PNGImageFormat format;
    REQUIRE (format.writeImageToStream (image, stream));
}

double share (const juce::Image& image, juce::Colour colour, float tolerance)
{
    int64_t count = 0;
    const juce::Image::BitmapData pixels (image, juce::Image::BitmapData::readOnly);

    for (int y = 0; y < image.getHeight(); ++y)
    {
        for (int x = 0; x < image.getWidth(); ++x)
        {
            const auto pixel = pixels.getPixelColour (x, y);
            const float distance = std::max ({ std::abs (pixel.getFloatRed() - colour.getFloatRed()),
                                               std::abs (pixel.getFloatGreen() - colour.getFloatGreen()),
                                               std::abs (pixel.getFloatBlue() - colour.getFloatBlue()) });
            count += distance <= tolerance ? 1 : 0;
        }
    }

    return static_cast<double> (count) / (static_cast<double> (image.getWidth()) * image.getHeight());
}

double difference (const juce::Image& a, const juce::Image& b, int tolerance)
{
    if (a.getBounds() != b.getBounds())
        return 1.0;

    int64_t count = 0;
    const juce::Image::BitmapData first (a, juce::Image::BitmapData::readOnly),
        second (b, juce::Image::BitmapData::readOnly);

    for (int y = 0; y < a.getHeight(); ++y)
    {
        for (int x = 0; x < a.getWidth(); ++x)
        {
            const auto p = first.getPixelColour (x, y), q = second.getPixelColour (x, y);
            const int distance = std::max ({ std::abs (p.getRed() - q.getRed()), std::abs (p.getGreen() - q.getGreen()),
                                             std::abs (p.getBlue() - q.getBlue()) });
            count += distance > tolerance ? 1 : 0;
        }
    }

    return static_cast<double> (count) / (static_cast<double> (a.getWidth()) * a.getHeight());
}

} // namespace faltwerk::test
