#ifndef BOMGATE_TESTS_HISTORY_STORE_H
#define BOMGATE_TESTS_HISTORY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/digest.h"
#include "core/str.h"
#include "history/record.h"
#include "history/store.h"

/* A history that a test fills by itself. */

/** One part on a line, and what is found of it; NULL where nothing is said. */
struct told_line {
    const char *refdes, *quantity, *manufacturer, *mpn, *party;
    const char *verdict; /* NULL: clear */
    bool waived;
};

struct told_run {
    const char *time, *product, *revision, *rules_version;
    const struct told_line *lines;
    size_t count;
    const char *path;  /* NULL: "boards/a.csv" */
    bool keep;         /* the BOM itself */
    const char *as_of; /* NULL: 2026-01-01 */
};

static inline bool tell_line(struct recording *recording, uint32_t number,
                             const struct told_run *run,
                             const struct told_line *told, struct err *err) {
    static const struct history_waiver waiver = {
        .measure = "m-1",
        .mpn = "K4B4G1646E",
        .kind = "risk-accepted",
        .reason = "stock",
        .expires = "2026-12-31",
        .approved_by = "Wu",
    };
    char fingerprint[256];
    const struct history_line line = {
        .line = number,
        .part_line = number,
        .fitted = true,
        .refdes = str_from(told->refdes),
        .quantity = str_from(told->quantity),
        .mpn = str_from(told->mpn),
        .manufacturer = str_from(told->manufacturer),
        .party = str_from(told->party),
    };
    if (!recording_line(recording, &line, err) || told->verdict == NULL)
        return told->verdict == NULL && err->code == ERR_NONE;
    snprintf(fingerprint, sizeof(fingerprint), "%s/%s/%s", run->product,
             told->party, told->mpn);
    const struct history_finding finding = {
        .line = number,
        .refdes = line.refdes,
        .quantity = line.quantity,
        .fingerprint = str_from(fingerprint),
        .verdict = str_from(told->verdict),
        .profile = STR_LIT("buyer"),
        .measure = STR_LIT("m-1"),
        .title = STR_LIT("The first measure"),
        .clause = STR_LIT("a"),
        .party = line.party,
        .party_name = line.party,
        .confidence = STR_LIT("certain"),
        .manufacturer = line.manufacturer,
        .mpn = line.mpn,
        .waived = told->waived,
        .waiver = told->waived ? &waiver : NULL,
    };
    return recording_finding(recording, &finding, err) &&
           (!told->waived || recording_waiver(recording, &waiver, "used", err));
}

/* One file, whose SHA-256 is that of the set. */
static inline bool tell_rules(struct recording *recording, const char *text,
                              char sha256[DIGEST_HEX_SIZE], struct err *err) {
    struct digest *digest = digest_new();
    digest_add_field(digest, STR_LIT("ruleset.yaml"));
    digest_add_field(digest, str_from(text));
    digest_hex(digest, sha256);
    digest_free(digest);
    return recording == NULL ||
           recording_rule_file(recording, STR_LIT("ruleset.yaml"),
                               str_from(text), err);
}

static inline bool tell_bom(struct recording *recording,
                            const struct told_run *run, struct err *err) {
    struct history_bom bom = {
        .path = run->path == NULL ? "boards/a.csv" : run->path,
        .sha256 = "00",
        .product = str_from(run->product),
        .named = true,
        .revision = run->revision,
        .format = "csv",
        .lines = (uint32_t)run->count,
        .resolved = 10000,
        .kept = run->keep ? STR_LIT("the file") : STR_EMPTY,
    };
    for (size_t i = 0; i < run->count; i++) {
        const char *verdict = run->lines[i].verdict;
        if (!tell_line(recording, (uint32_t)i + 2, run, &run->lines[i], err))
            return false;
        if (run->lines[i].waived)
            bom.waived++;
        else
            bom.counts[verdict == NULL ? VERDICT_CLEAR
                                       : verdict_parse(str_from(verdict))]++;
    }
    return recording_bom(recording, &bom, err);
}

/** Record one run of one BOM. @return its number, 0 when that failed. */
static inline int64_t tell_run(struct history *history,
                               const struct told_run *run, struct err *err) {
    static const struct history_profile profile = {"buyer", "A buyer"};
    static const struct history_end end = {true, true, 0};
    char rules[256], sha256[DIGEST_HEX_SIZE];
    struct recording *recording = NULL;
    struct history_mark mark = {.run = 0};
    snprintf(rules, sizeof(rules),
             "version: \"%s\"\nknown-to: 2026-01-01\nlicence: CC0-1.0\n",
             run->rules_version == NULL ? "1" : run->rules_version);
    if (!tell_rules(NULL, rules, sha256, err))
        return 0;
    const struct history_run who = {
        .time = run->time,
        .tool = "0.1.0",
        .method = "maker-1",
        .ruleset_version =
            run->rules_version == NULL ? "1" : run->rules_version,
        .ruleset_sha256 = sha256,
        .known_to = "2026-01-01",
        .as_of = run->as_of == NULL ? "2026-01-01" : run->as_of,
        .activity = "purchase",
        .profiles = &profile,
        .profile_count = 1,
        .declared = true,
        .repository = "acme/boards",
        .revision = "3f2a1b9c",
        .denied = "user owner",
        .sold_until = "2030-12-31",
    };
    bool ok = recording_begin(&recording, history, &who, err) &&
              tell_rules(recording, rules, sha256, err) &&
              tell_bom(recording, run, err) &&
              recording_commit(recording, &end, &mark, err);
    recording_free(recording);
    return ok ? mark.run : 0;
}

/* Two boards over three runs: what most tests look at. */

static const struct told_line told_first[] = {
    {"U1", "1", "Micron", "MT41K256M16", "micron", "prohibited", false},
    {"U2 U3", "2", "Samsung", "K4B4G1646E", "samsung", "review", true},
    {"R1", "10", "Yageo", "RC0402FR-0710KL", "yageo", NULL, false},
};
static const struct told_line told_second[] = {
    {"U1", "1", "Winbond", "W634GU6NB", "winbond", NULL, false},
    {"U2", "1", "Samsung", "K4B4G1646E", "samsung", "review", false},
    {"R1", "10", "Yageo", "RC0402FR-0710KL", "yageo", NULL, false},
};

static const struct told_run told_runs[] = {
    {.time = "2026-01-05T10:00:00Z",
     .product = "gateway",
     .revision = "A",
     .rules_version = "1",
     .lines = told_first,
     .count = 3,
     .keep = true},
    {.time = "2026-02-05T10:00:00Z",
     .product = "sensor",
     .rules_version = "1",
     .lines = told_first,
     .count = 2,
     .path = "s.csv"},
    {.time = "2026-05-05T10:00:00Z",
     .product = "gateway",
     .revision = "B",
     .rules_version = "2",
     .lines = told_second,
     .count = 3},
};

/** Record the runs above in a file; a connection records one. */
static inline bool tell_runs(const char *path, struct err *err) {
    bool ok = true;
    for (size_t i = 0; ok && i < ARRAY_LEN(told_runs); i++) {
        struct history *history = NULL;
        ok = history_open(&history, path, HISTORY_RECORD, err) &&
             tell_run(history, &told_runs[i], err) != 0;
        history_close(history);
    }
    return ok;
}

#endif
