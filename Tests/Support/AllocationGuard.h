#pragma once

#include <cstddef>

namespace faltwerk::test
{

/** Counts what this thread allocates and frees while the guard lives: operator new and delete everywhere, and malloc
    and its kin as well where the C library lets a program replace them. */
class AllocationGuard
{
public:
    AllocationGuard() noexcept;
    ~AllocationGuard() noexcept;
    AllocationGuard (const AllocationGuard&) = delete;
    AllocationGuard& operator= (const AllocationGuard&) = delete;

    /** Allocations and releases since construction. */
    size_t count() const noexcept;
};

} // namespace faltwerk::test
