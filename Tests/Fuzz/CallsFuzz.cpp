// Bytes as a script of what hosts and users do to two instances: whatever they do, what comes out is finite.

#include "Instance.h"
#include "Kernel/Reading/KernelFile.h"
#include "Script.h"

#include <cmath>
#include <deque>
#include <string>
#include <vector>

using namespace faltwerk;
using fuzz::require;

namespace
{

constexpr size_t mostCalls = 200, mostFrames = 1 << 15, mostPreparations = 12, mostSessions = 8; // for one input
constexpr int longestBlock = 8192;

/** An instance, and what a host knows of it. */
struct Hosted
{
    std::unique_ptr<PluginProcessor> plugin = fuzz::makeInstance();
    bool isReady = true; // to process: layouts change between releaseResources() and prepareToPlay()
    std::array<bool, Parameters::count> isTouched {};
    int numGestures = 0;
};

class CallSequence
{
public:
    explicit CallSequence (fuzz::Script toRun)
        : script (toRun)
    {
    }

    void run()
    {
        for (size_t count = 0; count < mostCalls && ! script.isAtEnd(); ++count)
        {
            call();
            fuzz::checkInstance (plugin());
        }

        for (auto& each : hosted)
        {
            each.plugin->document.finishLoading();
            fuzz::checkInstance (*each.plugin);
            fuzz::sessionOf (*each.plugin);
        }
    }

private:
    PluginProcessor& plugin() { return *hosted[current].plugin; }
    Document& document() { return plugin().document; }

    void call()
    {
        switch (script.below (8))
        {
            case 0:
                prepareOrRelease();
                break;
            case 1:
            case 2:
                process();
                break;
            case 3:
                turnParameter();
                break;
            case 4:
                takeOrGiveSession();
                break;
            case 5:
                step();
                break;
            case 6:
                loadSomething();
                break;
            default:
                callRarely();
        }
    }

    // --- Audio ---

    void prepareOrRelease()
    {
        auto& host = hosted[current];

        switch (script.below (6))
        {
            case 0:
                plugin().releaseResources();
                break;
            case 1:
                plugin().releaseResources();
                host.isReady = ! setLayout() && host.isReady;
                break;
            case 2:
                if (host.isReady)
                    plugin().reset();
                break;
            default:
                prepare();
        }
    }

    bool setLayout()
    {
        const auto sets = std::array { juce::AudioChannelSet::mono(), juce::AudioChannelSet::stereo(),
                                       juce::AudioChannelSet::disabled(), juce::AudioChannelSet::quadraphonic() };
        const auto input = script.oneOf (sets), output = script.oneOf (sets);
        return plugin().setBusesLayout ({ { input }, { output } });
    }

    void prepare()
    {
        constexpr std::array rates { 48000.0, 8000.0,  11025.0,  22050.0,  32000.0,  44100.0, 47952.047952,
                                     88200.0, 96000.0, 176400.0, 192000.0, 384000.0, 8000.5 };
        const double rate = script.oneOf (rates);
        const int size = blockSize();

        if (++numPreparations > mostPreparations)
            return;

        plugin().setRateAndBufferSizeDetails (rate, size);
        plugin().prepareToPlay (rate, size);
        hosted[current].isReady = true;
    }

    int blockSize()
    {
        constexpr std::array sizes {
            64, 0, 1, 2, 7, 31, 32, 33, 63, 65, 128, 441, 512, 1000, 1024, 4096, longestBlock
        };
        const size_t choice = script.below (2 * sizes.size());
        return choice < sizes.size() ? sizes[choice] : static_cast<int> (script.below (longestBlock + 1));
    }

    void process()
    {
        const auto numFrames = static_cast<size_t> (blockSize());
        const bool isBypassed = script.below (4) == 3;
        const auto kind = script.byte();

        if (! hosted[current].isReady || (framesLeft -= std::min (framesLeft, numFrames)) == 0)
            return;

        constexpr size_t guardFrames = 64;
        constexpr float guard = 123.25f;
        const auto numOutputs = static_cast<size_t> (plugin().getMainBusNumOutputChannels());
        const auto numChannels = std::max (numOutputs, static_cast<size_t> (plugin().getMainBusNumInputChannels()));
        std::vector<std::vector<float>> sound (numChannels, std::vector<float> (numFrames + guardFrames, guard));
        std::vector<float*> channels;

        for (auto& channel : sound)
        {
            fill ({ channel.data(), numFrames }, kind);
            channels.push_back (channel.data());
        }

        juce::AudioBuffer<float> block (channels.data(), static_cast<int> (numChannels), static_cast<int> (numFrames));
        juce::MidiBuffer midi;

        if (isBypassed)
            plugin().processBlockBypassed (block, midi);
        else
            plugin().processBlock (block, midi);

        const bool isConvolved = plugin().getSampleRate() > 0.0; // else nothing has been prepared, and nothing touched

        for (size_t channel = 0; channel < numChannels; ++channel)
        {
            const auto& samples = sound[channel];
            const auto end = samples.begin() + static_cast<std::ptrdiff_t> (numFrames);
            require (std::all_of (end, samples.end(), [] (float sample) { return sample == guard; }));
            require (! isConvolved || channel >= numOutputs
                     || std::all_of (samples.begin(), end, [] (float sample) { return std::isfinite (sample); }));
        }
    }

    /** Fills a block with noise, or with what no sound should have in it. */
    void fill (std::span<float> block, uint8_t kind)
    {
        const float odd = kind >= 128 ? script.number() : 0.0f;

        for (size_t n = 0; n < block.size(); ++n)
        {
            noise = noise * 1664525u + 1013904223u;
            const float sample = static_cast<float> (noise >> 8) * 0x1p-23f - 1.0f;
            block[n] = kind < 32 ? 0.0f : kind < 128 ? sample : kind < 192 || (noise >> 28) == 0 ? odd : sample;
        }
    }

    // --- Parameters ---

    void turnParameter()
    {
        const size_t index = script.below (Parameters::count);
        auto& parameter = plugin().parameters[index];
        bool& isTouched = hosted[current].isTouched[index];

        switch (script.below (6))
        {
            case 0:
                isTouched ? parameter.endChangeGesture() : parameter.beginChangeGesture();
                isTouched = ! isTouched;
                break;
            case 1:
                parameter.setPlainValue (script.number() * 100.0f);
                break;
            case 2:
                plugin().parameters.setTempo (static_cast<double> (script.number()) * 200.0);
                parameter.setValueNotifyingHost (parameter.getValueForText (script.flag() ? "1/8" : "-3.5"));
                break;
            case 3:
                parameter.setValue (script.number()); // as a host's automation does
                break;
            default:
                parameter.setValueNotifyingHost (script.number());
        }
    }

    // --- Sessions ---

    void takeOrGiveSession()
    {
        const auto kind = script.below (4);

        if (kind == 0 || sessions.empty())
        {
            sessions.push_back (fuzz::sessionOf (plugin()));

            if (sessions.size() > mostSessions)
                sessions.pop_front();

            return;
        }

        auto session = sessions[script.below (sessions.size())];

        if (kind == 2)
            session.setSize (script.below (65536) % (session.getSize() + 1));

        if (kind == 3 && ! session.isEmpty())
            for (size_t count = 1 + script.below (4); count > 0; --count)
                session[script.below (65536) % session.getSize()] ^= static_cast<char> (1 << script.below (8));

        const auto state = PluginState::read (session.getData(), session.getSize());

        if (! state || fuzz::isQuick (*state))
            plugin().setStateInformation (session.getData(), static_cast<int> (session.getSize()));
    }

    // --- Steps ---

    void step()
    {
        switch (script.below (11))
        {
            case 0:
                document().undo();
                break;
            case 1:
                document().redo();
                break;
            case 2:
                document().swapSlots();
                break;
            case 3:
                document().copyToOtherSlot();
                break;
            case 4:
                document().beginTrying();
                break;
            case 5:
                document().endTrying (script.flag());
                break;
            case 6:
                document().renameKernel (name());
                break;
            case 7:
                document().beginGesture ("Gesture");
                ++hosted[current].numGestures;
                break;
            case 8:
                if (int& count = hosted[current].numGestures; count > 0)
                {
                    document().endGesture();
                    --count;
                }
                break;
            default:
                edit();
        }
    }

    void edit()
    {
        document().edit ("Edit",
                         [this] (DocumentEdits& edits)
                         {
                             const double scale = script.flag() ? 0.01 : 1.0; // s
                             const auto time = [&] { return static_cast<double> (script.number()) * scale; };
                             edits.start = time();
                             edits.fadeIn = time();
                             edits.fadeOut = time();
                             edits.end = script.flag() ? std::optional (time()) : std::nullopt;
                             edits.nodes.clear();

                             for (size_t count = script.below (5); count > 0; --count)
                                 edits.nodes.push_back ({ time(), static_cast<double> (script.number()) * 60.0 });
                         });
    }

    // --- Kernels ---

    std::string name()
    {
        juce::String text;

        for (size_t count = script.below (6); count > 0; --count)
            text += static_cast<juce::juce_wchar> (1 + script.below (0xd000));

        return text.toStdString();
    }

    void loadSomething()
    {
        constexpr std::array names { "Slapback", "Telephone", "Hollow", "No such kernel" };

        switch (script.below (10))
        {
            case 0:
                document().loadFactoryKernel (script.oneOf (names));
                break;
            case 1:
                document().loadRecipe (
                    name(), { script.flag() ? "delayed-delta" : "low-pass",
                              1,
                              { { script.flag() ? "delay" : "taps", std::min (script.number(), 150.0f) } } });
                break;
            case 2:
                document().clearKernel();
                break;
            case 3:
                document().cancelLoading();
                break;
            case 4:
                document().loadFile (file());
                break;
            case 5:
                document().relink (file());
                break;
            case 6:
                document().setChannels ({ static_cast<ChannelLayout> (script.below (9)), script.below (5) });
                break;
            case 7:
                document().loadKernel (
                    name(), [made = kernel()]
                    { return made ? Outcome<Kernel> (*made) : Outcome<Kernel>::failure ("There is no kernel."); });
                break;
            default:
                if (const auto made = kernel())
                    document().loadKernel (*made);
        }
    }

    /** Makes a kernel of some samples; none if there cannot be such a one. */
    std::optional<Kernel> kernel()
    {
        constexpr std::array rates { 48000.0, 8000.0, 44100.0, 96000.0, 384000.0 };
        constexpr size_t mostSamples = 600;
        std::vector<std::vector<float>> paths (1 + script.below (5),
                                               std::vector<float> (1 + script.below (mostSamples)));
        const auto kind = script.byte();

        for (auto& path : paths)
            fill (path, kind);

        const double rate = script.oneOf (rates);
        auto made = makeKernel (std::move (paths), rate, name(),
                                ChannelChoice (static_cast<ChannelLayout> (script.below (9)), 1 + script.below (4)));
        return made ? std::optional (*made) : std::nullopt;
    }

    /** Returns a file: none that exists, one that is no sound, or one of two sounds, which may be another by now. */
    juce::File file()
    {
        const auto number = script.below (4);
        const auto result = fuzz::userFolder().getChildFile (juce::String (number) + ".wav");

        if (number == 1)
            require (result.replaceWithText ("This is no sound."));

        if (number >= 2)
        {
            if (const auto made = kernel())
            {
                const auto encoded = encodeKernel (*made);
                require (result.replaceWithData (encoded.data(), encoded.size()));
            }
        }

        return result;
    }

    // --- The rest ---

    void callRarely()
    {
        switch (script.below (11))
        {
            case 0:
                current = 1 - current;
                break;
            case 1:
                hosted[current] = Hosted();
                break;
            case 2:
                plugin().setNonRealtime (script.flag());
                break;
            case 3:
                plugin().panic();
                break;
            case 4:
                plugin().session.setOptions ({ script.flag(), script.flag(), script.flag() });
                break;
            case 5:
                plugin().session.setViewState ({ static_cast<int> (script.below (8)),
                                                 static_cast<double> (script.number()),
                                                 static_cast<double> (script.number()),
                                                 static_cast<int> (script.below (20000)),
                                                 500,
                                                 { { "stacked", static_cast<int> (script.byte()) }, { name(), 1 } } });
                break;
            case 6:
                plugin().savePreset (script.flag() ? "a" : "");
                break;
            case 7:
                if (const auto preset = plugin().presets.load ("a"); preset && fuzz::isQuick (*preset))
                    plugin().loadPreset ("a");
                break;
            default:
                document().finishLoading();
        }
    }

    fuzz::Script script;
    std::array<Hosted, 2> hosted;
    size_t current = 0, framesLeft = mostFrames, numPreparations = 0;
    std::deque<juce::MemoryBlock> sessions;
    uint32_t noise = 1;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput (const uint8_t* data, size_t size)
{
    // What the last input has left.
    fuzz::userFolder().getChildFile ("Presets").deleteRecursively();

    for (const auto& file : fuzz::userFolder().findChildFiles (juce::File::findFiles, false, "*.wav"))
        file.deleteFile();

    CallSequence (fuzz::Script ({ data, size })).run();
    return 0;
}
