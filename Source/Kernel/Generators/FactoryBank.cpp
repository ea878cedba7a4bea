#include "Kernel/Generators/FactoryBank.h"

#include "Kernel/Generators/GeneratorTable.h"

#include <algorithm>
#include <cassert>

namespace faltwerk
{

std::span<const FactoryKernel> factoryKernels()
{
    static const std::vector<FactoryKernel> bank {
        { "Halls", "Concert Hall", { "large", "warm" }, "noise-hall", {} },
    };
    return bank;
}

Kernel makeFactoryKernel (size_t index)
{
    assert (index < factoryKernels().size());
    const auto& description = factoryKernels()[index];
    auto kernel = generate (description.generator, description.values);
    assert (kernel); // the bank's tests make every one
    kernel->name = description.name;
    return std::move (*kernel);
}

Outcome<Kernel> makeFactoryKernel (std::string_view name)
{
    const auto lower = [] (char c) { return c >= 'A' && c <= 'Z' ? static_cast<char> (c - 'A' + 'a') : c; };
    const auto bank = factoryKernels();
    const auto found =
        std::find_if (bank.begin(), bank.end(),
                      [&] (const FactoryKernel& each)
                      {
                          return std::equal (name.begin(), name.end(), each.name.begin(), each.name.end(),
                                             [&] (char a, char b) { return lower (a) == lower (b); });
                      });

    if (found != bank.end())
        return makeFactoryKernel (static_cast<size_t> (found - bank.begin()));

    std::string list;

    for (const auto& each : bank)
        list += (list.empty() ? "" : ", ") + std::string (each.name);

    return Outcome<Kernel>::failure ("The bank has no kernel '" + std::string (name) + "'. It has: " + list + ".");
}

Kernel defaultKernel() { return *makeFactoryKernel ("Concert Hall"); }

} // namespace faltwerk
