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

# --- soxr: resampling (no CMake config of its own, so pkg-config first) ---------------------------------------------
if (PkgConfig_FOUND)
    pkg_check_modules (soxr QUIET IMPORTED_TARGET soxr)
endif()

if (soxr_FOUND)
    add_library (faltwerk_soxr ALIAS PkgConfig::soxr)
else()
    set (CMAKE_POLICY_VERSION_MINIMUM 3.5)
    set (WITH_OPENMP OFF CACHE BOOL "" FORCE)
    set (WITH_LSR_BINDINGS OFF CACHE BOOL "" FORCE)
    set (BUILD_TESTS OFF CACHE BOOL "" FORCE)
    set (BUILD_SHARED_LIBS OFF)
    FetchContent_Declare (soxr GIT_REPOSITORY https://github.com/chirlu/soxr.git GIT_TAG 0.1.3 GIT_SHALLOW ON)
    FetchContent_MakeAvailable (soxr)
    target_include_directories (soxr INTERFACE "${soxr_SOURCE_DIR}/src")
    add_library (faltwerk_soxr ALIAS soxr)
endif()

# --- utf8proc: composed Unicode -------------------------------------------------------------------------------------
if (PkgConfig_FOUND)
    pkg_check_modules (utf8proc QUIET IMPORTED_TARGET libutf8proc)
endif()

if (utf8proc_FOUND)
    add_library (faltwerk_utf8proc ALIAS PkgConfig::utf8proc)
else()
    set (CMAKE_POLICY_VERSION_MINIMUM 3.5)
    set (UTF8PROC_ENABLE_TESTING OFF CACHE BOOL "" FORCE)
    set (BUILD_SHARED_LIBS OFF)
    FetchContent_Declare (utf8proc
        GIT_REPOSITORY https://github.com/JuliaStrings/utf8proc.git GIT_TAG v2.9.0 GIT_SHALLOW ON)
    FetchContent_MakeAvailable (utf8proc)
    add_library (faltwerk_utf8proc ALIAS utf8proc)
endif()

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
    if (PkgConfig_FOUND)
        pkg_check_modules (fftw3 QUIET IMPORTED_TARGET fftw3)
    endif()

    if (fftw3_FOUND)
        add_library (faltwerk_fftw ALIAS PkgConfig::fftw3)
    else()
        set (CMAKE_POLICY_VERSION_MINIMUM 3.5)
        set (BUILD_SHARED_LIBS OFF)
        FetchContent_Declare (fftw3 URL https://www.fftw.org/fftw-3.3.10.tar.gz)
        FetchContent_MakeAvailable (fftw3)
        target_include_directories (fftw3 INTERFACE "${fftw3_SOURCE_DIR}/api")
        add_library (faltwerk_fftw ALIAS fftw3)
    endif()
endif()
