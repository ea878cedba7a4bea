#pragma once

#include <cstdint>
#include <string>
#include <vector>

/** The instruction sets that the engine's inner loops are compiled for. The best that the processor supports is chosen
    when an object with such loops is constructed. */
namespace faltwerk::simd
{

/** One instruction set. */
struct Target
{
    int64_t id;
    std::string name; // avx3 (AVX-512), avx2, sse4, neon, ...
};

/** Returns the targets that this processor supports, best first. [not audio] */
std::vector<Target> supportedTargets();

/** Makes objects that are constructed during its lifetime use one target, for tests and measurements. No other thread
    may construct such objects meanwhile. */
class ScopedTarget
{
public:
    explicit ScopedTarget (const Target&);
    ~ScopedTarget();
    ScopedTarget (const ScopedTarget&) = delete;
    ScopedTarget& operator= (const ScopedTarget&) = delete;
};

/** Returns the id of the target that an object constructed now would use. [not audio] */
int64_t currentTarget();

} // namespace faltwerk::simd
