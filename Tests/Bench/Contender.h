#pragma once

#include "Convolution/Partition/KernelSpectra.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace faltwerk::bench
{

constexpr double sampleRate = 48000.0;

/** What is convolved: the paths between two inputs and two outputs, and the callbacks. */
struct Setup
{
    std::vector<KernelPath> paths; // LL RR, or LL LR RL RR
    size_t callback;               // frames, the largest
    bool varies = false;           // smaller ones too

    bool isTrueStereo() const noexcept { return paths.size() == 4; }
};

/** A convolution engine in the bench, ready to run. */
class Contender
{
public:
    virtual ~Contender() = default;

    /** Stereo in, stereo out. */
    virtual void process (const float* const* inputs, float* const* outputs, size_t numFrames) = 0;

    /** In samples. */
    virtual size_t latency() const { return 0; }

    /** Memory that the engine does not hold yet, but does in a plugin. */
    virtual size_t furtherBytes() const { return 0; }
};

/** The names of all contenders: faltwerk, its variants for other instruction sets, and the others. */
std::vector<std::string> contenderNames();

/** Whether one can do what is asked. */
bool canRun (const std::string& name, const Setup&);

/** Makes one, set up as its documentation asks for. */
std::unique_ptr<Contender> makeContender (const std::string& name, const Setup&);

} // namespace faltwerk::bench
