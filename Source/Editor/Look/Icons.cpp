#include "Editor/Look/Icons.h"

#include "Picture/Theme.h"

namespace faltwerk::icons
{

juce::Path play()
{
    juce::Path path;
    path.addTriangle (4.0f, 2.5f, 4.0f, 13.5f, 13.0f, 8.0f);
    return path.createPathWithRoundedCorners (1.5f);
}

juce::Path stop()
{
    juce::Path path;
    path.addRoundedRectangle (3.5f, 3.5f, 9.0f, 9.0f, 1.5f);
    return path;
}

juce::Path pause()
{
    juce::Path path;

    for (const float x : { 4.0f, 9.5f })
        path.addRoundedRectangle (x, 2.75f, 2.5f, 10.5f, 0.75f);

    return path;
}

juce::Path stepBack()
{
    juce::Path triangle, path;
    triangle.addTriangle (12.75f, 3.0f, 12.75f, 13.0f, 5.25f, 8.0f);
    path.addPath (triangle.createPathWithRoundedCorners (1.0f));
    path.addRoundedRectangle (2.75f, 3.0f, 1.5f, 10.0f, 0.75f);
    return path;
}

juce::Path stepForward()
{
    auto path = stepBack();
    path.applyTransform (juce::AffineTransform::scale (-1.0f, 1.0f).translated (16.0f, 0.0f));
    return path;
}

juce::Path power()
{
    juce::Path path;
    path.startNewSubPath (8.0f, 1.5f);
    path.lineTo (8.0f, 7.5f);
    path.addCentredArc (8.0f, 8.75f, 5.5f, 5.5f, 0.0f, 0.7f, juce::MathConstants<float>::twoPi - 0.7f, true);
    return path;
}

juce::Path sliders()
{
    juce::Path path;

    for (const auto& [y, x] : { std::pair { 5.0f, 10.0f }, std::pair { 11.0f, 6.0f } })
    {
        path.startNewSubPath (1.5f, y);
        path.lineTo (x - 2.0f, y);
        path.startNewSubPath (x + 2.0f, y);
        path.lineTo (14.5f, y);
        path.addEllipse (x - 2.0f, y - 2.0f, 4.0f, 4.0f);
    }

    return path;
}

juce::Path speaker()
{
    juce::Path path;
    path.startNewSubPath (1.5f, 6.0f);
    path.lineTo (4.0f, 6.0f);
    path.lineTo (7.5f, 3.0f);
    path.lineTo (7.5f, 13.0f);
    path.lineTo (4.0f, 10.0f);
    path.lineTo (1.5f, 10.0f);
    path.closeSubPath();

    for (const float radius : { 3.0f, 6.0f })
        path.addCentredArc (8.0f, 8.0f, radius, radius, 0.0f, 0.8f, juce::MathConstants<float>::pi - 0.8f, true);

    return path;
}

juce::Path balance()
{
    juce::Path path;
    path.startNewSubPath (8.0f, 2.0f);
    path.lineTo (8.0f, 13.5f);
    path.startNewSubPath (5.0f, 13.5f);
    path.lineTo (11.0f, 13.5f);
    path.startNewSubPath (3.5f, 4.0f);
    path.lineTo (12.5f, 4.0f);

    for (const float pan : { 3.5f, 12.5f })
    {
        path.startNewSubPath (pan - 2.75f, 9.5f);
        path.lineTo (pan, 4.0f);
        path.lineTo (pan + 2.75f, 9.5f);
        path.closeSubPath();
    }

    return path;
}

juce::Path undo()
{
    juce::Path path;
    path.startNewSubPath (5.5f, 2.5f);
    path.lineTo (2.5f, 5.5f);
    path.lineTo (5.5f, 8.5f);
    path.startNewSubPath (2.5f, 5.5f);
    path.lineTo (9.5f, 5.5f);
    path.addCentredArc (9.5f, 9.5f, 4.0f, 4.0f, 0.0f, 0.0f, juce::MathConstants<float>::pi, false);
    path.lineTo (6.5f, 13.5f);
    return path;
}

juce::Path redo()
{
    auto path = undo();
    path.applyTransform (juce::AffineTransform::scale (-1.0f, 1.0f).translated (16.0f, 0.0f));
    return path;
}

juce::Path arrowRight()
{
    juce::Path path;
    path.startNewSubPath (2.5f, 8.0f);
    path.lineTo (13.5f, 8.0f);
    path.startNewSubPath (9.5f, 4.0f);
    path.lineTo (13.5f, 8.0f);
    path.lineTo (9.5f, 12.0f);
    return path;
}

juce::Path browse()
{
    juce::Path path;
    path.addRoundedRectangle (1.75f, 2.5f, 12.5f, 11.0f, 2.0f);
    path.startNewSubPath (6.0f, 2.5f);
    path.lineTo (6.0f, 13.5f);
    return path;
}

juce::Path folder()
{
    juce::Path path;
    path.startNewSubPath (1.75f, 12.5f);
    path.lineTo (1.75f, 3.5f);
    path.lineTo (6.0f, 3.5f);
    path.lineTo (7.75f, 5.5f);
    path.lineTo (14.25f, 5.5f);
    path.lineTo (14.25f, 12.5f);
    path.closeSubPath();
    return path.createPathWithRoundedCorners (1.0f);
}

juce::Path star()
{
    juce::Path path;
    path.addStar ({ 8.0f, 8.4f }, 5, 2.9f, 6.6f);
    return path.createPathWithRoundedCorners (0.6f);
}

juce::Path chevronLeft()
{
    juce::Path path;
    path.startNewSubPath (10.0f, 3.0f);
    path.lineTo (5.5f, 8.0f);
    path.lineTo (10.0f, 13.0f);
    return path;
}

juce::Path chevronRight()
{
    juce::Path path;
    path.startNewSubPath (6.0f, 3.0f);
    path.lineTo (10.5f, 8.0f);
    path.lineTo (6.0f, 13.0f);
    return path;
}

juce::Path search()
{
    juce::Path path;
    path.addEllipse (2.0f, 2.0f, 8.5f, 8.5f);
    path.startNewSubPath (9.5f, 9.5f);
    path.lineTo (13.75f, 13.75f);
    return path;
}

juce::Path plus()
{
    juce::Path path;
    path.startNewSubPath (8.0f, 2.5f);
    path.lineTo (8.0f, 13.5f);
    path.startNewSubPath (2.5f, 8.0f);
    path.lineTo (13.5f, 8.0f);
    return path;
}

juce::Path cross()
{
    juce::Path path;
    path.startNewSubPath (3.5f, 3.5f);
    path.lineTo (12.5f, 12.5f);
    path.startNewSubPath (12.5f, 3.5f);
    path.lineTo (3.5f, 12.5f);
    return path;
}

juce::Path wave()
{
    juce::Path path;
    path.startNewSubPath (1.5f, 8.0f);

    for (const auto& point : { juce::Point (4.0f, 8.0f),
                               { 5.5f, 3.0f },
                               { 8.0f, 13.0f },
                               { 10.0f, 5.5f },
                               { 11.5f, 8.0f },
                               { 14.5f, 8.0f } })
        path.lineTo (point);

    return path;
}

juce::Path lock()
{
    juce::Path path;
    path.addRoundedRectangle (3.5f, 7.0f, 9.0f, 6.5f, 1.5f);
    path.startNewSubPath (5.5f, 7.0f);
    path.lineTo (5.5f, 5.0f);
    path.addCentredArc (8.0f, 5.0f, 2.5f, 2.5f, 0.0f, -juce::MathConstants<float>::halfPi,
                        juce::MathConstants<float>::halfPi, false);
    path.lineTo (10.5f, 7.0f);
    return path;
}

juce::Path unlock()
{
    juce::Path path;
    path.addRoundedRectangle (3.5f, 7.0f, 9.0f, 6.5f, 1.5f);
    path.startNewSubPath (5.5f, 7.0f);
    path.lineTo (5.5f, 5.0f);
    path.addCentredArc (8.0f, 5.0f, 2.5f, 2.5f, 0.0f, -juce::MathConstants<float>::halfPi,
                        juce::MathConstants<float>::halfPi * 0.6f, false);
    return path;
}

juce::Path check()
{
    juce::Path path;
    path.startNewSubPath (2.5f, 8.5f);
    path.lineTo (6.5f, 12.0f);
    path.lineTo (13.5f, 4.5f);
    return path;
}

juce::Path more()
{
    juce::Path path;

    for (const float x : { 3.0f, 8.0f, 13.0f })
        path.addEllipse (x - 0.75f, 7.25f, 1.5f, 1.5f);

    return path;
}

juce::Path download()
{
    juce::Path path;
    path.startNewSubPath (8.0f, 2.0f);
    path.lineTo (8.0f, 10.5f);
    path.startNewSubPath (4.5f, 7.0f);
    path.lineTo (8.0f, 10.5f);
    path.lineTo (11.5f, 7.0f);
    path.startNewSubPath (2.5f, 13.5f);
    path.lineTo (13.5f, 13.5f);
    return path;
}

juce::Path warning()
{
    juce::Path path;
    path.addTriangle (8.0f, 2.0f, 14.5f, 13.5f, 1.5f, 13.5f);
    path = path.createPathWithRoundedCorners (1.0f);
    path.startNewSubPath (8.0f, 6.5f);
    path.lineTo (8.0f, 9.25f);
    path.startNewSubPath (8.0f, 11.25f);
    path.lineTo (8.0f, 11.5f);
    return path;
}

juce::Path info()
{
    juce::Path path;
    path.addEllipse (2.0f, 2.0f, 12.0f, 12.0f);
    path.startNewSubPath (8.0f, 7.25f);
    path.lineTo (8.0f, 11.0f);
    path.startNewSubPath (8.0f, 4.75f);
    path.lineTo (8.0f, 5.0f);
    return path;
}

void drawMark (juce::Graphics& g, juce::Rectangle<float> box)
{
    const auto place = juce::AffineTransform::scale (box.getWidth() / 20.0f, box.getHeight() / 18.0f)
                           .translated (box.getX(), box.getY());
    const auto fold = [&] (float x, float top, float bottom, float nextTop, float nextBottom, juce::Colour colour)
    {
        juce::Path path;
        path.addQuadrilateral (x, top, x + 5.0f, nextTop, x + 5.0f, nextBottom, x, bottom);
        g.setColour (colour);
        g.fillPath (path, place);
    };

    fold (0.0f, 4.4f, 16.0f, 0.0f, 11.5f, theme::kernel);
    fold (5.0f, 0.0f, 11.5f, 6.3f, 17.8f, theme::kernel.interpolatedWith (theme::panel, 0.25f));
    fold (10.0f, 6.3f, 17.8f, 3.5f, 14.5f, theme::kernel);
    fold (15.0f, 3.5f, 14.5f, 9.7f, 17.8f, theme::kernel.interpolatedWith (theme::panel, 0.45f));
}

} // namespace faltwerk::icons
