#pragma once

#include <cstdint>
#include <string>
#include <vector>

/** The instruction sets that the engine's inner loops are compiled for; the best that the machine has is chosen when an
    object with such loops is made. */
namespace faltwerk::simd
{

/** One instruction set. */
struct Target
{
    int64_t id;
    std::string name; // avx3 (AVX-512), avx2, sse4, neon, ...
};

/** What this machine has, best first. [any, not audio] */
std::vector<Target> supportedTargets();

/** Lets objects made while it lives use one target only, for tests and measurements: nothing else may make such objects
    meanwhile. */
class ScopedTarget
{
public:
    explicit ScopedTarget (const Target&);
    ~ScopedTarget();
    ScopedTarget (const ScopedTarget&) = delete;
    ScopedTarget& operator= (const ScopedTarget&) = delete;
};

/** The target that an object made now would use: a key for what is shared between objects. [any, not audio] */
int64_t presentTarget();

} // namespace faltwerk::simd
