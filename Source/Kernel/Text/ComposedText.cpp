#include "Kernel/Text/ComposedText.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace faltwerk
{

std::string composed (const std::string& utf8)
{
    utf8proc_uint8_t* result = nullptr;
    const auto length = utf8proc_map (
        reinterpret_cast<const utf8proc_uint8_t*> (utf8.data()), static_cast<utf8proc_ssize_t> (utf8.size()), &result,
        static_cast<utf8proc_option_t> (UTF8PROC_STABLE | UTF8PROC_COMPOSE)); // with any byte that is 0
    const std::unique_ptr<utf8proc_uint8_t, decltype (&std::free)> owner (result, &std::free);
    return length >= 0 ? std::string (reinterpret_cast<const char*> (result), static_cast<size_t> (length)) : utf8;
}

} // namespace faltwerk
