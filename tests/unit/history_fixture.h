#ifndef BOMGATE_TESTS_HISTORY_FIXTURE_H
#define BOMGATE_TESTS_HISTORY_FIXTURE_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "history/record.h"
#include "temp_folder.h"

/** A part on a board, and what the rules say of it. */
struct told_part {
    const char *refdes, *maker, *mpn, *description;
    const char *verdict; /* NULL: nothing is said */
    const char *measure, *party, *since, *profile;
    const struct history_waiver *waiver;
};

/** One run over one board. What is not set is as for any run. */
struct told_run {
    const char *time, *as_of, *product, *repository, *rules, *tool, *activity;
    const char *path; /* the product is taken from it */
    const char *profiles[4];
    const struct told_part *parts;
    size_t part_count;
    uint32_t lost;
    const char *error;
    bool inconclusive;
    const struct history_waiver *waivers[4];
    const char *rule_text; /* a measure's file of the rule set */
};

#define TOLD_PARTS(...)                                                        \
    .parts = (const struct told_part[]){__VA_ARGS__},                          \
    .part_count = sizeof((const struct told_part[]){__VA_ARGS__}) /            \
                  sizeof(struct told_part)

static inline struct str said(const char *text, const char *otherwise) {
    return str_from(text != NULL ? text : otherwise);
}

static inline void tell_finding(struct recording *recording,
                                const struct told_run *run,
                                const struct told_part *part, uint32_t line) {
    struct err err = ERR_INIT;
    char fingerprint[256];
    const char *profile = part->profile != NULL      ? part->profile
                          : run->profiles[0] != NULL ? run->profiles[0]
                                                     : "buyer";
    const char *measure = part->measure != NULL ? part->measure : "law";
    const char *party = part->party != NULL ? part->party : "micron";
    snprintf(fingerprint, sizeof(fingerprint), "%s/%s/%s/%s", measure, profile,
             party, part->mpn);
    struct history_finding finding = {
        .line = line,
        .refdes = str_from(part->refdes),
        .quantity = STR_LIT("1"),
        .fingerprint = str_from(fingerprint),
        .verdict = str_from(part->verdict),
        .profile = str_from(profile),
        .measure = str_from(measure),
        .title = STR_LIT("A law"),
        .clause = STR_LIT("purchase"),
        .citation = STR_LIT("Act 1"),
        .url = STR_LIT("https://example.com/law"),
        .since = said(part->since, "2020-01-01"),
        .becomes = STR_EMPTY,
        .reason = STR_EMPTY,
        .party = str_from(party),
        .party_name = str_from(party),
        .owner = STR_EMPTY,
        .confidence = STR_LIT("certain"),
        .category = STR_EMPTY,
        .manufacturer = str_from(part->maker),
        .mpn = str_from(part->mpn),
        .waived = part->waiver != NULL,
        .waiver = part->waiver,
    };
    cr_assert(recording_finding(recording, &finding, &err), "%s", err.msg);
}

static inline void tell_parts(struct recording *recording,
                              const struct told_run *run) {
    struct err err = ERR_INIT;
    for (size_t i = 0; i < run->part_count; i++) {
        const struct told_part *part = &run->parts[i];
        struct history_line line = {
            .line = (uint32_t)i + 2,
            .part_line = (uint32_t)i + 2,
            .fitted = true,
            .refdes = str_from(part->refdes),
            .quantity = STR_LIT("1"),
            .ipn = STR_EMPTY,
            .origin = STR_EMPTY,
            .mpn = str_from(part->mpn),
            .manufacturer = str_from(part->maker),
            .value = STR_EMPTY,
            .description = said(part->description, ""),
            .category = STR_EMPTY,
            .manufacturer_header = STR_EMPTY,
            .mpn_header = STR_EMPTY,
            .party = STR_EMPTY,
        };
        cr_assert(recording_line(recording, &line, &err), "%s", err.msg);
    }
    for (size_t i = 0; i < run->part_count; i++) {
        if (run->parts[i].verdict != NULL)
            tell_finding(recording, run, &run->parts[i], (uint32_t)i + 2);
    }
}

static inline void tell_bom(struct recording *recording,
                            const struct told_run *run) {
    struct err err = ERR_INIT;
    char path[128];
    const char *product = run->product != NULL ? run->product : "board-a";
    snprintf(path, sizeof(path), "%s.csv", product);
    struct history_bom bom = {
        .path = run->path != NULL ? run->path : path,
        .sha256 = "00",
        .product = str_from(product),
        .named = run->path == NULL,
        .format = "csv",
        .lines = (uint32_t)run->part_count,
        .lost = run->lost,
        .resolved = 10000,
        .error = run->error,
    };
    cr_assert(recording_bom(recording, &bom, &err), "%s", err.msg);
}

/** Record it in the history at `path`, which is made if it is not there; one
    connection records one run. @return its number. */
static inline int64_t tell_run(const char *path, const struct told_run *run) {
    struct err err = ERR_INIT;
    struct history *history;
    struct recording *recording;
    struct history_mark mark;
    struct history_profile profiles[4];
    char as_of[16];
    size_t count = 0;
    snprintf(as_of, sizeof(as_of), "%.10s",
             run->as_of != NULL ? run->as_of : run->time);
    while (count < 4 && run->profiles[count] != NULL) {
        profiles[count] = (struct history_profile){run->profiles[count], ""};
        count++;
    }
    if (count == 0)
        profiles[count++] = (struct history_profile){"buyer", "Buyer"};
    const char *rules = run->rules != NULL ? run->rules : "r1";
    struct history_run head = {
        .time = run->time,
        .tool = run->tool != NULL ? run->tool : "0.1.0",
        .method = "name-v1",
        .ruleset_version = rules,
        .ruleset_sha256 = rules,
        .known_to = "2025-01-01",
        .as_of = as_of,
        .activity = run->activity != NULL ? run->activity : "purchase",
        .profiles = profiles,
        .profile_count = count,
        .declared = true,
        .repository = run->repository,
    };
    bool whole = run->lost == 0 && run->error == NULL;
    struct history_end end = {whole, !run->inconclusive, whole ? 0 : 2};
    cr_assert(history_open(&history, path, HISTORY_RECORD, &err), "%s",
              err.msg);
    cr_assert(recording_begin(&recording, history, &head, &err), "%s", err.msg);
    if (run->rule_text != NULL)
        cr_assert(recording_rule_file(recording, STR_LIT("measures/law.yaml"),
                                      str_from(run->rule_text), &err),
                  "%s", err.msg);
    tell_parts(recording, run);
    tell_bom(recording, run);
    for (size_t i = 0; i < 4 && run->waivers[i] != NULL; i++)
        cr_assert(recording_waiver(recording, run->waivers[i], "used", &err),
                  "%s", err.msg);
    cr_assert(recording_commit(recording, &end, &mark, &err), "%s", err.msg);
    recording_free(recording);
    history_close(history);
    return mark.run;
}

#endif
