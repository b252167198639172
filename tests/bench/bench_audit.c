/* How long an audit takes. usage: bench_audit DB [RUNS [LINES]]
 *
 * Fills the history at DB, which must not exist, with RUNS (10,000) runs of
 * LINES (500) lines over one quarter and the one before, and audits it. An
 * existing history is only audited.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "history/audit.h"
#include "history/record.h"

#define BOARDS 200
#define PARTS 20000
#define MINUTES_IN_QUARTERS (182L * 24 * 60)

static int fail(const struct err *err) {
    fprintf(stderr, "bench_audit: %s\n", err->msg);
    return 2;
}

static double now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Every tenth run of a board is of a new revision, with a few other parts. */
static unsigned part_at(unsigned board, unsigned revision, unsigned line) {
    unsigned turn = line % 25 == revision % 25 ? revision : 0;
    return (board * 7919 + line * 31 + turn * 104729) % PARTS;
}

static bool tell_finding(struct recording *recording, unsigned board,
                         unsigned line, unsigned part, const char *verdict,
                         const char *profile, struct err *err) {
    char fingerprint[64], mpn[32], maker[32], measure[32];
    snprintf(mpn, sizeof(mpn), "MPN-%u", part);
    snprintf(maker, sizeof(maker), "Maker %u", part % 300);
    snprintf(measure, sizeof(measure), "measure-%u", part % 12);
    snprintf(fingerprint, sizeof(fingerprint), "%u/%u/%s/%s", board, part,
             profile, verdict);
    struct history_finding finding = {
        .line = line + 2,
        .refdes = STR_LIT("U1"),
        .quantity = STR_LIT("1"),
        .fingerprint = str_from(fingerprint),
        .verdict = str_from(verdict),
        .profile = str_from(profile),
        .measure = str_from(measure),
        .title = STR_LIT("A law"),
        .clause = STR_LIT("purchase"),
        .citation = STR_LIT("Act 1"),
        .url = STR_LIT("https://example.com/law"),
        .since = STR_LIT("2020-01-01"),
        .becomes = STR_EMPTY,
        .reason = STR_EMPTY,
        .party = str_from(maker),
        .party_name = str_from(maker),
        .owner = STR_EMPTY,
        .confidence = STR_LIT("certain"),
        .category = STR_EMPTY,
        .manufacturer = str_from(maker),
        .mpn = str_from(mpn),
    };
    return recording_finding(recording, &finding, err);
}

static bool tell_line(struct recording *recording, unsigned board,
                      unsigned line, unsigned part, struct err *err) {
    char mpn[32], maker[32], refdes[16];
    snprintf(mpn, sizeof(mpn), "MPN-%u", part);
    snprintf(maker, sizeof(maker), "Maker %u", part % 300);
    snprintf(refdes, sizeof(refdes), "U%u", line);
    struct history_line told = {
        .line = line + 2,
        .part_line = line + 2,
        .fitted = true,
        .refdes = str_from(refdes),
        .quantity = STR_LIT("1"),
        .ipn = STR_EMPTY,
        .origin = STR_EMPTY,
        .mpn = str_from(mpn),
        .manufacturer = str_from(maker),
        .value = STR_EMPTY,
        .description = STR_EMPTY,
        .category = STR_EMPTY,
        .manufacturer_header = STR_EMPTY,
        .mpn_header = STR_EMPTY,
        .party = STR_EMPTY,
    };
    if (!recording_line(recording, &told, err))
        return false;
    if (part % 25 == 0)
        return tell_finding(recording, board, line, part, "prohibited", "buyer",
                            err) &&
               tell_finding(recording, board, line, part, "upcoming", "other",
                            err);
    return part % 10 != 1 ||
           tell_finding(recording, board, line, part, "unknown", "", err);
}

static bool tell_run(struct recording *recording, unsigned run, unsigned lines,
                     struct err *err) {
    char path[32];
    unsigned board = run % BOARDS, revision = run / BOARDS / 10;
    snprintf(path, sizeof(path), "board-%u.csv", board);
    for (unsigned line = 0; line < lines; line++) {
        if (!tell_line(recording, board, line, part_at(board, revision, line),
                       err))
            return false;
    }
    struct history_bom bom = {
        .path = path,
        .sha256 = "00",
        .product = str_take(str_from(path), strlen(path) - 4),
        .named = true,
        .format = "csv",
        .lines = lines,
        .resolved = 9000,
    };
    return recording_bom(recording, &bom, err);
}

static bool record(const char *path, unsigned run, unsigned runs,
                   unsigned lines, struct err *err) {
    static const struct history_profile profiles[] = {{"buyer", "Buyer"},
                                                      {"other", "Other"}};
    const struct history_end end = {true, true, 1};
    struct history *history;
    struct recording *recording = NULL;
    struct history_mark mark;
    char text[32];
    time_t at = 1775001600 + (time_t)(MINUTES_IN_QUARTERS * run / runs) * 60;
    struct tm parts;
    gmtime_r(&at, &parts); /* from 2026-04-01 on */
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
    const struct history_run head = {
        .time = text,
        .tool = "0.1.0",
        .method = "name-v1",
        .ruleset_version = run < runs / 2 ? "1" : "2",
        .ruleset_sha256 = run < runs / 2 ? "1" : "2",
        .known_to = "2026-01-01",
        .as_of = "2026-04-01",
        .activity = "purchase",
        .profiles = profiles,
        .profile_count = 2,
        .declared = true,
    };
    if (!history_open(&history, path, HISTORY_RECORD, err))
        return false;
    bool ok = recording_begin(&recording, history, &head, err) &&
              tell_run(recording, run, lines, err) &&
              recording_commit(recording, &end, &mark, err);
    recording_free(recording);
    history_close(history);
    return ok;
}

static int audit(const char *path) {
    struct history *history;
    struct audit *audit;
    struct audit_options options = {.profiles = NULL};
    struct err err = ERR_INIT;
    double start = now();
    if (!audit_period_quarter(&options.period, STR_LIT("2026Q3"), 1, &err) ||
        !history_open(&history, path, HISTORY_READ, &err))
        return fail(&err);
    if (!audit_make(&audit, history, &options, &err)) {
        history_close(history);
        return fail(&err);
    }
    printf("audit of %zu runs, %" PRIu32 " boards, %zu findings: %.2f s\n",
           audit->run_count, audit->boards, audit->finding_count,
           now() - start);
    audit_free(audit);
    history_close(history);
    return 0;
}

int main(int argc, char **argv) {
    unsigned runs = argc > 2 ? (unsigned)atoi(argv[2]) : 10000;
    unsigned lines = argc > 3 ? (unsigned)atoi(argv[3]) : 500;
    struct err err = ERR_INIT;
    double start = now();
    if (argc < 2) {
        fputs("usage: bench_audit DB [RUNS [LINES]]\n", stderr);
        return 2;
    }
    if (access(argv[1], F_OK) == 0)
        return audit(argv[1]);
    for (unsigned run = 0; run < runs; run++) {
        if (!record(argv[1], run, runs, lines, &err))
            return fail(&err);
    }
    printf("%u runs of %u lines recorded: %.1f ms each\n", runs, lines,
           (now() - start) * 1000 / runs);
    return audit(argv[1]);
}
