# Every library we use: the installed package where there is one, else a pinned release, fetched.

include (FetchContent)
find_package (PkgConfig QUIET)

set (FETCHCONTENT_QUIET OFF)

# --- JUCE: audio, plugin formats, graphics -------------------------------------------------------------------------
FetchContent_Declare (JUCE
    GIT_REPOSITORY https://github.com/juce-framework/JUCE.git GIT_TAG 8.0.6 GIT_SHALLOW ON
    FIND_PACKAGE_ARGS CONFIG)
FetchContent_MakeAvailable (JUCE)

# --- Highway: vector instructions, chosen at run time ----------------------------------------------------------------
set (HWY_ENABLE_TESTS OFF CACHE BOOL "" FORCE)
set (HWY_ENABLE_EXAMPLES OFF CACHE BOOL "" FORCE)
set (HWY_ENABLE_CONTRIB OFF CACHE BOOL "" FORCE)
FetchContent_Declare (hwy
    GIT_REPOSITORY https://github.com/google/highway.git GIT_TAG 1.2.0 GIT_SHALLOW ON
    FIND_PACKAGE_ARGS CONFIG)
FetchContent_MakeAvailable (hwy)

if (NOT TARGET hwy::hwy)
    add_library (hwy::hwy ALIAS hwy)
endif()

# --- CLI11: arguments of the command line ---------------------------------------------------------------------------
FetchContent_Declare (CLI11
    GIT_REPOSITORY https://github.com/CLIUtils/CLI11.git GIT_TAG v2.4.2 GIT_SHALLOW ON
    FIND_PACKAGE_ARGS CONFIG)
FetchContent_MakeAvailable (CLI11)

# --- Libraries without a CMake config of their own ------------------------------------------------------------------
# Gives the target faltwerk_<name>: of the pkg-config module if there is one, else of a release that is built.
# include: where its source has its header; the rest: where FetchContent gets it. Its options are set by the caller.
function (faltwerk_library name module include)
    if (PkgConfig_FOUND)
        pkg_check_modules (${name} QUIET IMPORTED_TARGET ${module})
    endif()

    if (${name}_FOUND)
        add_library (faltwerk_${name} ALIAS PkgConfig::${name})
        return()
    endif()

    set (CMAKE_POLICY_VERSION_MINIMUM 3.5)
    set (BUILD_SHARED_LIBS OFF)
    FetchContent_Declare (${name} ${ARGN})
    FetchContent_MakeAvailable (${name})
    target_include_directories (${name} INTERFACE "${${name}_SOURCE_DIR}/${include}")
    add_library (faltwerk_${name} ALIAS ${name})
endfunction()

# --- soxr: resampling -----------------------------------------------------------------------------------------------
set (WITH_OPENMP OFF CACHE BOOL "" FORCE)
set (WITH_LSR_BINDINGS OFF CACHE BOOL "" FORCE)
set (BUILD_TESTS OFF CACHE BOOL "" FORCE)
faltwerk_library (soxr soxr src GIT_REPOSITORY https://github.com/chirlu/soxr.git GIT_TAG 0.1.3 GIT_SHALLOW ON)

# --- utf8proc: composed Unicode -------------------------------------------------------------------------------------
set (UTF8PROC_ENABLE_TESTING OFF CACHE BOOL "" FORCE)
faltwerk_library (utf8proc libutf8proc .
    GIT_REPOSITORY https://github.com/JuliaStrings/utf8proc.git GIT_TAG v2.9.0 GIT_SHALLOW ON)

# --- libsndfile: sound files (pkg-config first, then a CMake config, which vcpkg gives; vcpkg.json names its codecs) ----
if (PkgConfig_FOUND)
    pkg_check_modules (sndfile QUIET IMPORTED_TARGET sndfile>=1.2)
endif()

if (sndfile_FOUND)
    add_library (faltwerk_sndfile ALIAS PkgConfig::sndfile)
else()
    set (CMAKE_POLICY_VERSION_MINIMUM 3.5)
    set (BUILD_PROGRAMS OFF CACHE BOOL "" FORCE)
    set (BUILD_EXAMPLES OFF CACHE BOOL "" FORCE)
    set (BUILD_TESTING OFF CACHE BOOL "" FORCE)
    set (BUILD_SHARED_LIBS OFF)
    FetchContent_Declare (SndFile
        GIT_REPOSITORY https://github.com/libsndfile/libsndfile.git GIT_TAG 1.2.2 GIT_SHALLOW ON
        FIND_PACKAGE_ARGS 1.2 CONFIG)
    FetchContent_MakeAvailable (SndFile)

    # Built from source, it has the codecs that are installed: FLAC, Ogg, Vorbis and Opus, or none of them; MP3.
    add_library (faltwerk_sndfile INTERFACE)
    target_link_libraries (faltwerk_sndfile INTERFACE SndFile::sndfile)
endif()

if (FALTWERK_TESTS)
    # --- Catch2, version 2 or 3 -------------------------------------------------------------------------------------
    FetchContent_Declare (Catch2
        GIT_REPOSITORY https://github.com/catchorg/Catch2.git GIT_TAG v3.7.1 GIT_SHALLOW ON
        FIND_PACKAGE_ARGS CONFIG)
    FetchContent_MakeAvailable (Catch2)

    if (DEFINED Catch2_SOURCE_DIR)
        list (APPEND CMAKE_MODULE_PATH "${Catch2_SOURCE_DIR}/extras")
    endif()

    # --- FFTW in double precision: the tests' oracle, never linked by what is shipped -------------------------------
    faltwerk_library (fftw3 fftw3 api URL https://www.fftw.org/fftw-3.3.10.tar.gz)
endif()
