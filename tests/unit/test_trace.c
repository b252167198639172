#include "maker/trace.h"

#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "ruleset/compile.h"

static struct ruleset *rules;
static struct maker_tracer *tracer;
static struct maker_trace trace;

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(ruleset_load_folder(&rules,
                                  BOMGATE_SOURCE_DIR "/tests/data/maker-rules",
                                  NULL, NULL, &err),
              "%s", err.msg);
    tracer = maker_tracer_new(rules);
    cr_assert_not_null(tracer);
}

static void tear_down(void) {
    maker_trace_dispose(&trace);
    maker_tracer_free(tracer);
    ruleset_close(rules);
}

TestSuite(trace, .timeout = 30, .init = set_up, .fini = tear_down);

static void trace_name(const char *cell) {
    maker_trace_clear(&trace);
    cr_assert(maker_trace_name(tracer, str_from(cell), &trace));
}

static void trace_mpn(const char *cell) {
    maker_trace_clear(&trace);
    cr_assert(maker_trace_mpn(tracer, str_from(cell), &trace));
}

/* Is there such a stage, with these words in its result and its reason? */
static bool has(const char *stage, const char *result, const char *why) {
    for (size_t i = 0; i < trace.count; i++) {
        const struct maker_stage *s = &trace.stages[i];
        if (strcmp(s->stage, stage) == 0 &&
            str_find(s->result, str_from(result)) >= 0 &&
            str_find(s->why, str_from(why)) >= 0)
            return true;
    }
    return false;
}

Test(trace, name_shows_its_normal_form) {
    trace_name("MICRON TECHNOLOGY, INC.");
    cr_expect(has("normalise", "micron technology", "legal forms"));
}

Test(trace, name_that_is_an_alias_ends_there) {
    trace_name("Micron");
    cr_expect(has("exact-name", "Micron Technology, Inc.", "alias"));
    cr_expect(not(has("near-name", "", "")));
}

Test(trace, misspelt_name_shows_what_is_proposed) {
    trace_name("Micorn");
    cr_expect(has("exact-name", "", "no company"));
    cr_expect(has("similar-name", "Micron Technology, Inc.", "proposed"));
}

Test(trace, near_name_shows_why_it_is_none) {
    trace_name("Qicron");
    cr_expect(has("near-name", "micron", "first letter"));
}

Test(trace, part_shows_its_family) {
    trace_mpn("MT41K256M16TW-107:P");
    cr_expect(has("mpn-key", "MT41K256M16TW107P", ""));
    cr_expect(has("mpn-family", "DDR3 SDRAM", ""));
}

Test(trace, near_part_shows_how_far_it_fits) {
    trace_mpn("MT41K256M99TW");
    cr_expect(has("near-mpn", "DDR3 SDRAM", "MT41K256M"));
}

Test(trace, exception_is_named) {
    trace_mpn("XF-1234");
    cr_expect(has("mpn-exception", "Flash", "XF"));
}

/* Nothing may be left of the cell before. */
Test(trace, cleared_trace_is_empty) {
    trace_name("Micron");
    maker_trace_clear(&trace);
    cr_expect(eq(sz, trace.count, 0));
}

Test(trace, empty_cells_do_no_harm) {
    trace_name("");
    trace_mpn("");
    cr_expect(not(trace.failed));
}
