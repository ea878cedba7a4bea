#include "Instance.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Generators/GeneratorTable.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace faltwerk::fuzz
{

namespace
{

constexpr size_t mostKernelBytes = size_t { 16 } << 20;

/** What is there for the whole run. */
struct Surroundings
{
    Surroundings()
    {
        auto values = settings->get();
        values.startsEmpty = true;
        require (settings->set (values).empty());
    }

    ~Surroundings() { folder.deleteRecursively(); }

    const juce::ScopedJuceInitialiser_GUI juce;
    const juce::SharedResourcePointer<LoaderPool> pool;
    const juce::SharedResourcePointer<KernelFinder> finder;
    const juce::File folder = juce::File::getSpecialLocation (juce::File::tempDirectory)
                                  .getChildFile ("faltwerk-fuzz-" + juce::String (getpid()));
    const std::shared_ptr<Settings> settings = Settings::in (folder);
};

Surroundings& surroundings()
{
    static Surroundings result;
    return result;
}

bool isQuick (const std::string& generator, const std::map<std::string, double>& values)
{
    constexpr std::array quick { "delta", "delayed-delta", "low-pass", "high-pass", "band-pass", "band-stop" };
    constexpr double mostTaps = 4096.0, longestDelay = 150.0; // ms
    const auto atMost = [&values] (const char* id, double limit)
    {
        const auto found = values.find (id);
        return found == values.end() || ! (found->second > limit);
    };

    // What does not exist fails at once.
    return findGenerator (generator) == nullptr
           || (std::find (quick.begin(), quick.end(), generator) != quick.end() && atMost ("taps", mostTaps)
               && atMost ("delay", longestDelay));
}

bool isQuick (const LoadedKernelPointer& kernel)
{
    if (kernel == nullptr)
        return true;

    const auto* const factory = findFactoryKernel (kernel->origin.factoryName);
    return (factory == nullptr || isQuick (std::string (factory->generator), factory->values))
           && (! kernel->origin.recipe || isQuick (kernel->origin.recipe->generator, kernel->origin.recipe->values));
}

bool isQuick (const PluginState::Saved& saved)
{
    return isQuick (saved.source)
           && std::all_of (saved.fallbacks.begin(), saved.fallbacks.end(),
                           [] (const auto& entry) { return isQuick (entry.source); });
}

} // namespace

void require (bool condition)
{
    if (! condition)
        std::abort();
}

const juce::File& userFolder() { return surroundings().folder; }

std::unique_ptr<PluginProcessor> makeInstance()
{
    auto instance = std::make_unique<PluginProcessor> (userFolder());
    instance->document.loader().setMemoryLimit (mostKernelBytes);
    return instance;
}

bool isQuick (const PluginState& state)
{
    return isQuick (state.current) && (! state.other || isQuick (*state.other))
           && (! state.beforeTrying || isQuick (*state.beforeTrying));
}

void checkInstance (const PluginProcessor& instance)
{
    for (size_t index = 0; index < Parameters::count; ++index)
    {
        const auto& parameter = instance.parameters[index];
        const auto& range = parameter.getNormalisableRange();
        const float value = parameter.plainValue(), normalised = parameter.getValue();
        require (value >= range.start && value <= range.end);
        require (normalised >= 0.0f && normalised <= 1.0f);
    }

    require (instance.getLatencySamples() == 0);
    require (std::isfinite (instance.getTailLengthSeconds()) && instance.getTailLengthSeconds() >= 0.0);
}

juce::MemoryBlock sessionOf (PluginProcessor& instance)
{
    juce::MemoryBlock session;
    instance.getStateInformation (session);
    require (PluginState::read (session.getData(), session.getSize()).has_value());
    return session;
}

} // namespace faltwerk::fuzz
