# faltwerk_strict (target): the warnings that our own sources must pass.

function (faltwerk_strict target)
    if (MSVC)
        target_compile_options (${target} PRIVATE /W4 /permissive- $<$<BOOL:${FALTWERK_WARNINGS_AS_ERRORS}>:/WX>)
    else()
        target_compile_options (${target} PRIVATE
            $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
            -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi>
            $<$<BOOL:${FALTWERK_WARNINGS_AS_ERRORS}>:-Werror>)

        # GCC 12 sees overlapping copies where two strings are joined (GCC bug 105651).
        if (CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
            target_compile_options (${target} PRIVATE -Wno-restrict)
        endif()
    endif()

    # The same rounding everywhere: no multiply and add is fused unless the source says so.
    if (NOT MSVC)
        target_compile_options (${target} PRIVATE -ffp-contract=off)
    endif()
endfunction()
