#include "Support/AllocationGuard.h"

#include <cstdlib>
#include <new>

#if defined(__has_feature)
    #if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
        #define FALTWERK_SANITIZED 1
    #endif
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    #define FALTWERK_SANITIZED 1
#endif

#if defined(__GLIBC__) && ! defined(FALTWERK_SANITIZED)
    #define FALTWERK_REPLACES_MALLOC 1
#endif

namespace
{

thread_local size_t guards = 0;
thread_local size_t allocations = 0;

void note() noexcept
{
    if (guards > 0)
        ++allocations;
}

} // namespace

namespace faltwerk::test
{

AllocationGuard::AllocationGuard() noexcept
{
    allocations = 0;
    ++guards;
}

AllocationGuard::~AllocationGuard() noexcept { --guards; }

size_t AllocationGuard::count() const noexcept { return allocations; }

} // namespace faltwerk::test

#if FALTWERK_REPLACES_MALLOC
// glibc keeps its own functions under these names; operator new calls malloc, so it is counted too.
extern "C"
{
    void* __libc_malloc (size_t);
    void* __libc_calloc (size_t, size_t);
    void* __libc_realloc (void*, size_t);
    void* __libc_memalign (size_t, size_t);
    void __libc_free (void*);

    void* malloc (size_t size)
    {
        note();
        return __libc_malloc (size);
    }

    void* calloc (size_t count, size_t size)
    {
        note();
        return __libc_calloc (count, size);
    }

    void* realloc (void* block, size_t size)
    {
        note();
        return __libc_realloc (block, size);
    }

    void* aligned_alloc (size_t alignment, size_t size)
    {
        note();
        return __libc_memalign (alignment, size);
    }

    int posix_memalign (void** block, size_t alignment, size_t size)
    {
        note();
        *block = __libc_memalign (alignment, size);
        return *block != nullptr ? 0 : 12;
    }

    void free (void* block)
    {
        if (block != nullptr)
            note();

        __libc_free (block);
    }
}
#elif ! FALTWERK_SANITIZED
void* operator new (size_t size)
{
    note();

    if (auto* block = std::malloc (size > 0 ? size : 1))
        return block;

    throw std::bad_alloc();
}

void operator delete (void* block) noexcept
{
    if (block != nullptr)
        note();

    std::free (block);
}

void operator delete (void* block, size_t) noexcept { operator delete (block); }
#endif
