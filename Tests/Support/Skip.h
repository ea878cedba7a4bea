#pragma once

#include <cstdio>
#include <string>

namespace faltwerk::test
{

/** Tells ctest that a test cannot run here, and why: it is then listed as skipped, and not as passed. The test returns
    before it checks anything. */
inline void skip (const std::string& reason)
{
    std::printf ("SKIPPED: %s\n", reason.c_str());
    std::fflush (stdout);
}

} // namespace faltwerk::test
