# faltwerk_strict (target): the warnings that our own sources must pass.

function (faltwerk_strict target)
    if (MSVC)
        target_compile_options (${target} PRIVATE /W4 /permissive- $<$<BOOL:${FALTWERK_WARNINGS_AS_ERRORS}>:/WX>)
    else()
        target_compile_options (${target} PRIVATE
            $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
            -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi>
            $<$<BOOL:${FALTWERK_WARNINGS_AS_ERRORS}>:-Werror>)
    endif()

    # The same rounding everywhere: no multiply and add is fused unless the source says so.
    if (NOT MSVC)
        target_compile_options (${target} PRIVATE -ffp-contract=off)
    endif()
endfunction()
