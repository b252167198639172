# One target that everything of ours links: language level and warnings.
add_library(build_flags INTERFACE)
target_compile_definitions(build_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(build_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wvla -Wundef -Wwrite-strings -Wcast-qual -Wformat=2
    # Long texts in tables are written over several lines.
    $<$<C_COMPILER_ID:Clang>:-Wno-string-concatenation>
    $<$<BOOL:${BOMGATE_WERROR}>:-Werror>)

# For the library only: Criterion's macros trip over -Wconversion.
add_library(library_flags INTERFACE)
target_link_libraries(library_flags INTERFACE build_flags)
target_compile_options(library_flags INTERFACE -Wconversion)
