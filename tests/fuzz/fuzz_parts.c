/* A parts file or a table of declarations is refused, each fault in words, or
   every row is found by what it says. */
#include <string.h>

#include "core/arena.h"
#include "fuzz.h"
#include "fuzz_few_rules.h"
#include "maker/maker.h"
#include "run/declarations.h"
#include "run/parts_file.h"

static void count_fault(void *ctx, const struct err *fault) {
    unsigned *faults = ctx;
    must_say_why(fault);
    ++*faults;
}

static bool is_found(const struct parts_file *parts, enum parts_key key,
                     struct str written, size_t wanted) {
    for (size_t i = parts_file_find(parts, key, written); i != PARTS_END;
         i = parts_file_next(parts, key, i))
        if (i == wanted)
            return true;
    return false;
}

/* An answered row is found by its own key. */
static void check_key(struct parts_file *parts, size_t i) {
    const struct parts_own *own = &parts_file_row(parts, i)->own;
    const struct str texts[] = {
        [PARTS_BY_IPN] = own->ipn,
        [PARTS_BY_DISTRIBUTOR_PN] = own->distributor_pn,
        [PARTS_BY_VALUE] = own->value,
    };
    struct strbuf framed = {.ptr = NULL};
    enum parts_key key = parts_own_key(parts_file_keys(parts), &framed, own);
    if (key != PARTS_KEY_COUNT)
        must(is_found(parts, key,
                      parts_key_of(parts_file_keys(parts), key, texts[key],
                                   own->footprint),
                      i),
             "a row is found by its key");
    strbuf_dispose(&framed);
}

static void check_row(struct parts_file *parts, size_t i) {
    const struct parts_row *row = parts_file_row(parts, i);
    const struct str texts[] = {row->own.ipn,   row->own.distributor_pn,
                                row->own.value, row->own.footprint,
                                row->category,  row->origin,
                                row->lifecycle, row->by,
                                row->date,      row->evidence};
    for (size_t k = 0; k < ARRAY_LEN(texts); k++)
        must_be_text(texts[k], "cells are UTF-8");
    for (size_t k = 0; k < row->choice_count; k++) {
        must_be_text(row->choices[k].manufacturer, "makers are UTF-8");
        must_be_text(row->choices[k].mpn, "part numbers are UTF-8");
    }
    if (row->answered)
        check_key(parts, i);
}

static void check_parts(const char *path) {
    unsigned faults = 0;
    struct parts_file_options options = {.path = path,
                                         .name = "parts.csv",
                                         .rules = fuzz_few_rules(),
                                         .fault = count_fault,
                                         .ctx = &faults};
    struct parts_file *parts;
    struct err err = ERR_INIT;
    if (!parts_file_read(&parts, &options, &err)) {
        must_say_why(&err);
        return;
    }
    must(faults == 0, "a file with faults is refused");
    for (size_t i = 0; i < parts_file_count(parts); i++)
        check_row(parts, i);
    parts_file_free(parts);
}

static void check_declarations(const char *path) {
    struct declarations_options options = {.rules = fuzz_few_rules(),
                                           .as_of = 20000,
                                           .path = path,
                                           .named = "declarations.csv"};
    struct declarations *declarations;
    struct err err = ERR_INIT;
    if (!declarations_read(&declarations, &options, &err)) {
        must_say_why(&err);
        return;
    }
    const struct declared_file *file = declarations_file(declarations);
    must(file->expired <= file->count, "of all, some are over");
    must(strlen(file->sha256) == 64, "it has a digest");
    declarations_free(declarations);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *path = fuzz_file((struct str){(const char *)data, size});
    check_parts(path);
    check_declarations(path);
    return 0;
}
