# cmake -DOUTPUT=FILE.c -DFOLDER=DIR "-DLANGUAGES=zh-CN;…" -P this
# Writes DIR/LANGUAGE.mo, each, into one C file: what core/lang.h declares.
set(arrays "")
set(rows "")
foreach(language ${LANGUAGES})
    file(READ ${FOLDER}/${language}.mo bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "[^A-Za-z]" "_" array "mo_${language}")
    string(APPEND arrays
        "static const unsigned char ${array}[] = {\n${bytes}\n};\n\n")
    string(APPEND rows
        "    {\"${language}\", {${array}, sizeof(${array})}},\n")
endforeach()
file(WRITE ${OUTPUT}
    "#include \"core/lang.h\"\n\n${arrays}"
    "const struct lang_catalogue lang_catalogues[] = {\n"
    "${rows}    {NULL, {NULL, 0}},\n};\n")
