#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Convolution/Vector/Simd.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each target
#include <hwy/highway.h>

#include "Convolution/Vector/Simd.h"

HWY_BEFORE_NAMESPACE();
namespace faltwerk::HWY_NAMESPACE
{

int64_t thisTarget() { return HWY_TARGET; }

} // namespace faltwerk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
    #include <algorithm>
    #include <cctype>

namespace faltwerk
{

HWY_EXPORT (thisTarget);

namespace simd
{

std::vector<Target> supportedTargets()
{
    std::vector<Target> targets;

    // Highway gives better targets lower numbers.
    for (const int64_t id : hwy::SupportedAndGeneratedTargets())
    {
        std::string name = hwy::TargetName (id);
        std::transform (name.begin(), name.end(), name.begin(),
                        [] (unsigned char c) { return static_cast<char> (std::tolower (c)); });
        targets.push_back ({ id, name });
    }

    std::sort (targets.begin(), targets.end(), [] (const Target& a, const Target& b) { return a.id < b.id; });
    return targets;
}

ScopedTarget::ScopedTarget (const Target& target)
{
    hwy::SetSupportedTargetsForTest (target.id);
    hwy::GetChosenTarget().Update (target.id);
}

ScopedTarget::~ScopedTarget()
{
    hwy::SetSupportedTargetsForTest (0);
    hwy::GetChosenTarget().Update (hwy::SupportedTargets());
}

int64_t currentTarget() { return HWY_DYNAMIC_DISPATCH (thisTarget)(); }

} // namespace simd
} // namespace faltwerk
#endif
