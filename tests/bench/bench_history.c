/* Fill a history, and say what recording a run costs as it grows.
   usage: bench_history FILE RUNS LINES

   Boards change a little from run to run, as boards do: one line in fifty is
   another part. Ask the file afterwards:
     time bomgate history where-used micron --history FILE
     time bomgate audit --quarter 2026Q3 --history FILE */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "history/record.h"

#define BOARDS 500
#define PARTS 60000
#define SHOWN 10 /* how often the cost is printed */

static uint64_t state = 88172645463325252ull;

/* Marsaglia's xorshift64: the same numbers on every machine. */
static uint32_t number(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state % below);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void stop(const struct err *err) {
    char text[1024];
    err_format(err, text, sizeof(text));
    fprintf(stderr, "%s\n", text);
    exit(2);
}

struct texts {
    char refdes[16], mpn[24], description[40], fingerprint[40], product[24];
};

static const char *const makers[][2] = {
    {"Micron", "micron"},   {"Samsung", "samsung"}, {"TI", "ti"},
    {"Yageo", "yageo"},     {"Murata", "murata"},   {"ST", "st"},
    {"Winbond", "winbond"}, {"NXP", "nxp"},
};

static void add_line(struct recording *recording, uint32_t i, uint32_t part,
                     struct err *err) {
    struct texts text;
    const char *const *maker = makers[part % ARRAY_LEN(makers)];
    snprintf(text.refdes, sizeof(text.refdes), "U%u", (unsigned)i);
    snprintf(text.mpn, sizeof(text.mpn), "PART%05u-X", (unsigned)part);
    snprintf(text.description, sizeof(text.description), "thing %u",
             (unsigned)part % 997);
    struct history_line line = {
        .line = i + 2,
        .part_line = i + 2,
        .fitted = true,
        .refdes = str_from(text.refdes),
        .quantity = STR_LIT("1"),
        .mpn = str_from(text.mpn),
        .manufacturer = str_from(maker[0]),
        .description = str_from(text.description),
        .manufacturer_header = STR_LIT("Manufacturer"),
        .mpn_header = STR_LIT("MPN"),
        .party = str_from(maker[1]),
    };
    if (!recording_line(recording, &line, err))
        stop(err);
    if (part % ARRAY_LEN(makers) != 0 || part % 5 != 0)
        return;
    snprintf(text.fingerprint, sizeof(text.fingerprint), "%032u",
             (unsigned)part);
    struct history_finding finding = {
        .line = i + 2,
        .refdes = line.refdes,
        .quantity = line.quantity,
        .fingerprint = str_from(text.fingerprint),
        .verdict = STR_LIT("prohibited"),
        .profile = STR_LIT("cn-cii-operator"),
        .measure = STR_LIT("cn-cac-micron-2023"),
        .title = STR_LIT("Products sold in China by Micron"),
        .clause = STR_LIT("purchase"),
        .since = STR_LIT("2023-05-21"),
        .party = STR_LIT("micron"),
        .party_name = STR_LIT("Micron Technology, Inc."),
        .confidence = STR_LIT("certain"),
        .manufacturer = line.manufacturer,
        .mpn = line.mpn,
    };
    if (!recording_finding(recording, &finding, err))
        stop(err);
}

/* Two years of runs, evenly, from 2025-01-01 on. */
static void moment(uint32_t run, uint32_t runs, char out[32]) {
    time_t seconds =
        1735689600 + (time_t)((double)run / runs * 2 * 365 * 86400);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static double record(struct history *history, uint32_t *board, uint32_t run,
                     uint32_t runs, uint32_t lines, struct err *err) {
    static const struct history_profile buyer = {
        "cn-cii-operator", "China: operator of critical infrastructure"};
    struct recording *recording = NULL;
    struct history_mark mark;
    struct texts text;
    char time[32], day[16];
    moment(run, runs, time);
    snprintf(day, sizeof(day), "%.10s", time);
    struct history_run told = {
        .time = time,
        .tool = "bench",
        .method = "bench",
        .ruleset_version = "bench",
        .ruleset_sha256 = "bench",
        .known_to = "2026-01-01",
        .as_of = day,
        .activity = "purchase",
        .profiles = &buyer,
        .profile_count = 1,
        .declared = true,
        .repository = "boards",
    };
    for (uint32_t i = 0; i < lines / 50; i++)
        board[number(lines)] = number(PARTS);
    double start = now();
    if (!recording_begin(&recording, history, &told, err))
        stop(err);
    for (uint32_t i = 0; i < lines; i++)
        add_line(recording, i, board[i], err);
    snprintf(text.product, sizeof(text.product), "board-%u",
             (unsigned)(run % BOARDS));
    struct history_bom bom = {
        .path = "bom.csv",
        .product = str_from(text.product),
        .named = true,
        .revision = "A",
        .format = "csv",
        .lines = lines,
        .resolved = 10000,
    };
    const struct history_end end = {.complete = true, .conclusive = true};
    if (!recording_bom(recording, &bom, err) ||
        !recording_commit(recording, &end, &mark, err))
        stop(err);
    recording_free(recording);
    return now() - start;
}

static int by_size(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* What a group of runs took: to record, and with what opening and closing the
   file takes, which is where the journal goes into it. */
struct costs {
    double *record, *whole;
};

/* As the program does it: a process, and so a connection, a run. */
static void measure(const char *path, uint32_t *board, uint32_t run,
                    uint32_t runs, uint32_t lines, struct costs *costs,
                    uint32_t at) {
    struct err err = ERR_INIT;
    struct history *history = NULL;
    double start = now();
    if (!history_open(&history, path, HISTORY_RECORD, &err))
        stop(&err);
    costs->record[at] = record(history, board, run, runs, lines, &err);
    history_close(history);
    costs->whole[at] = now() - start;
}

static void print(double *cost, uint32_t count) {
    qsort(cost, count, sizeof(*cost), by_size);
    printf(" %8.1f %7.1f %7.1f", cost[0], cost[count / 2], cost[count - 1]);
}

int main(int argc, char **argv) {
    if (argc != 4)
        return fprintf(stderr, "usage: bench_history FILE RUNS LINES\n"), 2;
    struct err err = ERR_INIT;
    uint32_t runs = (uint32_t)atoi(argv[2]), lines = (uint32_t)atoi(argv[3]);
    uint32_t group = runs / SHOWN == 0 ? 1 : runs / SHOWN;
    uint32_t *parts = calloc((size_t)BOARDS * lines, sizeof(*parts));
    struct costs costs = {calloc(group, sizeof(double)),
                          calloc(group, sizeof(double))};
    if (parts == NULL || costs.record == NULL || costs.whole == NULL ||
        lines < 50)
        stop(&err);
    for (size_t i = 0; i < (size_t)BOARDS * lines; i++)
        parts[i] = number(PARTS);
    printf("ms: min, median, max  to record          with open and close\n");
    for (uint32_t run = 0; run < runs; run++) {
        measure(argv[1], parts + (size_t)(run % BOARDS) * lines, run, runs,
                lines, &costs, run % group);
        if (run % group != group - 1)
            continue;
        printf("%6u runs ", (unsigned)run + 1);
        print(costs.record, group);
        print(costs.whole, group);
        putchar('\n');
        fflush(stdout);
    }
    free(parts);
    free(costs.record);
    free(costs.whole);
    return 0;
}
