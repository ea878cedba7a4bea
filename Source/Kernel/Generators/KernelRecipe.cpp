#include "Kernel/Generators/KernelRecipe.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Generators/GeneratorTable.h"

namespace faltwerk
{

KernelRecipe recipeFor (std::string_view id, const std::map<std::string, double>& values)
{
    KernelRecipe recipe { std::string (id), 1, values };

    if (const auto* const generator = findGenerator (id))
    {
        recipe.version = generator->version;

        for (const auto& parameter : generator->parameters)
            recipe.values.emplace (parameter.id, parameter.defaultValue); // keeps a value that is given
    }

    return recipe;
}

KernelRecipe recipeFor (const FactoryKernel& kernel) { return recipeFor (kernel.generator, kernel.values); }

Outcome<Kernel> make (const KernelRecipe& recipe)
{
    if (const auto* const generator = findGenerator (recipe.generator);
        generator == nullptr || recipe.version < 1 || recipe.version > generator->version)
        return Outcome<Kernel>::failure ("The kernel was made by '" + recipe.generator + "' version "
                                         + std::to_string (recipe.version)
                                         + ", which this Faltwerk does not have. Update it.");

    return generate (recipe.generator, recipe.values, recipe.version);
}

} // namespace faltwerk
