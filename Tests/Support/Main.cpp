// The main function of a test program. That no test has the name asked for is an error, as it is by itself in Catch2 3:
// else a name that ctest garbles, as one with a semicolon, would pass.

#if ! __has_include(<catch2/catch_all.hpp>)
    #define CATCH_CONFIG_RUNNER
    #include <catch2/catch.hpp>

int main (int argc, char* argv[])
{
    Catch::Session session;

    if (const int code = session.applyCommandLine (argc, argv); code != 0)
        return code;

    auto& warnings = session.configData().warnings;
    warnings = static_cast<Catch::WarnAbout::What> (warnings | Catch::WarnAbout::NoTests);
    return session.run();
}
#else
    #include <catch2/catch_session.hpp>
int main (int argc, char* argv[]) { return Catch::Session().run (argc, argv); }
#endif
