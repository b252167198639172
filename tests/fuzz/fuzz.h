#ifndef BOMGATE_TESTS_FUZZ_H
#define BOMGATE_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/shipped_rules.h"
#include "core/utf8.h"
#include "ruleset/ruleset.h"

/* What every fuzz target shares. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static inline void must_be_text(struct str text, const char *what) {
    must(utf8_valid(text), what);
}

/** A refusal has a reason, and what is shown of it is text. */
static inline void must_say_why(const struct err *err) {
    char shown[sizeof(err->msg) + sizeof(err->file) + 32];
    must(err->msg[0] != '\0', "a refusal says why");
    err_format(err, shown, sizeof(shown));
    must_be_text(str_from(shown), "a message is UTF-8");
}

/** The shipped rules, opened once. */
static inline const struct ruleset *fuzz_rules(void) {
    static struct ruleset *opened;
    struct err err = ERR_INIT;
    if (opened == NULL)
        must(ruleset_open(&opened, shipped_rules, shipped_rules_size, &err),
             "the shipped rules open");
    return opened;
}

/** A file that holds these bytes, until the next call. Nothing is left of it
    when the program ends. */
static inline const char *fuzz_file(struct str bytes) {
    static FILE *file;
    static char path[64];
    if (file == NULL) {
        file = tmpfile();
        must(file != NULL, "a file");
        snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
    }
    must(ftruncate(fileno(file), 0) == 0 && fseek(file, 0, SEEK_SET) == 0 &&
             (bytes.len == 0 ||
              fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len) &&
             fflush(file) == 0,
         "the file is written");
    return path;
}

/** The same texts, or where they begin to differ. */
static inline void must_be_same(const struct strbuf *a, const struct strbuf *b,
                                const char *what) {
    if (str_eq(strbuf_str(a), strbuf_str(b)))
        return;
    fprintf(stderr, "--- one\n%s\n--- other\n%s\n", a->len == 0 ? "" : a->ptr,
            b->len == 0 ? "" : b->ptr);
    must(false, what);
}

#endif
