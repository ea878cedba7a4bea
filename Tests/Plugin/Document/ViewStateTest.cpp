#include "Plugin/Document/ViewState.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Plugin.h"

#include <limits>
#include <random>

using namespace faltwerk;

namespace
{

ViewState someView()
{
    ViewState view;
    view.view = 3;
    view.from = 0.125;
    view.to = 2.0 / 3.0;
    view.width = 1400;
    view.height = 900;
    view.choices = { { "decibels", 1 }, { "stacked", 0 }, { "waterfall.depth", -7 } };
    return view;
}

ViewState viewIn (const juce::String& element)
{
    const auto session = test::sessionOf ("<faltwerk><present/>" + element + "</faltwerk>");
    const auto state = PluginState::read (session.getData(), session.getSize());
    REQUIRE (state);
    return state->view;
}

} // namespace

TEST_CASE ("How the editor looks is kept in sessions", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    CHECK (processor->session.viewState() == ViewState());
    processor->session.setViewState (someView());
    CHECK (processor->session.viewState() == someView());

    PluginProcessor other;
    test::restore (other, test::stateOf (*processor));
    CHECK (other.session.viewState() == someView());

    // One that was never seen comes as it is at first.
    processor->session.setViewState ({});
    test::restore (other, test::stateOf (*processor));
    CHECK (other.session.viewState() == ViewState());
}

TEST_CASE ("Undo and slots and kernels and presets do not change how the editor looks", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    test::settle (processor);
    auto& document = processor.document;
    REQUIRE (processor.savePreset ("plain") == "");
    const auto read = [&]
    {
        juce::MemoryBlock bytes;
        REQUIRE (processor.presets.fileOf ("plain").loadFileAsData (bytes));
        return bytes;
    };
    const auto preset = read();

    processor.session.setViewState (someView());
    CHECK_FALSE (document.canUndo());
    CHECK_FALSE (processor.session.differsFromPreset());
    REQUIRE (processor.savePreset ("plain") == "");
    CHECK (read() == preset);

    document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeIn = 0.01; });
    document.swapSlots();
    document.loadFactoryKernel ("Slapback");
    test::settle (processor);
    document.undo();
    document.undo();
    document.redo();
    CHECK (processor.loadPreset ("plain") == "");
    processor.session.applyInitialPreset();
    document.copyToOtherSlot();
    test::settle (processor);
    CHECK (processor.session.viewState() == someView());
}

TEST_CASE ("Any way the editor can look survives being written and read", "[state]")
{
    const test::Juce juce;

    for (uint32_t seed = 0; seed < 200; ++seed)
    {
        CAPTURE (seed);
        std::mt19937 random (seed);
        const auto any = [&random] (double low, double high)
        { return std::uniform_real_distribution<double> (low, high) (random); };
        PluginState state;
        auto& view = state.view;
        view.view = static_cast<int> (random() % 5);

        if (random() % 2 == 0)
        {
            view.from = any (0.0, 60.0);
            view.to = view.from + any (1e-6, 60.0);
            view.width = 720 + static_cast<int> (random() % 3000);
            view.height = 460 + static_cast<int> (random() % 3000);
        }

        for (auto count = random() % 65; count > 0; --count)
            view.choices["choice." + std::to_string (count)] = static_cast<int> (random());

        juce::MemoryBlock block;
        state.write (block);
        const auto again = PluginState::read (block.getData(), block.getSize());
        REQUIRE (again);
        CHECK (again->view == view);
    }
}

TEST_CASE ("Invalid view states are corrected on every way in", "[state]")
{
    const test::Juce juce;
    CHECK (viewIn ("") == ViewState());
    CHECK (viewIn ("<view/>") == ViewState());
    CHECK (viewIn ("<view view='5' from='nan' to='1e308' width='-5' height='2000000000'/>") == ViewState());
    CHECK (viewIn ("<view view='-1' from='2' to='1' width='800'/>") == ViewState());
    CHECK (viewIn ("<view view='99999999999999999999' from='-1' to='1' width='99' height='500'/>") == ViewState());
    CHECK (viewIn ("<view from='inf' to='inf'/>") == ViewState());
    CHECK (viewIn ("<view><choice/><choice name='' value='1'/><choice name='a b' value='1'/>"
                   "<choice name='&#233;' value='1'/><choice name='"
                   + juce::String::repeatedString ("x", 33) + "' value='1'/><choice name='good' value='1e9'/></view>")
               .choices
           == std::map<std::string, int> { { "good", 1 } });

    std::string many;

    for (int n = 0; n < 2000; ++n)
        many += "<choice name='n" + std::to_string (n) + "' value='1'/>";

    CHECK (viewIn ("<view view='2'>" + many + "</view>").choices.size() <= ViewState::mostChoices);

    const auto processor = test::makeProcessor();
    auto wild = someView();
    wild.view = 77;
    wild.to = std::numeric_limits<double>::quiet_NaN();
    wild.choices.emplace ("no name", 1);
    processor->session.setViewState (wild);
    const auto view = processor->session.viewState();
    CHECK (view.view == 0);
    CHECK (view.to == 0.0);
    CHECK (view.width == 1400);
    CHECK (view.choices == someView().choices);
}
