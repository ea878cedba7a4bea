#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Skip.h"

#include <cstdlib>
#include <memory>

using faltwerk::test::AllocationGuard;

TEST_CASE ("The allocation guard sees what it must forbid", "[engine]")
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    faltwerk::test::skip ("A sanitizer owns the allocator: nothing is counted here.");
#else
    size_t counted = 0;

    {
        const AllocationGuard guard;
        int* volatile number = new int (3); // volatile, or the compiler may leave both out
        delete number;
        counted = guard.count();
    }

    CHECK (counted == 2);

    std::unique_ptr<int> outside;

    {
        const AllocationGuard guard;
        counted = guard.count();
    }

    outside = std::make_unique<int> (4);
    CHECK (counted == 0);
#endif
}
