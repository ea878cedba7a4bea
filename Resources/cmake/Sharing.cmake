# faltwerk_share_juce (target modules...): compiles JUCE modules once, into one static library.
#
# The modules are linked privately; what their users need (definitions, include folders) is handed on, so that no other
# target compiles them again.

function (faltwerk_share_juce target)
    target_link_libraries (${target} PRIVATE ${ARGN})

    target_compile_definitions (${target} INTERFACE $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)
    target_include_directories (${target} SYSTEM INTERFACE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)

    set_target_properties (${target} PROPERTIES
        POSITION_INDEPENDENT_CODE ON
        VISIBILITY_INLINES_HIDDEN ON
        C_VISIBILITY_PRESET hidden
        CXX_VISIBILITY_PRESET hidden)

    # Some distributions strip the libraries that JUCE bundles and expect the system's.
    get_target_property (modules juce::juce_graphics INTERFACE_JUCE_MODULE_PATH)

    if (NOT EXISTS "${modules}/juce_graphics/image_formats/pnglib")
        pkg_check_modules (juce_images REQUIRED IMPORTED_TARGET libpng libjpeg zlib)
        target_link_libraries (${target} PUBLIC PkgConfig::juce_images)
    endif()
endfunction()
