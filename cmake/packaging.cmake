# `cpack` in a build folder makes a .deb, which names the packages that it
# needs, and a tarball that carries its libraries: a job installs one of them
# and builds nothing.
include(GNUInstallDirs)

# The old kind of path holds for the libraries' own libraries too.
target_link_options(bomgate PRIVATE LINKER:--disable-new-dtags)
# In the build too: CMake would hold its place with colons, and the loader takes
# an empty name for the folder that somebody happens to be in.
set_target_properties(bomgate PROPERTIES
    BUILD_WITH_INSTALL_RPATH ON
    INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}/bomgate")
install(TARGETS bomgate RUNTIME_DEPENDENCY_SET libraries
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/LICENSE
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE RENAME copyright
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(PROGRAMS ${PROJECT_SOURCE_DIR}/.ci/base-report
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bomgate COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/src/web/bomgate.service
    DESTINATION lib/systemd/system COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/schemas
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bomgate COMPONENT program)
# Loaded, not linked: the package must name them, and the tarball carry them.
get_property(lazy_targets GLOBAL PROPERTY LAZY_TARGETS)
get_property(lazy_files GLOBAL PROPERTY LAZY_FILES)
get_property(lazy_packages GLOBAL PROPERTY LAZY_PACKAGES)
install(IMPORTED_RUNTIME_ARTIFACTS ${lazy_targets}
    RUNTIME_DEPENDENCY_SET libraries
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/bomgate COMPONENT libraries)
install(FILES ${lazy_files}
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/bomgate COMPONENT libraries)
list(JOIN lazy_packages ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
# What every Linux has stays where it is.
install(RUNTIME_DEPENDENCY_SET libraries
    PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|rt|pthread)\\.so"
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/bomgate COMPONENT libraries)

# Their licences go with them.
foreach(package libbz2-1.0 libcsv3 libcyaml1 libexpat1 libffi8 libgmp10
        libgnutls30 libhogweed6 libidn2-0 libjansson4 libmicrohttpd12
        libminizip1 libnettle8 libp11-kit0 libsqlite3-0 libssl3 libtasn1-6
        libunistring2 libutf8proc2 libxlsxwriter4 libyaml-0-2 libzip4 zlib1g)
    install(FILES /usr/share/doc/${package}/copyright OPTIONAL
        RENAME ${package} COMPONENT libraries
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/libraries)
endforeach()

set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_VENDOR "bomgate")
set(CPACK_PACKAGE_CONTACT "bomgate <bomgate@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME
    "bomgate-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_PROJECT_CONFIG_FILE
    ${PROJECT_SOURCE_DIR}/cmake/package_contents.cmake)
include(CPack)
