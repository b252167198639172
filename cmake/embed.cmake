# embed_text(TARGET FILE SYMBOL): compile a text file into TARGET as
# `const char SYMBOL[]`, ended by a NUL.
set(embed_script ${CMAKE_CURRENT_LIST_FILE})

function(embed_text target file symbol)
    set(in ${CMAKE_CURRENT_SOURCE_DIR}/${file})
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
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(................................................................................)" "\\1\n    " bytes "${bytes}")
    file(WRITE ${OUT}
        "extern const char ${SYMBOL}[];\n"
        "const char ${SYMBOL}[] = {\n    ${bytes}0x00};\n")
endif()
