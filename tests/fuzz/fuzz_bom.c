/* Any bytes are read as a BOM, or refused: to the end, without loss of sense.
 */
#include "bom/bom.h"
#include "bom/source.h"
#include "core/utf8.h"
#include "fuzz.h"

static void check_text(struct str text) {
    must(utf8_valid(text), "what was read is UTF-8");
}

static void check_line(const struct bom_line *line) {
    must(line->line != 0, "a line stands somewhere");
    must(line->part_count != 0, "a line has a part");
    check_text(line->refdes);
    check_text(line->quantity);
    check_text(line->value);
    check_text(line->description);
    for (size_t i = 0; i < line->part_count; i++) {
        check_text(line->parts[i].manufacturer);
        check_text(line->parts[i].mpn);
        must(line->parts[i].line >= line->line, "alternates follow");
    }
}

static void check_diagnostics(struct bom *bom) {
    struct bom_diagnostic diagnostic;
    while (bom_next_diagnostic(bom, &diagnostic)) {
        must(diagnostic.code[0] != '\0', "a diagnostic has a code");
        check_text(str_from(diagnostic.message));
    }
}

static void read_all(struct bom *bom) {
    struct err err = ERR_INIT;
    struct bom_line line;
    uint32_t lines = 0;
    enum bom_step step;
    while ((step = bom_next(bom, &line, &err)) == BOM_LINE) {
        check_line(&line);
        check_diagnostics(bom);
        lines++;
    }
    check_diagnostics(bom);
    if (step == BOM_ERROR)
        must(err.msg[0] != '\0', "a failure says why");
    else
        must(bom_info(bom)->lines == lines, "lines are counted");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = {(const char *)data, size};
    struct bom_options options = {.rules = fuzz_rules()};
    struct source *source;
    struct bom *bom;
    struct err err = ERR_INIT;
    must(source_open_memory(&source, bytes, &err), "memory");
    if (bom_open_source(&bom, source, "fuzz", &options, &err)) {
        read_all(bom);
        bom_close(bom);
    } else {
        must_say_why(&err);
    }
    source_close(source);
    return 0;
}
