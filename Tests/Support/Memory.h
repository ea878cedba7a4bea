#pragma once

#include <fstream>

namespace faltwerk::test
{

/** The memory that the process has in use, in bytes; 0 where that cannot be told. */
inline double residentMemory()
{
    std::ifstream file ("/proc/self/statm");
    double pages = 0.0, resident = 0.0;
    file >> pages >> resident;
    return resident * 4096.0;
}

} // namespace faltwerk::test
