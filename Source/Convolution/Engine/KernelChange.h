#pragma once

namespace faltwerk
{

/** How one kernel replaces another. */
enum class KernelChange
{
    crossfadeAlike,     // between edits of one kernel, whose outputs are correlated: gains add up to 1; 20 ms
    crossfadeDifferent, // between different kernels: squared gains add up to 1; 40 ms
    spillOver           // earlier input rings out in the old kernel; 20 ms
};

} // namespace faltwerk
