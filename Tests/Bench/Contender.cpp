#include "Bench/Contender.h"

#include "Convolution/Engine/Engine.h"
#include "Convolution/Partition/Convolver.h"
#include "Convolution/Vector/Simd.h"

#include <juce_dsp/juce_dsp.h>

#include <algorithm>
#include <bit>

#if FALTWERK_HAS_ZITA
    #include "Bench/Synchronous.h"

    #include <sched.h>
    #include <zita-convolver.h>
#endif

namespace faltwerk::bench
{

namespace
{

class Faltwerk : public Contender
{
public:
    explicit Faltwerk (const Setup& setup)
        : convolver (std::make_shared<KernelSpectra> (setup.paths, 2, 2))
    {
    }

    void process (const float* const* inputs, float* const* outputs, size_t numFrames) override
    {
        convolver.process (inputs, outputs, numFrames);
    }

    /** The history that a change of kernels needs. */
    size_t furtherBytes() const override { return Engine::historyInFrames (convolver.plan()) * 2 * sizeof (float); }

private:
    Convolver convolver;
};

/** juce::dsp::Convolution, uniform or with a head and a tail of larger partitions; kernels as they are. */
class Juce : public Contender
{
public:
    Juce (const Setup& setup, int headSize)
    {
        const size_t numConvolutions = setup.isTrueStereo() ? 2 : 1; // one for each input, or one for both

        for (size_t n = 0; n < numConvolutions; ++n)
        {
            if (headSize == 0)
                convolutions.push_back (std::make_unique<juce::dsp::Convolution>());
            else
                convolutions.push_back (
                    std::make_unique<juce::dsp::Convolution> (juce::dsp::Convolution::NonUniform { headSize }));

            const auto &left = setup.paths[2 * n].taps, &right = setup.paths[2 * n + 1].taps;
            juce::AudioBuffer<float> kernel (2, static_cast<int> (left.size()));
            kernel.copyFrom (0, 0, left.data(), static_cast<int> (left.size()));
            kernel.copyFrom (1, 0, right.data(), static_cast<int> (right.size()));

            // Loaded before it is prepared, the kernel is ready when prepare() returns.
            convolutions.back()->loadImpulseResponse (
                std::move (kernel), sampleRate, juce::dsp::Convolution::Stereo::yes, juce::dsp::Convolution::Trim::no,
                juce::dsp::Convolution::Normalise::no);
            convolutions.back()->prepare ({ sampleRate, static_cast<juce::uint32> (setup.callback), 2 });
        }

        buffer.setSize (2, static_cast<int> (setup.callback));
    }

    void process (const float* const* inputs, float* const* outputs, size_t numFrames) override
    {
        if (convolutions.size() == 1)
        {
            convolve (0, inputs, outputs, numFrames);
            return;
        }

        const float* const left[] = { inputs[0], inputs[0] };
        const float* const right[] = { inputs[1], inputs[1] };
        float* const other[] = { buffer.getWritePointer (0), buffer.getWritePointer (1) };
        convolve (0, left, outputs, numFrames);
        convolve (1, right, other, numFrames);

        for (size_t channel = 0; channel < 2; ++channel)
            juce::FloatVectorOperations::add (outputs[channel], other[channel], static_cast<int> (numFrames));
    }

    size_t latency() const override { return static_cast<size_t> (convolutions.front()->getLatency()); }

private:
    void convolve (size_t index, const float* const* inputs, float* const* outputs, size_t numFrames)
    {
        const juce::dsp::AudioBlock<const float> in (inputs, 2, numFrames);
        juce::dsp::AudioBlock<float> out (outputs, 2, numFrames);
        convolutions[index]->process (juce::dsp::ProcessContextNonReplacing<float> (in, out));
    }

    std::vector<std::unique_ptr<juce::dsp::Convolution>> convolutions;
    juce::AudioBuffer<float> buffer;
};

#if FALTWERK_HAS_ZITA
/** zita-convolver: partitions from the callback's size on, vector mode, all in the calling thread. */
class Zita : public Contender
{
public:
    explicit Zita (const Setup& setup)
        : quantum (setup.callback)
        , smallest (std::max<size_t> (quantum, Convproc::MINPART))
    {
        const auto length = static_cast<uint32_t> (setup.paths.front().taps.size());
        convproc.set_options (Convproc::OPT_VECTOR_MODE);
        bool works =
            convproc.configure (2, 2, length, static_cast<uint32_t> (quantum), static_cast<uint32_t> (smallest),
                                Convproc::MAXPART, setup.isTrueStereo() ? 1.0f : 0.5f)
            == 0;

        for (const auto& path : setup.paths)
            works = works
                    && convproc.impdata_create (static_cast<uint32_t> (path.input), static_cast<uint32_t> (path.output),
                                                1, const_cast<float*> (path.taps.data()), 0,
                                                static_cast<int> (path.taps.size()))
                           == 0;

        const Synchronous inThisThread;
        works = works && convproc.start_process (0, SCHED_OTHER) == 0;
        juce::ignoreUnused (works);
        jassert (works);
    }

    ~Zita() override
    {
        convproc.stop_process();
        convproc.cleanup();
    }

    void process (const float* const* inputs, float* const* outputs, size_t numFrames) override
    {
        for (uint32_t channel = 0; channel < 2; ++channel)
            std::copy_n (inputs[channel], numFrames, convproc.inpdata (channel));

        convproc.process (true);

        for (uint32_t channel = 0; channel < 2; ++channel)
            std::copy_n (convproc.outdata (channel), numFrames, outputs[channel]);
    }

    size_t latency() const override { return smallest > quantum ? smallest + quantum : 0; }

private:
    const size_t quantum, smallest;
    Convproc convproc;
};
#endif

constexpr const char* ownName = "faltwerk";

} // namespace

std::vector<std::string> contenderNames()
{
    std::vector<std::string> names { ownName };

    for (const auto& target : simd::supportedTargets())
        names.push_back (ownName + (":" + target.name));

    for (const char* other : { "juce-uniform", "juce-nonuniform-1024", "juce-nonuniform-4096" })
        names.emplace_back (other);

#if FALTWERK_HAS_ZITA
    names.emplace_back ("zita");
#endif

    return names;
}

std::unique_ptr<Contender> makeContender (const std::string& name, const Setup& setup)
{
    if (name == ownName)
        return std::make_unique<Faltwerk> (setup);

    for (const auto& target : simd::supportedTargets())
    {
        if (name == ownName + (":" + target.name))
        {
            const simd::ScopedTarget scoped (target);
            return std::make_unique<Faltwerk> (setup);
        }
    }

    if (name == "juce-uniform")
        return std::make_unique<Juce> (setup, 0);

#if FALTWERK_HAS_ZITA
    if (name == "zita")
        return std::make_unique<Zita> (setup);
#endif

    return std::make_unique<Juce> (setup, name == "juce-nonuniform-4096" ? 4096 : 1024);
}

bool canRun (const std::string& name, const Setup& setup)
{
    // zita-convolver's callbacks all have one size, a power of two.
    return name != "zita" || (! setup.varies && std::has_single_bit (setup.callback) && setup.callback >= 16);
}

} // namespace faltwerk::bench
