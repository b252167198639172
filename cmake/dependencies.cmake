# Every library by the way that it can be found: most have a .pc file.
find_package(PkgConfig REQUIRED)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(CYAML REQUIRED IMPORTED_TARGET libcyaml)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)

# libcsv ships no .pc file.
find_path(CSV_INCLUDE_DIR csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(csv UNKNOWN IMPORTED)
set_target_properties(csv PROPERTIES
    IMPORTED_LOCATION ${CSV_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${CSV_INCLUDE_DIR})

# Compiles the catalogues of src/lang/.
find_program(MSGFMT msgfmt REQUIRED)

# SHA-256 alone, out of the static library: the shared one takes longer to start
# with than a small BOM to check.
find_library(CRYPTO_LIBRARY libcrypto.a REQUIRED)
add_library(crypto STATIC IMPORTED)
set_target_properties(crypto PROPERTIES IMPORTED_LOCATION ${CRYPTO_LIBRARY})

lazy_library(microhttpd microhttpd.h libmicrohttpd.so.12 libmicrohttpd12)
lazy_library(sqlite3 sqlite3.h libsqlite3.so.0 libsqlite3-0)
lazy_library(xlsxwriter xlsxwriter.h libxlsxwriter.so.4 libxlsxwriter4)
lazy_library(zip zip.h libzip.so.4 libzip4)
