# lazy_library(NAME HEADER FILE PACKAGE): a library that is loaded when it is
# first needed, because starting with it takes longer than checking a small BOM.
#
# `#include <lazy/NAME.h>` stands for `#include <HEADER>`: the functions of
# lazy/NAME.txt are called by their own names, after lazy_NAME_load(). What is
# called and not listed there does not link. PACKAGE is Debian's.
function(lazy_library name header file package)
    set(list ${PROJECT_SOURCE_DIR}/cmake/lazy/${name}.txt)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
    file(STRINGS ${list} functions)
    set(members "")
    set(names "")
    set(rows "")
    foreach(function ${functions})
        string(APPEND members "    __typeof__(&${function}) ${function}_;\n")
        string(APPEND names "#define ${function} lazy_${name}.${function}_\n")
        string(APPEND rows "    {\"${function}\", &lazy_${name}.${function}_},\n")
    endforeach()
    foreach(kind h c)
        configure_file(${PROJECT_SOURCE_DIR}/cmake/lazy/lazy.${kind}.in
            ${PROJECT_BINARY_DIR}/lazy/lazy/${name}.${kind} @ONLY)
    endforeach()
    find_library(lazy_${name} ${file} REQUIRED)
    file(REAL_PATH ${lazy_${name}} real)
    add_library(lazy_${name} SHARED IMPORTED GLOBAL)
    set_target_properties(lazy_${name} PROPERTIES IMPORTED_LOCATION ${real})
    # The package must name it, and the tarball carry it, under both names.
    set_property(GLOBAL APPEND PROPERTY LAZY_TARGETS lazy_${name})
    set_property(GLOBAL APPEND PROPERTY LAZY_FILES ${lazy_${name}})
    set_property(GLOBAL APPEND PROPERTY LAZY_PACKAGES ${package})
    set_property(GLOBAL APPEND PROPERTY LAZY_SOURCES
        ${PROJECT_BINARY_DIR}/lazy/lazy/${name}.c)
endfunction()
