# What is shipped is hardened, and the same wherever it is built:
# tests/support/check_hardened.py and check_reproducible.py.
if(NOT BOMGATE_SHIPPED)
    return()
endif()

include(CheckCCompilerFlag)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
target_compile_definitions(build_flags INTERFACE _FORTIFY_SOURCE=3)
# Not every processor has each of them.
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
    string(MAKE_C_IDENTIFIER has${flag} has)
    check_c_compiler_flag(${flag} ${has})
    target_compile_options(build_flags INTERFACE $<$<BOOL:${${has}}>:${flag}>)
endforeach()
target_link_options(build_flags INTERFACE
    -pie LINKER:-z,relro,-z,now,-z,noexecstack,-z,separate-code)

# Neither messages nor debug information name the folder of the build.
set(prefixes -ffile-prefix-map=${PROJECT_BINARY_DIR}=build
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
target_compile_options(build_flags INTERFACE ${prefixes})
target_link_options(build_flags INTERFACE ${prefixes}) # which compiles, too
