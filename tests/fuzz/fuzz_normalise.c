/* A company name has one comparable form, and every step to it can be told. */

#include "core/utf8.h"
#include "fuzz.h"
#include "maker/trace.h"
#include "ruleset/name.h"

#define GROWTH_MAX 12 /* U+FDFA is three bytes, and 33 when spelt out */
#define TRACED_MAX 512

/* Words with single blanks between. */
static void check_words(struct str name, struct str from, const char *what) {
    must(utf8_valid(name), what);
    must(name.len <= GROWTH_MAX * from.len, what);
    must(name.len == 0 || (name.ptr[0] != ' ' && !str_ends(name, STR_LIT(" "))),
         what);
    must(str_find(name, STR_LIT("  ")) < 0, what);
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        must(c >= 0x80 || c == ' ' || c == '#' || ascii_is_lower((char)c) ||
                 ascii_is_digit((char)c),
             what);
    }
}

static void check_name(struct str text) {
    const struct name_words *words = rules_name_words(fuzz_rules());
    struct strbuf once = {.ptr = NULL}, twice = {.ptr = NULL};
    name_fold(&once, text);
    check_words(strbuf_str(&once), text, "a folded text is words");
    name_fold(&twice, strbuf_str(&once));
    must(str_eq(strbuf_str(&once), strbuf_str(&twice)), "folding is stable");

    name_normalise(&once, text, words);
    check_words(strbuf_str(&once), text, "a normalised name is words");
    name_normalise(&twice, strbuf_str(&once), words);
    must(str_eq(strbuf_str(&once), strbuf_str(&twice)),
         "normalising is stable");

    name_core(&twice, strbuf_str(&once), words);
    check_words(strbuf_str(&twice), text, "a core is words");
    must(twice.len <= once.len, "a core is no longer than its name");
    name_core(&once, strbuf_str(&twice), words);
    must(str_eq(strbuf_str(&once), strbuf_str(&twice)), "a core is stable");
    must(!once.failed && !twice.failed, "memory");
    strbuf_dispose(&once);
    strbuf_dispose(&twice);
}

static void check_trace(struct str text) {
    static struct maker_tracer *tracer;
    struct maker_trace trace = {.stages = NULL};
    if (tracer == NULL)
        tracer = maker_tracer_new(fuzz_rules());
    must(tracer != NULL && maker_trace_name(tracer, text, &trace) &&
             maker_trace_mpn(tracer, text, &trace),
         "a trace only needs memory");
    must(trace.count >= 2, "each has its first step at least");
    for (size_t i = 0; i < trace.count; i++)
        must(trace.stages[i].why.len > 0, "every step says why");
    maker_trace_dispose(&trace);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    check_name(text);
    /* It compares with every name of the rules: a few will do. */
    if (size % 8 == 0)
        check_trace(str_take(text, TRACED_MAX));
    return 0;
}
