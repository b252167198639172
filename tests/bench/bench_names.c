/*
 * What a distinct maker's name costs, against how many the rules have: in the
 * exact stage, which is to cost the same whatever their number, and in the
 * fuzzy stage. Times are medians of rounds, in nanoseconds.
 *
 * usage: bench_names [SIZE…]
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/mem.h"
#include "maker/match_name.h"
#include "maker/similar.h"
#include "ruleset/compile.h"
#include "ruleset/name.h"

#define QUERIES 2000
#define ROUNDS 9
#define ALIASES 10 /* of a party, its name counted */

static uint64_t state = 20260821;

static uint32_t next_random(uint32_t below) {
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

static void add_syllables(struct strbuf *out, uint32_t number, int count) {
    static const char consonants[] = "bcdfghjklmnprstvwxyz";
    for (; count > 0; count--) {
        strbuf_add_char(out, consonants[number % 20]);
        strbuf_add_char(out, "aeiou"[number / 20 % 5]);
        number /= 100;
    }
}

/* The `i`-th name: one or two words, of which the first is in no other. */
static void add_name(struct strbuf *out, uint32_t i) {
    uint32_t word = (uint32_t)(i * UINT64_C(61803399) % 99999989);
    add_syllables(out, word, 4);
    strbuf_add_char(out, "nrsl"[i % 4]);
    if (i % 3 != 0) {
        strbuf_add_char(out, ' ');
        add_syllables(out, i * 7919u % 1000000, 3);
    }
}

static void check(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "bench_names: %s\n", what);
        exit(1);
    }
}

static struct strbuf parties_of(uint32_t size) {
    struct strbuf text = {.ptr = NULL};
    for (uint32_t i = 0; i < size; i++) {
        if (i % ALIASES == 0)
            strbuf_printf(&text, "%s- {id: p%u, name: ", i == 0 ? "" : "]}\n",
                          (unsigned)i);
        else
            strbuf_add_text(&text, i % ALIASES == 1 ? ", aliases: [" : ", ");
        add_name(&text, i);
    }
    strbuf_add_text(&text, size % ALIASES == 1 ? "}\n" : "]}\n");
    check(!text.failed, "out of memory");
    return text;
}

static struct ruleset *open_rules(uint32_t size) {
    struct strbuf text = parties_of(size);
    const struct rule_file files[] = {
        {.path = STR_LIT("words/categories.yaml"),
         .place = STR_LIT("categories"),
         .text = STR_LIT("- {id: all, name: Everything}\n")},
        {.path = STR_LIT("words/names.yaml"),
         .place = STR_LIT("names"),
         .text = STR_LIT("- {list: legal-form, words: [inc, ltd, co ltd]}\n"
                         "- {list: generic-word, words: [technology]}\n")},
        {.path = STR_LIT("parties/bench.yaml"),
         .place = STR_LIT("parties"),
         .text = strbuf_str(&text)},
    };
    struct rule_sources sources = {.files = NULL};
    struct ruleset *rules;
    struct err err = ERR_INIT;
    void *items = NULL, *bytes;
    size_t bytes_size;
    check(mem_grow(&items, &sources.cap, ARRAY_LEN(files), sizeof *files),
          "out of memory");
    sources.files = items;
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        sources.files[sources.count++] = files[i];
    check(ruleset_compile(&bytes, &bytes_size, &sources, NULL, &err), err.msg);
    check(ruleset_adopt(&rules, bytes, bytes_size, &err), err.msg);
    rule_sources_dispose(&sources);
    strbuf_dispose(&text);
    return rules;
}

/* ---- queries ---- */

struct queries {
    struct strbuf text[QUERIES];
};

/* "BAKUMITO Rivela, Inc.": as a BOM writes a name that the rules have. */
static void make_known(struct queries *queries, uint32_t size) {
    for (int i = 0; i < QUERIES; i++) {
        struct strbuf *text = &queries->text[i];
        strbuf_clear(text);
        add_name(text, next_random(size));
        for (size_t c = 0; c < text->len && text->ptr[c] != ' '; c++)
            text->ptr[c] = ascii_upper(text->ptr[c]);
        strbuf_add_text(text, i % 2 == 0 ? ", Inc." : " Co., Ltd.");
    }
}

/* The same with two letters swapped, normalised. */
static void make_misspelt(struct queries *queries, uint32_t size) {
    for (int i = 0; i < QUERIES; i++) {
        struct strbuf *text = &queries->text[i];
        strbuf_clear(text);
        add_name(text, next_random(size));
        size_t at = 2 + next_random(5);
        char c = text->ptr[at];
        text->ptr[at] = text->ptr[at + 1];
        text->ptr[at + 1] = c;
    }
}

static void dispose_queries(struct queries *queries) {
    for (int i = 0; i < QUERIES; i++)
        strbuf_dispose(&queries->text[i]);
}

/* ---- measuring ---- */

/* @return how many names were found. */
typedef unsigned bench_run(struct name_matcher *matcher,
                           const struct queries *queries);

static unsigned run_normalise(struct name_matcher *matcher,
                              const struct queries *queries) {
    unsigned found = 0;
    for (int i = 0; i < QUERIES; i++) {
        name_normalise(&matcher->normal, strbuf_str(&queries->text[i]),
                       rules_name_words(matcher->rules));
        found += matcher->normal.len > 0;
    }
    return found;
}

static unsigned run_exact(struct name_matcher *matcher,
                          const struct queries *queries) {
    unsigned found = 0;
    for (int i = 0; i < QUERIES; i++) {
        struct name_match match;
        found += name_match(matcher, strbuf_str(&queries->text[i]), &match) &&
                 match.count == 1 && match.hits[0].confidence == MAKER_CERTAIN;
    }
    return found;
}

static unsigned run_fuzzy(struct name_matcher *matcher,
                          const struct queries *queries) {
    unsigned found = 0;
    for (int i = 0; i < QUERIES; i++) {
        struct similar similar;
        similar_find(matcher->rules, strbuf_str(&queries->text[i]), &similar);
        found += similar.count > 0;
    }
    return found;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int by_value(const void *a, const void *b) {
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static double measure(bench_run *run, struct name_matcher *matcher,
                      const struct queries *queries) {
    double times[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double start = now();
        unsigned found = run(matcher, queries);
        times[i] = (now() - start) / QUERIES;
        check(found == QUERIES, "a name was not found");
    }
    qsort(times, ROUNDS, sizeof *times, by_value);
    return times[ROUNDS / 2];
}

struct times {
    double normalise, exact, fuzzy;
};

static struct times measure_size(uint32_t size) {
    static struct queries queries;
    struct ruleset *rules = open_rules(size);
    struct name_matcher matcher;
    struct times times;
    name_matcher_init(&matcher, rules);
    make_known(&queries, size);
    times.normalise = measure(run_normalise, &matcher, &queries);
    times.exact = measure(run_exact, &matcher, &queries);
    make_misspelt(&queries, size);
    times.fuzzy = measure(run_fuzzy, &matcher, &queries);
    dispose_queries(&queries);
    queries = (struct queries){.text = {{NULL, 0, 0, false}}};
    name_matcher_dispose(&matcher);
    ruleset_close(rules);
    return times;
}

int main(int argc, char **argv) {
    static const char *const sizes[] = {"100", "10000", "100000", "1000000"};
    const char *const *list = argc > 1 ? (const char *const *)argv + 1 : sizes;
    size_t count = argc > 1 ? (size_t)argc - 1 : ARRAY_LEN(sizes);
    struct times first = {0, 0, 0};
    printf("%10s %14s %10s %7s %12s %7s\n", "names", "normalise ns", "exact ns",
           "ratio", "fuzzy ns", "ratio");
    for (size_t i = 0; i < count; i++) {
        uint32_t size = (uint32_t)strtoul(list[i], NULL, 10);
        check(size > 1, "a size is a number above 1");
        struct times times = measure_size(size);
        if (i == 0)
            first = times;
        printf("%10u %14.0f %10.0f %7.2f %12.0f %7.2f\n", (unsigned)size,
               times.normalise, times.exact, times.exact / first.exact,
               times.fuzzy, times.fuzzy / first.fuzzy);
    }
    return 0;
}
