#include "Plugin/Document/Document.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <algorithm>
#include <cstdio>
#include <random>

using namespace faltwerk;

namespace
{

/** A user's drag of a control. */
void drag (juce::RangedAudioParameter& parameter, std::initializer_list<float> values)
{
    parameter.beginChangeGesture();

    for (const float value : values)
        parameter.setValueNotifyingHost (parameter.convertTo0to1 (value));

    parameter.endChangeGesture();
}

/** A number of equal texts: how a value is shown, since a value may come back with another last bit. */
std::vector<std::string> shown (const PluginProcessor& processor)
{
    const auto present = processor.document.current();
    std::vector<std::string> result { processor.document.isB() ? "B" : "A",
                                      present.source != nullptr ? present.source->name : "none" };

    for (size_t index = 0; index < Parameters::count; ++index)
        result.push_back (processor.parameters[index].getCurrentValueAsText().toStdString());

    for (const double value : { present.edits.start, present.edits.end.value_or (-1.0), present.edits.fadeIn,
                                present.edits.fadeOut, static_cast<double> (present.edits.nodes.size()) })
        result.push_back (std::to_string (value));

    return result;
}

} // namespace

TEST_CASE ("A drag is one undo step and automation is none and undo does not revert automation", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    auto& p = processor->parameters;
    CHECK_FALSE (document.canUndo());

    drag (p.decay, { 90.0f, 80.0f, 70.0f });
    CHECK (document.undoName() == "Decay");
    p.out = -5.0f; // automation
    p.decay = 60.0f;
    drag (p.gain, { 3.0f });
    drag (p.gain, {}); // touched only
    CHECK (document.undoName() == "Gain");

    document.undo();
    CHECK (p.gain.get() == Approx (0.0f).margin (1e-3));
    CHECK (p.decay.get() == Approx (60.0f).margin (1e-3));
    CHECK (document.redoName() == "Gain");
    document.undo();
    CHECK (p.decay.get() == Approx (100.0f).margin (1e-3));
    CHECK (p.out.get() == Approx (-5.0f).margin (1e-3));
    CHECK_FALSE (document.canUndo());
    document.redo();
    document.redo();
    CHECK (p.decay.get() == Approx (70.0f).margin (1e-3));
    CHECK (p.gain.get() == Approx (3.0f).margin (1e-3));
    CHECK_FALSE (document.canRedo());
    document.redo();
    document.undo();
    drag (p.mix, { 50.0f });
    CHECK_FALSE (document.canRedo()); // another way has been taken
}

TEST_CASE ("Edits of one gesture are one step, and the picture's edits sound", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    auto& document = processor->document;

    document.beginGesture ("Trim");

    for (int n = 1; n <= 20; ++n)
        document.edit ("Trim", [n] (DocumentEdits& edits) { edits.start = 0.001 * n; });

    document.endGesture();
    document.edit ("Add node", [] (DocumentEdits& edits) { edits.nodes = { { 0.5, -6.0 } }; });
    document.edit ("Nothing", [] (DocumentEdits&) {});
    CHECK (document.undoName() == "Add node");
    test::settle (*processor);
    CHECK (processor->kernelStatus().edited->edits.start == 0.02);
    document.undo();
    CHECK (document.undoName() == "Trim");
    document.undo();
    test::settle (*processor);
    CHECK (document.current().edits == DocumentEdits());
    CHECK (processor->kernelStatus().edited->edits.start == 0.0);
    CHECK_FALSE (document.canUndo());

    // What no kernel can have is put right.
    document.edit ("Wild",
                   [] (DocumentEdits& edits)
                   {
                       edits.fadeIn = std::numeric_limits<double>::quiet_NaN();
                       edits.start = -4.0;
                       edits.nodes = { { 2.0, 0.0 }, { 1.0, 500.0 }, { 1.0, 3.0 } };
                   });
    const auto edits = document.current().edits;
    CHECK (edits.fadeIn == 0.0);
    CHECK (edits.start == 0.0);
    CHECK (edits.nodes == std::vector<DecayNode> { { 1.0, 120.0 }, { 2.0, 0.0 } });

    // Nothing left of the kernel: a sentence, and the old one sounds on.
    test::settle (*processor);
    const auto before = processor->kernelStatus().edited;
    document.edit ("Trim", [] (DocumentEdits& each) { each.start = 100.0; });
    test::settle (*processor);
    CHECK_THAT (processor->kernelStatus().message, Catch::Matchers::Contains ("nothing is left"));
    CHECK (processor->kernelStatus().edited == before);
    document.undo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().message == "");
}

TEST_CASE ("Loading and clearing kernels are steps", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (
        writeSound (folder.path ("k.wav"), Sound { { test::decayingNoise (3000, 5) }, 48000 }, SampleFormat::float32)
        == "");
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeOut = 0.5; });
    test::load (*processor, folder / "k.wav");
    CHECK (document.undoName() == "Load 'k'");
    CHECK (document.current().edits == DocumentEdits()); // they belonged to the other kernel
    test::load (*processor, folder / "missing.wav");     // no step
    CHECK (document.undoName() == "Load 'k'");
    CHECK (document.current().source->name == "k");

    document.clearKernel();
    test::settle (*processor);
    CHECK (document.undoName() == "Clear kernel");
    CHECK (processor->kernelStatus().source == nullptr);
    CHECK (processor->getTailLengthSeconds() == 0.0);
    const Sound input { { test::noise (9000, 84), test::noise (9000, 85) }, 48000 };
    const auto output = test::process (*processor, input); // passes, once faded
    CHECK (std::equal (output.channels[0].end() - 4000, output.channels[0].end(), input.channels[0].end() - 4000));

    (folder / "k.wav").deleteFile(); // undo does not need the file
    document.undo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "k");
    document.undo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "Concert Hall");
    CHECK (document.current().edits.fadeOut == 0.5);
    CHECK (processor->kernelStatus().edited->edits.fadeOut == 0.5);
    document.redo();
    document.redo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source == nullptr);
    document.loadFactoryKernel ("No such kernel");
    test::settle (*processor);
    CHECK_THAT (processor->kernelStatus().message, Catch::Matchers::Contains ("No such kernel"));
    document.loadFactoryKernel ("Slapback");
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "Slapback");
    CHECK (processor->kernelStatus().message == "");
}

TEST_CASE ("A and B are two values", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    auto& p = processor->parameters;
    drag (p.size, { 50.0f });
    drag (p.mix, { 60.0f });
    document.swapSlots(); // B is as A
    CHECK (document.isB());
    CHECK (p.size.get() == Approx (50.0f).margin (1e-3));
    drag (p.size, { 200.0f });
    drag (p.mix, { 90.0f });
    document.loadFactoryKernel ("Slapback");
    test::settle (*processor);
    document.swapSlots();
    test::settle (*processor);
    CHECK_FALSE (document.isB());
    CHECK (p.size.get() == Approx (50.0f).margin (1e-3));
    CHECK (p.mix.get() == Approx (60.0f).margin (1e-3));
    CHECK (processor->kernelStatus().source->name == "Concert Hall");

    processor->session.setOptions ({ true, false, true }); // the mix is locked
    document.swapSlots();
    test::settle (*processor);
    CHECK (p.size.get() == Approx (200.0f).margin (1e-3));
    CHECK (p.mix.get() == Approx (60.0f).margin (1e-3));
    CHECK (processor->kernelStatus().source->name == "Slapback");

    document.copyToOtherSlot();
    CHECK (document.undoName() == "Copy B to A");
    document.swapSlots();
    CHECK (p.size.get() == Approx (200.0f).margin (1e-3));
    document.undo();
    document.undo(); // the copy
    document.swapSlots();
    test::settle (*processor);
    CHECK (p.size.get() == Approx (50.0f).margin (1e-3));
    CHECK (processor->kernelStatus().source->name == "Concert Hall");
}

TEST_CASE ("A locked mix is moved by hand and by nothing else", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    test::settle (processor);
    auto& document = processor.document;
    auto& p = processor.parameters;
    const auto mix = [&p] { return juce::roundToInt (p.mix.get()); };
    drag (p.mix, { 80.0f });
    drag (p.size, { 150.0f });
    REQUIRE (processor.savePreset ("loud") == "");
    drag (p.mix, { 20.0f });
    CHECK (processor.loadPreset ("loud") == "");
    CHECK (mix() == 80);
    document.swapSlots();
    drag (p.mix, { 60.0f });

    processor.session.setOptions ({ true, false, true });
    document.undo(); // the drag
    CHECK (mix() == 80);
    document.redo();
    CHECK (mix() == 60);
    document.swapSlots();
    CHECK (mix() == 60);
    document.undo();
    document.redo();
    CHECK (mix() == 60);
    CHECK (processor.loadPreset ("loud") == "");
    processor.session.applyInitialPreset();
    document.copyToOtherSlot();
    document.loadFactoryKernel ("Slapback");
    document.clearKernel();
    test::settle (processor);
    CHECK (mix() == 60);

    while (document.undoName() != "Mix") // back over all of these
        document.undo();

    CHECK (mix() == 60);
    document.undo();
    CHECK (mix() == 80);
    document.undo(); // the first swap, made while it was free
    document.undo(); // and the preset, which moved it then
    CHECK (mix() == 80);
    CHECK (document.undoName() == "Mix");
    document.undo();
    CHECK (mix() == 80); // it had been the 20 of this drag that the preset left
    test::settle (processor);
}

TEST_CASE ("Any sequence of steps is undone and done again as a list of values would be", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    auto& p = processor->parameters;
    const uint32_t seed = GENERATE (1u, 2u, 3u);
    CAPTURE (seed);
    std::mt19937 random (seed);

    // The model: what was shown after every step, and where in this list the present is.
    std::vector<std::vector<std::string>> values { shown (*processor) };
    size_t place = 0;
    const auto stepped = [&]
    {
        auto now = shown (*processor);

        if (now == values[place]) // no step
            return;

        values.resize (place + 1);
        values.push_back (std::move (now));
        ++place;
    };

    for (int round = 0; round < 150; ++round)
    {
        CAPTURE (round, place);
        const auto choice = random() % 11;
        const auto amount = static_cast<double> (random() % 1000) / 1000.0;

        if (choice < 3)
        {
            auto& parameter = p[random() % Parameters::count];
            const float before = parameter.getValue();
            drag (parameter,
                  { parameter.convertFrom0to1 (0.5f), parameter.convertFrom0to1 (static_cast<float> (amount)) });

            if (parameter.getCurrentValueAsText().toStdString() == "" || before == parameter.getValue())
                continue;

            // A step too small to be shown is one all the same: it is told from none by its value.
            values.resize (place + 1);
            values.push_back (shown (*processor));
            ++place;
        }
        else if (choice == 3)
        {
            document.edit ("Fade", [amount] (DocumentEdits& edits) { edits.fadeOut = 1.0 + amount + edits.fadeOut; });
            stepped();
        }
        else if (choice == 4)
        {
            document.edit (
                "Node",
                [amount] (DocumentEdits& edits) {
                    edits.nodes.push_back ({ amount + 2.0 * static_cast<double> (edits.nodes.size()), -3.0 });
                });
            stepped();
        }
        else if (choice == 5)
        {
            test::settle (*processor); // one that is overtaken is no step: see other tests
            document.loadFactoryKernel (amount < 0.5 ? "Slapback" : "Tuned Comb");

            if (shown (*processor) == values[place])
                test::settle (*processor); // that it is no step is known when it has come

            stepped(); // at once: it may come whenever it likes
        }
        else if (choice == 6)
        {
            document.swapSlots();
            stepped();
        }
        else if (choice == 7 && place > 0)
        {
            CHECK (document.canUndo());
            document.undo();
            --place;
        }
        else if (choice >= 8 && choice < 10 && place + 1 < values.size())
        {
            CHECK (document.canRedo());
            document.redo();
            ++place;
        }
        else if (choice == 10)
        {
            test::settle (*processor);

            if (amount < 0.5)
                document.loadFile (juce::File ("/nowhere/at all.wav")); // fails, and all is as it was

            test::settle (*processor);
        }

        REQUIRE (shown (*processor) == values[place]);
        CHECK (document.canUndo() == (place > 0));
        CHECK (document.canRedo() == (place + 1 < values.size()));
    }

    for (; place > 0; --place)
    {
        document.undo();
        test::settle (*processor);
        REQUIRE (shown (*processor) == values[place - 1]);
    }

    // What sounds is what is shown.
    test::settle (*processor);
    const auto status = processor->kernelStatus();
    CHECK (*status.edited->kernel
           == edited (*status.source->kernel, document.current().edits.with (p.edits()))->kernel);
}
