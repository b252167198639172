#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "read_bom.h"
#include "run/feed.h"
#include "temp_folder.h"

TestSuite(feed, .timeout = 60);

#define LINES 30000 /* more than FEED_AHEAD_MIN */

/* What a file says, line by line with its diagnostics in between. */
struct said {
    struct bom_reading reading;
    struct strbuf order;
};

static void said_dispose(struct said *said) {
    bom_reading_dispose(&said->reading);
    strbuf_dispose(&said->order);
}

static void hear(struct said *said, uint32_t line,
                 const struct bom_diagnostic *found) {
    strbuf_printf(&said->order, "%u %s %u %s\n", line, found->code, found->line,
                  found->message);
}

static void take(struct said *said, const struct bom_line *line,
                 const struct bom_info *info) {
    bom_add_line(&said->reading, line);
    strbuf_printf(&said->order, "%u %.*s %.*s %.*s\n", info->lines,
                  STR_ARG(line->value), STR_ARG(line->ipn),
                  STR_ARG(line->parts[0].row));
}

static struct bom *open_file(const char *path,
                             const struct bom_options *options) {
    struct bom *bom = NULL;
    struct err err = ERR_INIT;
    cr_assert(bom_open(&bom, path, options, &err), "%s", err.msg);
    return bom;
}

static void read_plainly(struct said *said, const char *path,
                         const struct bom_options *options) {
    struct bom *bom = open_file(path, options);
    struct bom_line line = {.line = 0};
    struct bom_diagnostic found;
    enum bom_step step;
    do {
        step = bom_next(bom, &line, &said->reading.err);
        while (bom_next_diagnostic(bom, &found))
            hear(said, step == BOM_LINE ? line.line : 0, &found);
        if (step == BOM_LINE)
            take(said, &line, bom_info(bom));
    } while (step == BOM_LINE);
    strbuf_printf(&said->order, "%d %s %u\n", (int)step, bom_info(bom)->sha256,
                  bom_info(bom)->lines);
    bom_close(bom);
}

static void read_by_feed(struct said *said, const char *path,
                         const struct bom_options *options) {
    struct bom *bom = open_file(path, options);
    struct bom_line line = {.line = 0};
    struct bom_diagnostic found;
    struct feed *feed;
    enum bom_step step;
    cr_assert(feed_open(&feed, bom, path, false, &said->reading.err));
    do {
        step = feed_next(feed, &line, &said->reading.err);
        while (feed_next_diagnostic(feed, &found))
            hear(said, step == BOM_LINE ? line.line : 0, &found);
        if (step == BOM_LINE)
            take(said, &line, feed_info(feed));
    } while (step == BOM_LINE);
    strbuf_printf(&said->order, "%d %s %u\n", (int)step,
                  feed_info(feed)->sha256, feed_info(feed)->lines);
    feed_close(feed);
    bom_close(bom);
}

/* Ragged rows, a quote that is never closed on some, alternates, several parts
   a line: all that a reader has to tell. */
static void add_lines(struct strbuf *out, unsigned count) {
    strbuf_add_text(out, "Ref,Qty,Value,IPN,Manufacturer,MPN,Mfr 2,MPN 2\n");
    for (unsigned i = 0; i < count; i++) {
        strbuf_printf(out, "U%u,%u,v%u,I-%u,Micron,MT41K%u", i, i % 9, i % 100,
                      i, i);
        if (i % 3 == 0)
            strbuf_printf(out, ",Samsung,K4B%u", i);
        if (i % 1000 == 7)
            strbuf_add_text(out, ",,,too,many,cells,here");
        if (i % 4000 == 9)
            strbuf_add_text(out, ",\"open");
        strbuf_add_char(out, '\n');
    }
}

static void compare(unsigned lines, const char *end) {
    struct temp_folder folder;
    struct strbuf text = {.ptr = NULL};
    struct said plain = {.reading = {.err = ERR_INIT}};
    struct said fed = {.reading = {.err = ERR_INIT}};
    struct err err = ERR_INIT;
    char path[TEMP_PATH_MAX];
    struct ruleset *rules = bom_test_rules(BOMGATE_SOURCE_DIR, &err);
    const struct bom_options options = {.rules = rules};
    cr_assert(rules != NULL, "%s", err.msg);
    add_lines(&text, lines);
    strbuf_add_text(&text, end);
    cr_assert(temp_folder_make(&folder));
    cr_assert(temp_write(&folder, "large.csv", text.ptr));
    temp_path(&folder, "large.csv", path);
    read_plainly(&plain, path, &options);
    read_by_feed(&fed, path, &options);
    cr_expect(plain.reading.count > lines / 2);
    cr_expect(str_eq(strbuf_str(&plain.reading.lines),
                     strbuf_str(&fed.reading.lines)));
    cr_expect(str_eq(strbuf_str(&plain.reading.places),
                     strbuf_str(&fed.reading.places)));
    cr_expect(str_eq(strbuf_str(&plain.order), strbuf_str(&fed.order)));
    cr_expect(eq(str, plain.reading.err.msg, fed.reading.err.msg));
    said_dispose(&plain);
    said_dispose(&fed);
    strbuf_dispose(&text);
    temp_folder_remove(&folder);
    ruleset_close(rules);
}

Test(feed, gives_what_the_file_gives) {
    compare(LINES, "");
    compare(LINES, "U,1,\"never closed\n");
}

Test(feed, small_files_too) { compare(10, ""); }

/* A file of those lines, and what it is read with. */
struct large {
    struct temp_folder folder;
    struct ruleset *rules;
    struct bom_options options;
    char path[TEMP_PATH_MAX];
};

static void large_make(struct large *large, struct strbuf *text) {
    struct err err = ERR_INIT;
    large->rules = bom_test_rules(BOMGATE_SOURCE_DIR, &err);
    cr_assert(large->rules != NULL, "%s", err.msg);
    large->options = (struct bom_options){.rules = large->rules};
    cr_assert(temp_folder_make(&large->folder));
    cr_assert(temp_write(&large->folder, "large.csv", text->ptr));
    temp_path(&large->folder, "large.csv", large->path);
    strbuf_dispose(text);
}

static void large_remove(struct large *large) {
    temp_folder_remove(&large->folder);
    ruleset_close(large->rules);
}

/* Whoever stops early waits for no more than a batch. */
Test(feed, may_be_closed_in_the_middle) {
    struct large large;
    struct strbuf text = {.ptr = NULL};
    struct err err = ERR_INIT;
    struct bom_line line;
    add_lines(&text, LINES);
    large_make(&large, &text);
    for (unsigned stop = 0; stop < 2000; stop += 199) {
        struct bom *bom = open_file(large.path, &large.options);
        struct feed *feed;
        cr_assert(feed_open(&feed, bom, large.path, false, &err));
        for (unsigned i = 0; i < stop; i++)
            cr_assert(
                eq(int, (int)feed_next(feed, &line, &err), (int)BOM_LINE));
        feed_close(feed);
        bom_close(bom);
    }
    large_remove(&large);
}

/* Each part in many lines, and by two spellings. */
static void add_repeated(struct strbuf *out) {
    strbuf_add_text(out, "Item,Ref,Qty,Manufacturer,MPN,Description\n");
    for (unsigned i = 0; i < LINES; i++)
        strbuf_printf(out, "%u,U%u,%u,%s,TPS543%02uDDAR,IC REG BUCK %u\n", i, i,
                      i % 9 + 1, i % 2 == 0 ? "TI" : "Texas Instruments",
                      i / 2 % 50, i / 2 % 50);
}

Test(feed, lines_that_are_settled_are_only_counted) {
    struct large large;
    struct strbuf text = {.ptr = NULL};
    struct err err = ERR_INIT;
    struct bom_line line;
    struct feed *feed;
    enum bom_step step;
    uint32_t given = 0, lines = 0;
    add_repeated(&text);
    large_make(&large, &text);
    struct bom *bom = open_file(large.path, &large.options);
    cr_assert(feed_open(&feed, bom, large.path, true, &err));
    while ((step = feed_next(feed, &line, &err)) == BOM_LINE ||
           step == BOM_SETTLED) {
        lines += feed_lines(feed);
        cr_assert_eq(feed_info(feed)->lines, lines);
        if (step == BOM_SETTLED)
            continue;
        given++;
        feed_settle(feed, &line.outline, 1);
    }
    cr_expect(eq(int, (int)step, (int)BOM_END));
    cr_expect_eq(lines, (uint32_t)LINES);
    /* The reader is ahead by some batches. */
    cr_expect(lt(u32, given, LINES / 10), "%u", (unsigned)given);
    feed_close(feed);
    bom_close(bom);
    large_remove(&large);
}
