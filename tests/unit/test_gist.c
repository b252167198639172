#include "maker/maker.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/map.h"
#include "ruleset/compile.h"

/* Cells that pull an answer in every direction; "" says nothing. */
static const char *const makers[] = {
    "Micron",
    "MICRON TECHNOLOGY INC.",
    "Micron Technology",
    "Micorn",
    "Samsung",
    "Samsung Electronics",
    "Yageo",
    "YAGEO Corp.",
    "TI",
    "Texas Instruments",
    "Lexar",
    "Micron / Samsung",
    "Digi-Key",
    "N/A",
    "",
    "Frobnicate Ltd",
    "C&K Components KMR231GLFS",
};
static const char *const mpns[] = {
    "",
    "N/A",
    "MT41K256M16TW-107:P",
    "MT41K256M16TW-1O7:P",
    "K4B4G1646E-BYMA",
    "TPS54331DR",
    "TPS54331D",
    "RC0402FR-0710KL",
    "SSD 512GB",
    "MT41K256M16",
    "MT41",
    "K4B4G1646E / MT41K256M16TW-107:P",
    "ABC-123",
    "SN74LVC1G08DBVR (reel)",
};
static const char *const values[] = {
    "", "10k", "MT41K256M16TW-107:P", "DDR3 4Gb", "Samsung part", "TPS54331",
};
static const char *const descriptions[] = {
    "",
    "RES SMD 10K OHM 1% 1/10W 0402",
    "IC DRAM 4GBIT PARALLEL 96FBGA",
    "see MT41K256M16TW-107:P",
    "eMMC 8GB, Micron",
    "IC REG BUCK ADJ 3A 8SOIC",
    "4Gb x16 1.5V, -40 to 85 C, 3 chips",
};
static const char *const categories[] = {"", "memory/dram", "Resistors"};

/* All that a report or a verdict goes by. */
static void write_answer(struct strbuf *out, const struct maker *maker) {
    const struct part_facts *facts = &maker->facts;
    strbuf_clear(out);
    strbuf_printf(out, "%u %s %u %u %u %u %u %u %s %s %s %d %d",
                  facts->category, facts->category_source, facts->density_mbit,
                  facts->width, facts->speed_mts, facts->voltage_mv,
                  facts->dies, facts->family, facts->package,
                  facts->temperature, facts->interface, maker->passive,
                  maker->overruled);
    for (size_t i = 0; i < PART_PARAMETER_COUNT; i++)
        strbuf_printf(out, " %s", facts->sources[i]);
    for (size_t i = 0; i < maker->candidate_count; i++) {
        const struct maker_candidate *c = &maker->candidates[i];
        strbuf_printf(out, "|%u %d %u %u", c->party, (int)c->confidence,
                      c->matched_by, c->name);
    }
}

/* What each gist was answered with first. */
struct seen {
    struct map by_gist;
    struct arena arena;
    struct str answers[20000];
    size_t count, again;
};

static void check_query(struct maker_resolver *resolver, struct seen *seen,
                        struct maker_query query) {
    static struct strbuf answer;
    struct maker_gist gist;
    struct maker maker;
    struct err err = ERR_INIT;
    char key[64];
    query.brief = true;
    if (!maker_gist(resolver, &query, &gist))
        return;
    cr_assert(maker_resolve(resolver, &query, &maker, &err), "%s", err.msg);
    write_answer(&answer, &maker);
    int len = snprintf(key, sizeof(key), "%u %u %u %d", gist.name, gist.part,
                       gist.category, gist.in_column);
    uint32_t at = map_get(&seen->by_gist, (struct str){key, (size_t)len});
    if (at != MAP_NONE) {
        seen->again++;
        cr_expect(str_eq(seen->answers[at], strbuf_str(&answer)),
                  "'%.*s' '%.*s' '%.*s' '%.*s' '%.*s': %.*s, not %s",
                  STR_ARG(query.manufacturer), STR_ARG(query.mpn),
                  STR_ARG(query.value), STR_ARG(query.description),
                  STR_ARG(query.category), STR_ARG(seen->answers[at]),
                  answer.ptr);
        return;
    }
    struct str kept = arena_str(&seen->arena, (struct str){key, (size_t)len});
    seen->answers[seen->count] = arena_str(&seen->arena, strbuf_str(&answer));
    cr_assert(map_put(&seen->by_gist, kept, (uint32_t)seen->count++));
}

static void check_all(struct maker_resolver *resolver, struct seen *seen) {
    for (size_t i = 0; i < ARRAY_LEN(makers) * ARRAY_LEN(mpns); i++) {
        for (size_t v = 0; v < ARRAY_LEN(values); v++) {
            for (size_t d = 0; d < ARRAY_LEN(descriptions); d++) {
                for (size_t c = 0; c < ARRAY_LEN(categories); c++)
                    check_query(resolver, seen,
                                (struct maker_query){
                                    .manufacturer =
                                        str_from(makers[i / ARRAY_LEN(mpns)]),
                                    .mpn = str_from(mpns[i % ARRAY_LEN(mpns)]),
                                    .value = str_from(values[v]),
                                    .description = str_from(descriptions[d]),
                                    .category = str_from(categories[c]),
                                });
            }
        }
    }
}

Test(gist, the_same_gist_has_the_same_answer, .timeout = 60) {
    static struct seen seen;
    struct err err = ERR_INIT;
    struct ruleset *rules = NULL;
    cr_assert(ruleset_load_folder(&rules, BOMGATE_SOURCE_DIR "/rules", NULL,
                                  NULL, &err),
              "%s", err.msg);
    struct maker_resolver *resolver = maker_resolver_new(rules);
    cr_assert(resolver != NULL);
    check_all(resolver, &seen);
    cr_expect(seen.count > 50, "%zu gists", seen.count);
    cr_expect(seen.again > 2 * seen.count, "%zu of %zu again", seen.again,
              seen.count);
    maker_resolver_free(resolver);
    ruleset_close(rules);
    map_dispose(&seen.by_gist);
    arena_dispose(&seen.arena);
}

/* Two spellings of a name are one; a part that another cell could name, or a
   memory, which other cells could say more of, has none. */
Test(gist, what_it_leaves_out) {
    struct err err = ERR_INIT;
    struct ruleset *rules = NULL;
    cr_assert(ruleset_load_folder(&rules, BOMGATE_SOURCE_DIR "/rules", NULL,
                                  NULL, &err),
              "%s", err.msg);
    struct maker_resolver *resolver = maker_resolver_new(rules);
    struct maker_gist one, other;
    struct maker_query query = {.manufacturer = STR_LIT("Texas Instruments"),
                                .mpn = STR_LIT("TPS54331DR"),
                                .description = STR_LIT("REGULATOR A")};
    cr_assert(resolver != NULL && maker_gist(resolver, &query, &one));
    query.manufacturer = STR_LIT("TEXAS  INSTRUMENTS");
    query.description = STR_LIT("REGULATOR B");
    cr_assert(maker_gist(resolver, &query, &other));
    cr_expect(one.name == other.name && one.part == other.part);
    query.mpn = STR_LIT("X-1");
    query.description = STR_LIT("see MT41K256M16TW-107:P");
    cr_expect_not(maker_gist(resolver, &query, &one));
    query.mpn = STR_LIT("MT41K256M16TW-107:P");
    query.description = STR_LIT("DDR3");
    cr_expect_not(maker_gist(resolver, &query, &one));
    query.manufacturer = STR_LIT("Frobnicate");
    query.mpn = STR_LIT("TPS54331DR");
    query.description = STR_EMPTY;
    cr_expect_not(maker_gist(resolver, &query, &one));
    maker_resolver_free(resolver);
    ruleset_close(rules);
}
