#include "Editor/WaveformView.h"

#include "Editor/Icons.h"
#include "Picture/Theme.h"
#include "Picture/WaveformPicture.h"

namespace faltwerk
{

WaveformView::WaveformView()
{
    setOpaque (true);
    setBufferedToImage (true);
    setTitle ("Kernel picture");
}

void WaveformView::show (std::shared_ptr<const EditedKernel> newest, bool isMissing)
{
    if (newest == edited && isMissing == missing)
        return;

    edited = std::move (newest);
    missing = isMissing;

    const auto* kernel = edited != nullptr ? edited->kernel.get() : nullptr;
    setDescription (kernel != nullptr
                        ? juce::String (kernel->lengthInSeconds(), 2) + " seconds, " + routingAsText (*kernel)
                        : juce::String ("no kernel"));
    repaint();
}

void WaveformView::setDropHighlight (bool highlighted, const juce::String& fileName)
{
    dropping = highlighted;
    droppedName = fileName;
    repaint();
}

void WaveformView::paint (juce::Graphics& g)
{
    g.setGradientFill (
        { theme::canvasTop, 0.0f, 0.0f, theme::canvasBottom, 0.0f, static_cast<float> (getHeight()), false });
    g.fillAll();

    if (edited != nullptr && edited->kernel != nullptr)
    {
        const auto& kernel = *edited->kernel;
        const auto& right = edited->overviews.size() > 1 ? edited->overviews.back() : edited->overviews.front();
        WaveformPicture (edited->overviews.front(), right, kernel.lengthInFrames(), kernel.sampleRate)
            .draw (g, getLocalBounds().toFloat().withTrimmedTop (8.0f));
    }
    else
    {
        paintEmpty (g);
    }

    if (dropping)
        paintDrop (g);
}

void WaveformView::paintEmpty (juce::Graphics& g) const
{
    auto text = getLocalBounds().toFloat().withSizeKeepingCentre (static_cast<float> (getWidth()), 64.0f);
    g.setFont (theme::font (theme::Type::title));
    g.setColour (theme::textHigh);
    g.drawText (missing ? "The kernel is missing" : "Drop a kernel here", text.removeFromTop (32.0f),
                juce::Justification::centred);
    g.setFont (theme::font (theme::Type::body));
    g.setColour (theme::textMid);
    g.drawText ("Until then the input passes through unchanged.", text, juce::Justification::centred);
}

void WaveformView::paintDrop (juce::Graphics& g) const
{
    const auto target = getLocalBounds().toFloat().reduced (static_cast<float> (theme::edgeMargin));
    g.setColour (theme::canvas.withAlpha (0.8f));
    g.fillRect (getLocalBounds());
    g.setColour (theme::kernel.withAlpha (0.14f));
    g.fillRoundedRectangle (target, theme::cardRadius);
    g.setColour (theme::kernel);
    g.drawRoundedRectangle (target, theme::cardRadius, 2.0f);

    auto content = target.withSizeKeepingCentre (target.getWidth(), 88.0f);
    const auto icon = content.removeFromTop (32.0f);
    g.strokePath (icons::download(),
                  juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                  juce::AffineTransform::scale (2.0f).translated (icon.getCentreX() - 16.0f, icon.getY()));
    g.setColour (theme::textHigh);
    g.setFont (theme::font (theme::Type::heading));
    g.drawText ("Replace the kernel", content.removeFromTop (32.0f), juce::Justification::centred);
    g.setFont (theme::font (theme::Type::body));
    g.drawText (droppedName, content, juce::Justification::centredTop);
}

} // namespace faltwerk
