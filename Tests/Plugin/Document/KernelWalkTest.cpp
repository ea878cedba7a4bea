// A random walk over all commands of a document, against a model of plain values: no order of them loses a kernel.

#include "Plugin/Document/Document.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Plugin/Document/DocumentModel.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <mutex>
#include <random>
#include <sstream>
#include <thread>

using namespace faltwerk;
using test::DocumentModel;

namespace
{

// Where a compiler has RealtimeSanitizer, it watches what is called below.
#if defined(__has_cpp_attribute)
    #if __has_cpp_attribute(clang::nonblocking)
        #define FALTWERK_NONBLOCKING [[clang::nonblocking]]
    #endif
#endif

#ifndef FALTWERK_NONBLOCKING
    #define FALTWERK_NONBLOCKING
#endif

void processInRealTime (PluginProcessor& processor,
                        juce::AudioBuffer<float>& block,
                        juce::MidiBuffer& midi) noexcept FALTWERK_NONBLOCKING
{
    processor.processBlock (block, midi);
}

struct Command
{
    size_t kind;
    uint32_t value;
};

/** The instance under test and its model, which do the same. */
class Walk
{
public:
    Walk()
        : settings (Settings::in (user / ""))
    {
        Settings::Values values;
        values.startsEmpty = true;
        settings->set (values);

        auto negativeZeros = test::decayingNoise (300, 1);
        negativeZeros[7] = negativeZeros[100] = -0.0f;
        write ("a.wav", { { negativeZeros, test::decayingNoise (300, 2) }, 44100 });
        write ("b.wav", { { test::decayingNoise (200, 3) }, 48000 });
        Sound many { {}, 48000 };

        for (uint64_t n = 0; n < 24; ++n)
            many.channels.push_back (test::decayingNoise (50, 10 + n));

        write ("many.wav", many);
        open();
        audio = std::thread ([this] { play(); });
    }

    ~Walk()
    {
        isPlaying = false;
        audio.join();
        gate = true;
        hold.reset();
    }

    using Act = void (Walk::*) (uint32_t);

    struct Kind
    {
        const char* name;
        Act act;
        int weight;
    };

    static const std::vector<Kind>& kinds()
    {
        static const std::vector<Kind> all {
            { "load a file", &Walk::loadFile, 6 },
            { "load a file that is not there", &Walk::loadMissing, 3 },
            { "load a kernel of the bank", &Walk::loadFactory, 3 },
            { "generate", &Walk::generate, 3 },
            { "paste", &Walk::paste, 3 },
            { "make", &Walk::make, 4 },
            { "make what fails", &Walk::makeFailing, 3 },
            { "begin to make", &Walk::beginMaking, 3 },
            { "clear", &Walk::clear, 1 },
            { "relink", &Walk::relink, 3 },
            { "read its channels otherwise", &Walk::setChannelLayout, 3 },
            { "give up loading", &Walk::cancelLoading, 4 },
            { "edit", &Walk::edit, 4 },
            { "turn a knob", &Walk::turn, 3 },
            { "undo", &Walk::undo, 8 },
            { "redo", &Walk::redo, 6 },
            { "swap", &Walk::swap, 5 },
            { "copy to the other slot", &Walk::copy, 3 },
            { "begin trying", &Walk::beginTrying, 4 },
            { "give up trying", &Walk::giveUpTrying, 3 },
            { "keep what is tried", &Walk::keepTried, 2 },
            { "rename", &Walk::rename, 4 },
            { "save a preset", &Walk::savePreset, 2 },
            { "apply the preset", &Walk::applyPreset, 3 },
            { "change settings", &Walk::changeSettings, 2 },
            { "change the rate", &Walk::changeRate, 2 },
            { "hold the loader", &Walk::holdLoader, 8 },
            { "settle", &Walk::settle, 6 },
            { "take the state", &Walk::takeState, 4 },
            { "set a state", &Walk::setState, 3 },
            { "close and open", &Walk::reopen, 3 },
            { "open the state elsewhere", &Walk::verifyState, 4 },
        };
        return all;
    }

    /** Does a command; returns what is wrong then, or nothing. */
    std::string operator() (const Command& command)
    {
        (this->*kinds()[command.kind].act) (command.value);

        if (! isFinite)
            problem += "what sounds is not finite\n";

        return std::exchange (problem, {});
    }

private:
    // --- Loads ---

    void loadFile (uint32_t value)
    {
        const char* const names[] = { "a", "b", "many" };
        const std::string name = names[value % 3];
        const auto layout = value % 3 == 2 ? ChannelLayout::matrix : ChannelLayout::automatic;
        const size_t inputs = value % 3 == 2 ? 4 : 0;
        model.load (model.add (fileFact (folder.path (name + ".wav"), name, layout, inputs)));
        document().loadFile (folder / (name + ".wav"), { layout, inputs });
        waitUnlessHeld();
    }

    void loadMissing (uint32_t value)
    {
        const auto name = "gone " + std::to_string (value % 2);
        model.load (model.add (fileFact (folder.path (name + ".wav"), name, ChannelLayout::automatic, 0)));
        document().loadFile (folder / (name + ".wav"));
        waitUnlessHeld();
    }

    void loadFactory (uint32_t value)
    {
        const std::string name = value % 2 == 0 ? "Slapback" : "Hollow";
        DocumentModel::Fact fact { "bank|" + name, contentOf (*makeFactoryKernel (name)) };
        fact.isRecipe = true;
        model.load (model.add (fact));
        document().loadFactoryKernel (name);
        waitUnlessHeld();
    }

    void generate (uint32_t value)
    {
        const auto recipe = recipeFor ("delayed-delta", { { "delay", 1.0 + value % 3 } });
        DocumentModel::Fact fact { "delta " + std::to_string (value % 3) + "|Echo",
                                   contentOf (*faltwerk::make (recipe)) };
        fact.isRecipe = true;
        model.load (model.add (fact));
        document().loadRecipe ("Echo", recipe);
        waitUnlessHeld();
    }

    void paste (uint32_t)
    {
        const auto kernel = newKernel();
        auto fact = sourceOf (kernel);
        fact.isKnown = true;
        model.load (model.add (fact));
        document().loadKernel (kernel);
        waitUnlessHeld();
    }

    void make (uint32_t)
    {
        const auto kernel = newKernel();
        model.load (model.add (sourceOf (kernel)));
        document().loadKernel (kernel.name, [kernel] { return Outcome<Kernel> (kernel); });
        waitUnlessHeld();
    }

    void makeFailing (uint32_t)
    {
        auto fact = sourceOf (newKernel());
        fact.fails = true;
        model.load (model.add (fact));
        document().loadKernel (fact.key, [] { return Outcome<Kernel>::failure ("It cannot be made."); });
        waitUnlessHeld();
    }

    /** Loads a kernel whose making has begun and does not end before all is settled. */
    void beginMaking (uint32_t)
    {
        if (hold)
            return;

        settle (0);
        const auto kernel = newKernel();
        making = model.add (sourceOf (kernel));
        model.load (making);
        gate = false;
        hasBegun = false;
        document().loadKernel (kernel.name,
                               [this, kernel]
                               {
                                   hasBegun = true;

                                   while (! gate)
                                       juce::Thread::sleep (1);

                                   return Outcome<Kernel> (kernel);
                               });

        while (! hasBegun)
            juce::Thread::sleep (1);

        isMaking = true;
    }

    void clear (uint32_t)
    {
        model.load (0);
        document().clearKernel();
        waitUnlessHeld();
    }

    void relink (uint32_t value)
    {
        const char* const names[] = { "a", "b", "gone 2" };
        const std::string name = names[value % 3];
        const auto& fact = model.fact (model.now.present.entry.kernel);
        model.load (model.add (fileFact (folder.path (name + ".wav"), name, fact.layout, fact.numInputs)),
                    model.now.present.entry.edit);
        document().relink (folder / (name + ".wav"));
        waitUnlessHeld();
    }

    void setChannelLayout (uint32_t value)
    {
        const ChannelLayout layouts[] = { ChannelLayout::automatic, ChannelLayout::perChannel, ChannelLayout::matrix,
                                          ChannelLayout::trueStereoByOutput };
        const auto layout = layouts[value % 4];
        const size_t inputs = layout == ChannelLayout::matrix ? 4 : 0;
        const int kernel = model.now.present.entry.kernel;

        if (const auto path = model.fact (kernel).path; ! path.empty())
            model.load (model.add (fileFact (path, nameOf (kernel), layout, inputs)), model.now.present.entry.edit);

        document().setChannels ({ layout, inputs });
        waitUnlessHeld();
    }

    void cancelLoading (uint32_t)
    {
        model.cancel();
        document().cancelLoading();
        waitUnlessHeld();
    }

    // --- Other commands ---

    void edit (uint32_t value)
    {
        const double fade = 0.0001 * (value % 5);
        model.edit (fade);
        document().edit ("Fade", [fade] (DocumentEdits& edits) { edits.fadeOut = fade; });
    }

    void turn (uint32_t value)
    {
        const float gain = -60.0f + static_cast<float> (value % 84000) / 1000.0f;
        auto& parameter = processor->parameters.gain;
        model.setGain (gain);
        parameter.beginChangeGesture();
        parameter = gain;
        parameter.endChangeGesture();
    }

    void undo (uint32_t)
    {
        model.undo();
        document().undo();
        waitUnlessHeld();
    }

    void redo (uint32_t)
    {
        model.redo();
        document().redo();
        waitUnlessHeld();
    }

    void swap (uint32_t)
    {
        model.swap();
        document().swapSlots();
        waitUnlessHeld();
    }

    void copy (uint32_t)
    {
        model.copyToOther();
        document().copyToOtherSlot();
    }

    void beginTrying (uint32_t)
    {
        model.beginTrying();
        document().beginTrying();
    }

    void giveUpTrying (uint32_t)
    {
        model.endTrying (false);
        document().endTrying (false);
        waitUnlessHeld();
    }

    void keepTried (uint32_t)
    {
        model.endTrying (true);
        document().endTrying (true);
    }

    void rename (uint32_t value)
    {
        const int kernel = model.now.present.entry.kernel;
        const auto name = "name " + std::to_string (value % 3);

        if (kernel == 0 || nameOf (kernel) == name)
            return;

        auto fact = model.fact (kernel);
        fact.key = fact.key.substr (0, fact.key.find ('|')) + "|" + name;
        const int renamed = model.add (fact);

        if (const auto was = model.fallbacks.find (kernel); was != model.fallbacks.end() && ! fact.isArrived)
            model.fallbacks[renamed] = was->second;

        model.rename (renamed);
        document().renameKernel (name);
        waitUnlessHeld();
    }

    void savePreset (uint32_t)
    {
        preset.emplace();
        processor->session.presetState().write (*preset);
        modelPreset = model.savedPresent();
    }

    void applyPreset (uint32_t)
    {
        if (! preset)
            return;

        model.applyPreset (*modelPreset);
        processor->session.applyPreset ("any", *PluginState::read (preset->getData(), preset->getSize()));
        waitUnlessHeld();
    }

    void changeSettings (uint32_t value)
    {
        auto options = processor->session.options();
        options.embedsKernel = value % 2 == 0;
        processor->session.setOptions (options);
    }

    void changeRate (uint32_t value)
    {
        const double rate = value % 2 == 0 ? 48000.0 : 44100.0;
        const std::lock_guard guard (processing); // as hosts do
        processor->setRateAndBufferSizeDetails (rate, 512);
        processor->prepareToPlay (rate, 512);
    }

    void holdLoader (uint32_t)
    {
        if (! hold && ! isMaking)
        {
            settle (0);
            hold.emplace (document().loader());
        }
    }

    void settle (uint32_t)
    {
        gate = true;
        hold.reset();
        test::settle (*processor);

        if (std::exchange (isMaking, false))
            model.know (model.fact (making).content);

        model.settle();
        compare (*processor, model.now.present.entry, "the kernel");

        if (document().canUndo() != model.canUndo() || document().canRedo() != model.canRedo())
            problem += "undo and redo are not possible as they should be\n";
    }

    void takeState (uint32_t)
    {
        if (states.size() > 3)
            states.erase (states.begin());

        states.emplace_back (test::stateOf (*processor), model.session());
    }

    void setState (uint32_t value)
    {
        if (states.empty())
            return;

        settle (0);
        const auto& [bytes, session] = states[value % states.size()];
        processor->setStateInformation (bytes.getData(), static_cast<int> (bytes.getSize()));
        model.restore (session);
        waitUnlessHeld();
    }

    void reopen (uint32_t)
    {
        const auto bytes = test::stateOf (*processor);
        const auto session = model.session();
        gate = true;
        hold.reset();
        open();
        processor->setStateInformation (bytes.getData(), static_cast<int> (bytes.getSize()));
        isMaking = false;
        model.close();
        model.restore (session);
        settle (0);
    }

    /** Opens the state in other instances: in both slots, and before a trial, is what should be. Twice over. */
    void verifyState (uint32_t)
    {
        auto bytes = test::stateOf (*processor);
        const auto session = model.session();

        for (const char* time : { "opened", "opened again" })
        {
            const auto at = std::string (time);
            PluginProcessor first (user / "");
            test::restore (first, bytes);
            compare (first, model.outcome (session.present), at + ": the kernel");

            if (first.parameters.gain.get() != session.present.gain)
                problem += at + ": another gain\n";

            const auto again = test::stateOf (first);

            if (session.before)
            {
                first.document.endTrying (false);
                test::settle (first);
                compare (first, model.outcome (*session.before), at + ": the kernel before trying");
            }

            if (session.other)
            {
                PluginProcessor second (user / "");
                test::restore (second, bytes);
                second.document.swapSlots();
                test::settle (second);
                compare (second, model.outcome (*session.other), at + ": the other slot's kernel");
            }

            bytes = again;
        }
    }

    // --- Help ---

    Document& document() { return processor->document; }

    /** The audio thread: blocks of noise as long as the walk goes on. */
    void play()
    {
        juce::AudioBuffer<float> block (2, 64);
        juce::MidiBuffer midi;
        std::mt19937 random (1);

        while (isPlaying)
        {
            for (int channel = 0; channel < 2; ++channel)
                for (int n = 0; n < block.getNumSamples(); ++n)
                    block.setSample (channel, n, static_cast<float> (random() % 2001) / 1000.0f - 1.0f);

            {
                const std::lock_guard guard (processing);
                processInRealTime (*processor, block, midi);
            }

            for (int channel = 0; channel < 2; ++channel)
                for (int n = 0; n < block.getNumSamples(); ++n)
                    isFinite = isFinite && std::isfinite (block.getSample (channel, n));

            juce::Thread::sleep (1);
        }
    }

    void open()
    {
        const std::lock_guard guard (processing);
        processor.reset();
        processor = std::make_unique<PluginProcessor> (user / "");
        processor->setRateAndBufferSizeDetails (48000, 512);
        processor->prepareToPlay (48000, 512);
    }

    /** Without a hold the outcome would depend on how far the loader is. */
    void waitUnlessHeld()
    {
        if (! hold && ! isMaking)
            settle (0);
    }

    void write (const std::string& name, const Sound& sound)
    {
        REQUIRE (writeSound (folder.path (name), sound, SampleFormat::float32) == "");
    }

    Kernel newKernel()
    {
        const auto n = ++numKernels;
        return *makeKernel ({ { 1.0f, -0.0f, 0.5f, static_cast<float> (n) } }, 48000.0, "made " + std::to_string (n));
    }

    static DocumentModel::Fact fileFact (const std::string& path,
                                         const std::string& name,
                                         ChannelLayout layout,
                                         size_t numInputs)
    {
        const auto kernel = readKernel (path, { layout, numInputs });
        DocumentModel::Fact fact;
        fact.key = "file " + path + " " + std::to_string (static_cast<int> (layout)) + " " + std::to_string (numInputs)
                   + "|" + name;
        fact.content = kernel ? contentOf (*kernel) : "bad " + fact.key;
        fact.fails = ! kernel;
        fact.path = path;
        fact.layout = layout;
        fact.numInputs = numInputs;
        return fact;
    }

    static DocumentModel::Fact sourceOf (const Kernel& kernel)
    {
        DocumentModel::Fact fact { "source " + kernel.name + "|" + kernel.name, contentOf (kernel) };
        fact.isSource = true;
        return fact;
    }

    static std::string contentOf (const Kernel& kernel) { return contentHash (kernel) + routingAsText (kernel); }

    std::string nameOf (int kernel) const
    {
        const auto& key = model.fact (kernel).key;
        return kernel == 0 ? std::string() : key.substr (key.find ('|') + 1);
    }

    void compare (PluginProcessor& instance, const DocumentModel::Entry& expected, const std::string& what)
    {
        const auto present = instance.document.current();
        const auto status = instance.kernelStatus();

        if (expected.kernel == 0)
        {
            if (present.source != nullptr)
                problem += what + " should be none and is '" + present.source->name + "'\n";

            return;
        }

        const auto name = nameOf (expected.kernel);

        if (present.source == nullptr)
            problem += what + " should be '" + name + "' and there is none\n";
        else if (model.fact (expected.kernel).isMissing && &instance == processor.get())
        {
            if (present.source->kernel != nullptr || present.source->name != name)
                problem += what + " should be '" + name + "', given up, and is not\n";
        }
        else if (present.source->kernel == nullptr)
            problem += what + " should be '" + name + "', and '" + present.source->name
                       + "' is missing: " + status.message + "\n";
        else if (present.source->name != name
                 || contentOf (*present.source->kernel) != model.fact (expected.kernel).content)
            problem += what + " should be '" + name + "' and is '" + present.source->name + "'\n";
        else if (status.source != present.source || status.edited == nullptr)
            problem += what + " '" + name + "' does not sound: " + status.message + "\n";
        else if (present.edits.fadeOut != expected.edit)
            problem += what + " '" + name + "' is edited otherwise\n";
    }

    const test::TemporaryFolder folder, user;
    const std::shared_ptr<Settings> settings;
    std::unique_ptr<PluginProcessor> processor;
    std::optional<KernelLoader::Hold> hold;
    std::mutex processing; // held for a block, and while the instance is another or prepared
    std::thread audio;
    std::atomic<bool> isPlaying { true }, isFinite { true };
    std::atomic<bool> gate { true }, hasBegun { false };
    bool isMaking = false;
    int making = 0, numKernels = 0;
    DocumentModel model;
    std::optional<juce::MemoryBlock> preset;
    std::optional<DocumentModel::Saved> modelPreset;
    std::vector<std::pair<juce::MemoryBlock, DocumentModel::Session>> states;
    std::string problem;
};

/** Returns what goes wrong, and cuts the commands off behind it. */
std::string run (std::vector<Command>& commands)
{
    Walk walk;

    for (size_t n = 0; n < commands.size(); ++n)
    {
        if (auto problem = walk (commands[n]); ! problem.empty())
        {
            commands.resize (n + 1);
            return problem;
        }
    }

    return {};
}

/** Leaves out what is not needed for something to go wrong. */
std::vector<Command> shrunk (std::vector<Command> commands)
{
    for (size_t size = commands.size() / 2; size >= 1; size /= 2)
    {
        for (size_t first = 0; first < commands.size();)
        {
            auto fewer = commands;
            const auto from = fewer.begin() + static_cast<std::ptrdiff_t> (first);
            fewer.erase (from, from + static_cast<std::ptrdiff_t> (std::min (size, commands.size() - first)));

            if (! fewer.empty() && ! run (fewer).empty())
                commands = fewer;
            else
                first += size;
        }
    }

    return commands;
}

std::string inWords (const std::vector<Command>& commands)
{
    std::ostringstream text;

    for (const auto& command : commands)
        text << "  " << Walk::kinds()[command.kind].name << " (" << command.value << ")\n";

    return text.str();
}

std::vector<Command> randomCommands (uint32_t seed, size_t length)
{
    std::mt19937 random (seed);
    std::vector<size_t> weighted;

    for (size_t kind = 0; kind < Walk::kinds().size(); ++kind)
        weighted.insert (weighted.end(), static_cast<size_t> (Walk::kinds()[kind].weight), kind);

    std::vector<Command> commands;

    for (size_t n = 0; n < length; ++n)
        commands.push_back ({ weighted[random() % weighted.size()], static_cast<uint32_t> (random() % 1000000) });

    return commands;
}

/** An environment variable as a number, for longer walks than those of the tests. */
uint32_t numberFrom (const char* variable, uint32_t otherwise)
{
    const auto* const text = std::getenv (variable);
    return text != nullptr ? static_cast<uint32_t> (std::strtoul (text, nullptr, 10)) : otherwise;
}

} // namespace

// FALTWERK_WALKS and FALTWERK_WALK_SEED set how many walks there are, and the first one's seed.
TEST_CASE ("No order of commands loses a kernel", "[state]")
{
    const test::Juce juce;
    const auto numWalks = numberFrom ("FALTWERK_WALKS", 60), firstSeed = numberFrom ("FALTWERK_WALK_SEED", 1);
    constexpr size_t length = 60;

    for (uint32_t seed = firstSeed; seed < firstSeed + numWalks; ++seed)
    {
        auto commands = randomCommands (seed, length);

        const auto problem = run (commands);

        if (problem.empty())
            continue;

        auto shortest = shrunk (commands);
        FAIL ("seed " << seed << ":\n" << inWords (shortest) << run (shortest) << "In the whole walk:\n" << problem);
    }
}
