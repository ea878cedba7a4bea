#include "Picture/Theme.h"

#include "FaltwerkResources.h"

#include <algorithm>

namespace faltwerk::theme
{

namespace
{

/** The bundled typefaces, opened once; freed with JUCE's graphics. */
class Typefaces : private juce::DeletedAtShutdown
{
public:
    Typefaces() = default;
    ~Typefaces() override { clearSingletonInstance(); }

    JUCE_DECLARE_SINGLETON (Typefaces, false)

    static juce::Typeface::Ptr open (const char* data, int size)
    {
        return juce::Typeface::createSystemTypefaceFor (data, static_cast<size_t> (size));
    }

    const juce::Typeface::Ptr regular = open (resources::InterRegular_otf, resources::InterRegular_otfSize);
    const juce::Typeface::Ptr medium = open (resources::InterMedium_otf, resources::InterMedium_otfSize);
    const juce::Typeface::Ptr semiBold = open (resources::InterSemiBold_otf, resources::InterSemiBold_otfSize);
};

JUCE_IMPLEMENT_SINGLETON (Typefaces)

juce::Font make (const juce::Typeface::Ptr& typeface, float size)
{
#if JUCE_MAJOR_VERSION >= 8
    return juce::Font (juce::FontOptions (typeface)).withPointHeight (size);
#else
    return juce::Font (typeface).withPointHeight (size);
#endif
}

} // namespace

juce::Font font (Type type)
{
    const auto& typefaces = *Typefaces::getInstance();

    switch (type)
    {
        case Type::title:
            return make (typefaces.semiBold, 24.0f);
        case Type::heading:
            return make (typefaces.semiBold, 15.0f);
        case Type::kernelName:
            return make (typefaces.semiBold, 14.0f);
        case Type::body:
            return make (typefaces.medium, 13.0f);
        case Type::bodyStrong:
            return make (typefaces.semiBold, 13.0f);
        case Type::label:
            return make (typefaces.regular, 12.0f);
        case Type::labelMedium:
            break;
    }

    return make (typefaces.medium, 12.0f);
}

void fillCanvas (juce::Graphics& g, juce::Rectangle<int> area, int top, int height)
{
    constexpr int numBands = 15; // more would not differ
    int y = area.getY();

    for (int band = 0; band < numBands && y < area.getBottom(); ++band)
    {
        const int end = band == numBands - 1 ? area.getBottom() : top + height * (band + 1) / numBands;

        if (end <= y)
            continue;

        g.setColour (canvasTop.interpolatedWith (canvasBottom, static_cast<float> (band) / (numBands - 1)));
        g.fillRect (area.getX(), y, area.getWidth(), std::min (end, area.getBottom()) - y);
        y = std::min (end, area.getBottom());
    }
}

float widthOf (const juce::Font& font, const juce::String& text)
{
    juce::GlyphArrangement glyphs;
    glyphs.addLineOfText (font, text, 0.0f, 0.0f);
    return glyphs.getBoundingBox (0, -1, true).getWidth();
}

} // namespace faltwerk::theme
