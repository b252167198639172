/* Any cells get an answer, the same one each time, in time that grows with
   their length alone. */
#include <string.h>

#include "core/utf8.h"
#include "fuzz.h"
#include "maker/maker.h"
#include "maker/mpn.h"
#include "ruleset/name.h"

/* Pattern tokens that a cell may take: mending slips costs the most, and is
   done for short cells only. */
#define STEPS_ALONE 100000
#define STEPS_PER_BYTE 2000

static void check_key(struct str text) {
    struct strbuf once = {.ptr = NULL}, twice = {.ptr = NULL};
    mpn_key(&once, text);
    for (size_t i = 0; i < once.len; i++)
        must(ascii_is_upper(once.ptr[i]) || ascii_is_digit(once.ptr[i]),
             "a key is capital letters and digits");
    must(once.len <= text.len, "a key is no longer than its text");
    mpn_key(&twice, strbuf_str(&once));
    must(str_eq(strbuf_str(&once), strbuf_str(&twice)), "a key is stable");
    mpn_fold(&once, text);
    mpn_fold(&twice, strbuf_str(&once));
    must(str_eq(strbuf_str(&once), strbuf_str(&twice)), "folding is stable");
    strbuf_dispose(&once);
    strbuf_dispose(&twice);
}

static void check_steps(struct str text) {
    static struct mpn_matcher matcher;
    struct mpn_match match;
    if (matcher.rules == NULL)
        must(mpn_matcher_init(&matcher, fuzz_rules()), "memory");
    size_t before = matcher.steps;
    must(mpn_match_cell(&matcher, text, false, &match), "memory");
    size_t steps = matcher.steps - before;
    if (steps > STEPS_ALONE + STEPS_PER_BYTE * text.len)
        fprintf(stderr, "%zu steps for %zu bytes\n", steps, text.len);
    must(steps <= STEPS_ALONE + STEPS_PER_BYTE * text.len,
         "time in proportion to the length");
    for (size_t i = 0; i < match.count; i++)
        must(match.hits[i].tier == match.hits[0].tier, "hits of one tier");
}

static void check_facts(const struct part_facts *facts) {
    const uint32_t numbers[] = {facts->density_mbit, facts->width,
                                facts->speed_mts, facts->voltage_mv,
                                facts->dies};
    const char *const texts[] = {facts->package, facts->temperature,
                                 facts->interface};
    bool known = facts->category != RULES_NONE;
    must(known == (facts->category_source[0] != '\0'), "a category's source");
    for (unsigned i = 0; i < PART_PARAMETER_COUNT; i++) {
        bool set = i < PART_PACKAGE ? numbers[i] != 0
                                    : texts[i - PART_PACKAGE][0] != '\0';
        must(set == (facts->sources[i][0] != '\0'), "a parameter's source");
    }
}

static bool same_facts(const struct part_facts *a, const struct part_facts *b) {
    return a->category == b->category && a->family == b->family &&
           a->density_mbit == b->density_mbit && a->width == b->width &&
           a->speed_mts == b->speed_mts && a->voltage_mv == b->voltage_mv &&
           strcmp(a->package, b->package) == 0 &&
           strcmp(a->interface, b->interface) == 0;
}

static void check_same(const struct maker *a, const struct maker *b) {
    must(a->candidate_count == b->candidate_count &&
             same_facts(&a->facts, &b->facts) && a->passive == b->passive &&
             str_eq(a->evidence, b->evidence),
         "the same answer again");
    for (size_t i = 0; i < a->candidate_count; i++)
        must(a->candidates[i].party == b->candidates[i].party &&
                 a->candidates[i].confidence == b->candidates[i].confidence &&
                 a->candidates[i].matched_by == b->candidates[i].matched_by,
             "the same candidate again");
}

/* One resolver answers anew, the other from what it remembers. */
static void check_answer(const struct maker_query *query) {
    static struct maker_resolver *first, *second;
    struct maker one, two, again;
    struct err err = ERR_INIT;
    if (first == NULL) {
        first = maker_resolver_new(fuzz_rules());
        second = maker_resolver_new(fuzz_rules());
    }
    must(first != NULL && second != NULL, "memory");
    must(maker_resolve(first, query, &one, &err), "an answer needs memory");
    must(maker_resolve(second, query, &two, &err), "an answer needs memory");
    check_same(&one, &two);
    must(maker_resolve(second, query, &again, &err), "an answer needs memory");
    check_same(&one, &again);
    must(one.evidence.len > 0, "an answer says why");
    check_facts(&one.facts);
    for (size_t i = 1; i < one.candidate_count; i++)
        must(one.candidates[i].party < rules_party_count(fuzz_rules()),
             "candidates exist");
}

/* A line is the part number, then the maker, the value, the description. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str rest = {(const char *)data, size};
    struct maker_query query = {.mpn = STR_EMPTY};
    struct str *const cells[] = {&query.mpn, &query.manufacturer, &query.value,
                                 &query.description};
    for (size_t i = 0; i < ARRAY_LEN(cells); i++)
        if (!str_split(&rest, '\n', cells[i]))
            break;
    check_key(query.mpn);
    check_steps(str_take(query.mpn, 2048));
    check_answer(&query);
    return 0;
}
