// How long a host waits for a session to open, and what many instances take: the built VST3 through JUCE's hosting
// classes.
//
//   faltwerk_sessions [--plugin Faltwerk.vst3] [--json FILE] [--brief]
//
// Each row is measured in a process of its own, with a home folder of its own. States are handed over as bytes, as VST3
// hosts do (JUCE's own host writes them as text, whose cost is its own). An instance counts as open when its kernel is
// heard.

#include "Kernel/Reading/KernelFile.h"

#include <juce_audio_processors/juce_audio_processors.h>
#include <juce_data_structures/juce_data_structures.h>

#include <CLI/CLI.hpp>

#include <chrono>
#include <ctime>
#include <iostream>
#include <random>

#if ! JUCE_WINDOWS
    #include <cstdlib>
    #include <sys/resource.h>
#endif

namespace
{

using Clock = std::chrono::steady_clock;

double secondsSince (Clock::time_point start) { return std::chrono::duration<double> (Clock::now() - start).count(); }

constexpr double sampleRate = 48000.0;
constexpr int blockSize = 512;

/** What a row opens. */
struct Row
{
    const char* name;
    int instances = 1, kernels = 1;
    double kernelSeconds = 3.0;
    int filesInFolder = 0; // of one kernel folder; then the kernels' own files are gone
    bool preparesFirst = false;
    bool isFactory = false;                                                  // the default kernel instead of files
    double goalCpuSeconds = 0.0, goalWorstCallMs = 0.0, goalMegabytes = 0.0; // 0: none
};

const std::vector<Row>& rows()
{
    static const std::vector<Row> all {
        { "one instance", 1, 1 },
        { "20 of one kernel", 20, 1 },
        { "100 of one kernel", 100, 1, 3.0, 0, false, false, 3.0, 20.0 },
        { "100 of 20 kernels", 100, 20, 3.0, 0, false, false, 6.0, 20.0 },
        { "100 of one kernel, prepared first", 100, 1, 3.0, 0, true, false, 3.0, 20.0 },
        { "100 of the bank's kernel", 100, 1, 3.0, 0, false, true, 3.0, 20.0 },
        { "100 of one kernel, its file gone, 4000 in the folder", 100, 1, 3.0, 4000, false, false, 3.0, 20.0 },
        { "100 of 20 kernels, their files gone, 4000 in the folder", 100, 20, 3.0, 4000, false, false, 6.0, 20.0 },
        { "100 of one kernel of 1 s", 100, 1, 1.0, 0, false, false, 0.0, 20.0, 4.0 },
        { "200 of 20 kernels", 200, 20 },
    };
    return all;
}

/** What was measured. */
struct Result
{
    double cpuSeconds = 0.0, wallSeconds = 0.0;
    double worstCallMs = 0.0; // of those that set a state or prepare
    double worstCreateMs = 0.0, megabytesEach = 0.0;
    int threads = 0;
};

// --- What the system says ---------------------------------------------------------------------------------------------

double cpuSeconds()
{
#if JUCE_WINDOWS
    return static_cast<double> (std::clock()) / CLOCKS_PER_SEC;
#else
    timespec time {};
    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double> (time.tv_sec) + 1e-9 * static_cast<double> (time.tv_nsec);
#endif
}

double cpuSecondsOfThread()
{
#if JUCE_WINDOWS
    return 0.0;
#else
    timespec time {};
    clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double> (time.tv_sec) + 1e-9 * static_cast<double> (time.tv_nsec);
#endif
}

/** The memory in use, in MB; 0 where it is not told. */
double residentMegabytes()
{
    const auto fields = juce::StringArray::fromTokens (juce::File ("/proc/self/statm").loadFileAsString(), " ", {});
    return fields.size() > 1 ? fields[1].getDoubleValue() * 4096.0 / 1048576.0 : 0.0;
}

int numThreads() { return juce::File ("/proc/self/task").getNumberOfChildFiles (juce::File::findDirectories); }

// --- Kernels and sessions ---------------------------------------------------------------------------------------------

faltwerk::Sound stereoNoise (double seconds, uint32_t seed)
{
    std::mt19937 random (seed);
    std::normal_distribution<float> normal;
    const auto length = static_cast<size_t> (seconds * sampleRate);
    faltwerk::Sound sound { { std::vector<float> (length), std::vector<float> (length) }, sampleRate };

    for (auto& channel : sound.channels)
        for (size_t n = 0; n < length; ++n)
            channel[n] =
                normal (random) * 0.1f * std::exp (-6.9f * static_cast<float> (n) / static_cast<float> (length));

    return sound;
}

/** A session of version 3, which every later version reads. */
juce::MemoryBlock sessionFor (const juce::File& file)
{
    const auto kernel = *faltwerk::readKernel (file.getFullPathName().toStdString());
    const auto copy = faltwerk::encodeKernel (kernel);
    juce::XmlElement xml ("faltwerk");
    xml.setAttribute ("slot", "A");
    xml.createNewChildElement ("options")->setAttribute ("embedsKernel", 1);
    auto* const present = xml.createNewChildElement ("present");
    present->setAttribute ("kernel", 0);
    present->createNewChildElement ("parameters");
    present->createNewChildElement ("edits");
    auto* const element = xml.createNewChildElement ("kernel");
    element->setAttribute ("name", juce::String (kernel.name));
    element->setAttribute ("path", file.getFullPathName());
    element->setAttribute ("hash", juce::String (contentHash (kernel)));
    element->setAttribute ("sampleRate", kernel.sampleRate);
    element->setAttribute ("routing", static_cast<int> (kernel.routing));
    const auto text = xml.toString (juce::XmlElement::TextFormat().singleLine());
    juce::MemoryOutputStream stream;
    stream.writeInt (0x57544c46); // FLTW
    stream.writeInt (3);
    stream.writeInt (static_cast<int> (text.getNumBytesAsUTF8()));
    stream.write (text.toRawUTF8(), text.getNumBytesAsUTF8());
    stream.writeInt64 (static_cast<juce::int64> (copy.size()));
    stream.write (copy.data(), copy.size());
    return stream.getMemoryBlock();
}

// --- Instances --------------------------------------------------------------------------------------------------------

/** A hosted instance and its way to bytes. */
class Instance
{
public:
    explicit Instance (const juce::String& bundle)
    {
        static juce::VST3PluginFormat format; // outlives the instances
        static juce::OwnedArray<juce::PluginDescription> found;

        if (found.isEmpty())
            format.findAllTypesForFile (found, bundle);

        juce::String error = "there is no plugin in " + bundle;

        if (! found.isEmpty())
            plugin = format.createInstanceFromDescription (*found[0], sampleRate, blockSize, error);

        if (plugin == nullptr)
        {
            std::cerr << "faltwerk_sessions: " << error << '\n';
            std::exit (1);
        }
    }

    ~Instance() { plugin->releaseResources(); }

    void prepare() { plugin->prepareToPlay (sampleRate, blockSize); }

    /** As JUCE's host has it: the plugin's bytes as text. */
    void setOwnState (const juce::MemoryBlock& state)
    {
        juce::XmlElement xml ("VST3PluginState");
        xml.createNewChildElement ("IComponent")->addTextElement (state.toBase64Encoding());
        juce::MemoryBlock chunk;
        juce::AudioProcessor::copyXmlToBinary (xml, chunk);
        plugin->setStateInformation (chunk.getData(), static_cast<int> (chunk.getSize()));
    }

    juce::MemoryBlock preset() const
    {
        juce::MemoryBlock bytes;
        visit ([&bytes] (const auto& client) { bytes = client.getPreset(); });
        return bytes;
    }

    void setPreset (const juce::MemoryBlock& bytes) const
    {
        visit ([&bytes] (const auto& client) { client.setPreset (bytes); });
    }

    /** Plays an impulse, then silence; returns true once anything but the impulse is heard. */
    bool isHeard()
    {
        juce::AudioBuffer<float> block (2, blockSize);
        block.clear();

        if (! hasBegun)
            block.setSample (0, 0, 1.0f);

        juce::MidiBuffer midi;
        plugin->processBlock (block, midi);

        if (std::exchange (hasBegun, true))
            heard = heard || block.getMagnitude (0, blockSize) > 0.0f;

        return heard;
    }

private:
    template <typename Act>
    void visit (Act&& act) const
    {
        struct Visitor : juce::ExtensionsVisitor
        {
            explicit Visitor (Act& toDo)
                : act (toDo)
            {
            }

            void visitVST3Client (const VST3Client& client) override { act (client); }

            Act& act;
        };

        Visitor visitor (act);
        plugin->getExtensions (visitor);
    }

    std::unique_ptr<juce::AudioPluginInstance> plugin;
    bool hasBegun = false, heard = false;
};

/** Waits until an instance is heard, for a minute at most. */
void waitFor (Instance& instance)
{
    const auto start = Clock::now();

    while (! instance.isHeard() && secondsSince (start) < 60.0)
        juce::Thread::sleep (2);
}

/** Lists a folder as the user's only kernel folder. */
void chooseFolder (const juce::File& home, const juce::File& folder)
{
    juce::PropertiesFile::Options options;
    options.millisecondsBeforeSaving = -1;
    juce::PropertiesFile settings (home.getChildFile (".config/Faltwerk/Settings.xml"), options);
    settings.setValue ("kernelFolders", folder.getFullPathName());
    settings.save();
}

Result measure (const Row& row, const juce::String& bundle, const juce::File& home)
{
    const auto folder = home.getChildFile ("kernels");
    folder.createDirectory();

    for (int n = 0; n < row.filesInFolder; ++n)
    {
        const auto file = folder.getChildFile (juce::String (n % 40)).getChildFile (juce::String (n) + ".wav");
        file.getParentDirectory().createDirectory();
        faltwerk::writeSound (file.getFullPathName().toStdString(), stereoNoise (0.01, static_cast<uint32_t> (n)),
                              faltwerk::SampleFormat::float32);
    }

    if (row.filesInFolder > 0)
        chooseFolder (home, folder);

    std::vector<juce::MemoryBlock> states;

    for (int n = 0; n < row.kernels; ++n)
    {
        Instance first (bundle);

        if (! row.isFactory)
        {
            const auto file = home.getChildFile ("kernel " + juce::String (n) + ".wav");
            faltwerk::writeSound (file.getFullPathName().toStdString(),
                                  stereoNoise (row.kernelSeconds, static_cast<uint32_t> (1000 + n)),
                                  faltwerk::SampleFormat::float32);
            first.setOwnState (sessionFor (file));
        }

        first.prepare();
        waitFor (first);
        states.push_back (first.preset());

        if (row.filesInFolder > 0)
            home.getChildFile ("kernel " + juce::String (n) + ".wav").deleteFile();
    }

    juce::Thread::sleep (200);
    Result result;
    std::vector<std::unique_ptr<Instance>> instances;
    const double memoryBefore = residentMegabytes();
    const int threadsBefore = numThreads();
    const double cpuBefore = cpuSeconds();
    double cpuOfListening = 0.0;
    const auto start = Clock::now();
    const auto time = [] (double& worst, auto&& act)
    {
        const auto begin = Clock::now();
        act();
        worst = std::max (worst, 1000.0 * secondsSince (begin));
    };

    for (int n = 0; n < row.instances; ++n)
    {
        time (result.worstCreateMs, [&] { instances.push_back (std::make_unique<Instance> (bundle)); });
        auto& instance = *instances.back();
        const auto& state = states[static_cast<size_t> (n % row.kernels)];

        if (row.preparesFirst)
            time (result.worstCallMs, [&] { instance.prepare(); });

        time (result.worstCallMs, [&] { instance.setPreset (state); });

        if (! row.preparesFirst)
            time (result.worstCallMs, [&] { instance.prepare(); });
    }

    for (bool all = false; ! all && secondsSince (start) < 300.0;)
    {
        const double before = cpuSecondsOfThread();
        all = true;

        for (auto& instance : instances)
            all = instance->isHeard() && all;

        cpuOfListening += cpuSecondsOfThread() - before;

        if (! all)
            juce::Thread::sleep (5);
    }

    result.wallSeconds = secondsSince (start);

    // What is looked for behind the sound counts, too.
    if (row.filesInFolder > 0)
        juce::Thread::sleep (3000);

    result.cpuSeconds = cpuSeconds() - cpuBefore - cpuOfListening;
    result.megabytesEach = (residentMegabytes() - memoryBefore) / row.instances;
    result.threads = numThreads() - threadsBefore;
    return result;
}

juce::var toJson (const Row& row, const Result& result)
{
    auto* const object = new juce::DynamicObject();
    object->setProperty ("name", row.name);
    object->setProperty ("instances", row.instances);
    object->setProperty ("kernels", row.kernels);
    object->setProperty ("kernelSeconds", row.kernelSeconds);
    object->setProperty ("filesInFolder", row.filesInFolder);
    object->setProperty ("cpuSeconds", result.cpuSeconds);
    object->setProperty ("wallSeconds", result.wallSeconds);
    object->setProperty ("worstCallMs", result.worstCallMs);
    object->setProperty ("worstCreateMs", result.worstCreateMs);
    object->setProperty ("megabytesEach", result.megabytesEach);
    object->setProperty ("threads", result.threads);
    object->setProperty ("goalCpuSeconds", row.goalCpuSeconds);
    object->setProperty ("goalWorstCallMs", row.goalWorstCallMs);
    object->setProperty ("goalMegabytesEach", row.goalMegabytes);
    return object;
}

/** A row in a process of its own; void if it failed. */
juce::var measureElsewhere (size_t row, const juce::String& bundle)
{
    const auto self = juce::File::getSpecialLocation (juce::File::currentExecutableFile).getFullPathName();
    juce::ChildProcess child;
    child.start (juce::StringArray { self, "--plugin", bundle, "--row", juce::String (static_cast<int> (row)) },
                 juce::ChildProcess::wantStdOut);
    const auto output = child.readAllProcessOutput();
    return juce::JSON::parse (output);
}

juce::String withGoal (const juce::var& value, const juce::var& goal, int decimals)
{
    const auto text = juce::String (static_cast<double> (value), decimals);
    return static_cast<double> (goal) > 0.0 ? text + " (" + juce::String (static_cast<double> (goal), 0) + ")" : text;
}

} // namespace

int main (int argc, char* argv[])
{
    CLI::App app { "Measures how sessions with many instances open. Goals stand in brackets." };
    std::string plugin = FALTWERK_PLUGINS "/Faltwerk.vst3", json;
    int row = -1;
    bool brief = false;
    app.add_option ("--plugin", plugin, "The VST3 bundle");
    app.add_option ("--json", json, "Write the rows to this file");
    app.add_option ("--row", row)->group ({});
    app.add_flag ("--brief", brief, "The first row alone");
    CLI11_PARSE (app, argc, argv);

    if (row >= 0)
    {
        const juce::TemporaryFile place;
        const auto home = place.getFile();
        home.createDirectory();
#if ! JUCE_WINDOWS
        setenv ("HOME", home.getFullPathName().toRawUTF8(), 1);
        setenv ("XDG_CONFIG_HOME", home.getChildFile (".config").getFullPathName().toRawUTF8(), 1);
#endif
        {
            const juce::ScopedJuceInitialiser_GUI juce;
            const auto& chosen = rows()[static_cast<size_t> (row)];
            std::cout << juce::JSON::toString (toJson (chosen, measure (chosen, plugin, home)), true) << std::endl;
        }

        home.deleteRecursively();
        return 0;
    }

    juce::Array<juce::var> results;
    std::cout
        << "                                                         CPU s     wall s  worst call ms  create ms   "
           "MB each  threads\n";

    for (size_t n = 0; n < (brief ? 1 : rows().size()); ++n)
    {
        const auto result = measureElsewhere (n, plugin);

        if (! result.isObject())
        {
            std::cerr << "faltwerk_sessions: '" << rows()[n].name << "' could not be measured\n";
            return 1;
        }

        const auto pad = [] (const juce::String& text, int width) { return text.paddedLeft (' ', width); };
        std::cout << juce::String (rows()[n].name).paddedRight (' ', 53)
                  << pad (withGoal (result["cpuSeconds"], result["goalCpuSeconds"], 2), 9)
                  << pad (withGoal (result["wallSeconds"], {}, 2), 11)
                  << pad (withGoal (result["worstCallMs"], result["goalWorstCallMs"], 1), 15)
                  << pad (withGoal (result["worstCreateMs"], {}, 1), 11)
                  << pad (withGoal (result["megabytesEach"], result["goalMegabytesEach"], 1), 10)
                  << pad (result["threads"].toString(), 9) << std::endl;
        results.add (result);
    }

    if (! json.empty()
        && ! juce::File::getCurrentWorkingDirectory()
                 .getChildFile (juce::String (json))
                 .replaceWithText (juce::JSON::toString (juce::var (results))))
    {
        std::cerr << "faltwerk_sessions: '" << json << "' could not be written\n";
        return 1;
    }

    return 0;
}
