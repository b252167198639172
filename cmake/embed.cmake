# embed_text(TARGET FILE SYMBOL): compile a file into TARGET as
# `const char SYMBOL[]`, ended by a NUL, which `SYMBOL_size` does not count.
set(embed_script ${CMAKE_CURRENT_LIST_FILE})

function(embed_text target file symbol)
    cmake_path(ABSOLUTE_PATH file OUTPUT_VARIABLE in)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c)
    add_custom_command(
        OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DIN=${in} -DOUT=${out} -DSYMBOL=${symbol}
            -P ${embed_script}
        DEPENDS ${in} ${embed_script}
        COMMENT "Embedding ${file}")
    target_sources(${target} PRIVATE ${out})
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
    file(READ ${IN} bytes HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    string(REPEAT "." 70 line) # ten of them
    string(REGEX REPLACE "(${line})" "\\1\n    " bytes "${bytes}")
    file(WRITE ${OUT}
        "#include <stddef.h>\n\n"
        "extern const char ${SYMBOL}[];\n"
        "const char ${SYMBOL}[] = {\n    ${bytes}0};\n"
        "extern const size_t ${SYMBOL}_size;\n"
        "const size_t ${SYMBOL}_size = sizeof(${SYMBOL}) - 1;\n")
endif()
