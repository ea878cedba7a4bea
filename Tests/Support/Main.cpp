// The main function of a test program, for Catch2 2 (version 3 brings its own).

#if ! __has_include(<catch2/catch_all.hpp>)
    #define CATCH_CONFIG_MAIN
    #include <catch2/catch.hpp>
#else
    #include <catch2/catch_session.hpp>
int main (int argc, char* argv[]) { return Catch::Session().run (argc, argv); }
#endif
