#include "run/declarations.h"

#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/date.h"
#include "core/mem.h"
#include "run_fixture.h"

TestSuite(declarations, .timeout = 30);

static const struct tiny_file rule_files[] = {
    RUN_RULES,
    {"words/tables.yaml",
     "- {list: table/party, words: [supplier]}\n"
     "- {list: statement/contains-none, words: [free of]}\n",
     false},
    {"words/origin.yaml",
     "- {list: header/origin, words: [country]}\n"
     "- {list: country/VN, words: [Vietnam]}\n",
     false},
};

static struct ruleset *rules;
static struct temp_folder folder;
static struct arena arena;

static void set_up(void) {
    struct err err = ERR_INIT;
    rules = tiny_open(rule_files, ARRAY_LEN(rule_files), &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    cr_assert(temp_folder_make(&folder));
}

static void tear_down(void) {
    arena_dispose(&arena);
    ruleset_close(rules);
    temp_folder_remove(&folder);
}

#define HEADER                                                                 \
    "Party,MPN,Measure,Statement,Country,Document,SHA-256,Date,Valid until,"   \
    "By\n"
#define SHA "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"
#define DOCUMENT(name) name "," SHA ","
#define ALWAYS "2020-01-01,2030-01-01,me\n"
#define OVER "2020-01-01,2021-01-01,me\n"
#define LATER "2023-01-01,2030-01-01,me\n"
#define TO_COME "2029-01-01,2030-01-01,me\n"

struct notes;
static void take_note(void *ctx, const struct err *note);
static struct notes *taking_notes; /* or NULL */

static struct declarations *read_rows_of(const char *rows) {
    char text[4096], path[TEMP_PATH_MAX];
    struct declarations *all = NULL;
    struct err err = ERR_INIT;
    snprintf(text, sizeof(text), "%s%s", HEADER, rows);
    cr_assert(temp_write(&folder, "d.csv", text));
    temp_path(&folder, "d.csv", path);
    struct declarations_options options = {
        .rules = rules, .path = path, .named = path};
    if (taking_notes != NULL) {
        options.note = take_note;
        options.ctx = taking_notes;
    }
    cr_assert(date_parse(STR_LIT("2024-01-01"), &options.as_of));
    bool ok = declarations_read(&all, &options, &err);
    cr_assert(ok, "%u:%u: %s", err.line, err.column, err.msg);
    return all;
}

static struct part_declared ask(struct declarations *all, const char *party,
                                const char *mpn, bool certain) {
    const struct maker_candidate candidate = {
        .party = rules_find_party(rules, str_from(party)),
        .confidence = certain ? MAKER_CERTAIN : MAKER_PROBABLE,
    };
    const struct maker maker = {.candidates = &candidate, .candidate_count = 1};
    struct part_declared out;
    cr_assert(declarations_of(all, &maker, str_from(mpn), &arena, &out));
    return out;
}

/* The document of what decides on Netac's NT-01 for the measure; "" for none.
 */
static void expect(const char *rows, enum contents want, const char *document) {
    struct declarations *all = read_rows_of(rows);
    struct part_declared got = ask(all, "netac", "NT-01", true);
    enum contents contents =
        got.contents == NULL ? CONTENTS_OPEN : (enum contents)got.contents[0];
    const struct declaration *by =
        got.by_measure == NULL ? NULL : got.by_measure[0];
    cr_expect(eq(int, contents, want), "%s", rows);
    cr_expect(
        str_eq(str_from(by == NULL ? "" : by->document), str_from(document)),
        "%s: %s", rows, by == NULL ? "nothing" : by->document);
    declarations_free(all);
}

Test(declarations, what_speaks_of_the_part_more_exactly_decides, .init = set_up,
     .fini = tear_down) {
    expect("netac,,m,contains,," DOCUMENT("a") ALWAYS
           "netac,NT*,m,contains-none,," DOCUMENT("b") ALWAYS,
           CONTENTS_NONE, "b");
    expect("netac,NT01,m,contains,," DOCUMENT("a") ALWAYS
           "netac,NT*,m,contains-none,," DOCUMENT("b") LATER,
           CONTENTS_LISTED, "a");
    expect(",NT01*,,contains-none,," DOCUMENT("a") ALWAYS
           "netac,NT*,m,contains,," DOCUMENT("b") ALWAYS,
           CONTENTS_NONE, "a");
    expect("netac,,all,free of,," DOCUMENT("a") LATER
           "netac,,m,contains,," DOCUMENT("b") ALWAYS,
           CONTENTS_LISTED, "b");
    expect("samsung,,m,contains,," DOCUMENT("a") ALWAYS
           "samsung,NT01,m,contains,," DOCUMENT("b") ALWAYS
           ",NT02,m,contains,," DOCUMENT("c") ALWAYS,
           CONTENTS_OPEN, "");
}

Test(declarations, of_two_the_later_holds_and_on_one_day_the_worse,
     .init = set_up, .fini = tear_down) {
    expect("netac,,m,contains,," DOCUMENT("a") ALWAYS
           "netac,,m,contains-none,," DOCUMENT("b") LATER,
           CONTENTS_NONE, "b");
    expect("netac,,m,contains-none,," DOCUMENT("a") ALWAYS
           "netac,,m,contains,," DOCUMENT("b") ALWAYS,
           CONTENTS_LISTED, "b");
}

Test(declarations, what_does_not_hold_answers_nothing, .init = set_up,
     .fini = tear_down) {
    expect("netac,,m,contains-none,," DOCUMENT("a") OVER, CONTENTS_OPEN, "a");
    expect("netac,,m,contains,," DOCUMENT("a") OVER, CONTENTS_LAPSED, "a");
    expect("netac,,m,contains,," DOCUMENT("a") TO_COME, CONTENTS_OPEN, "a");
}

Test(declarations, what_once_was_inside_is_taken_back_by_its_equal_only,
     .init = set_up, .fini = tear_down) {
    static const char contains[] = "netac,NT01,m,contains,," DOCUMENT("a") OVER;
    static const struct {
        const char *row;
        enum contents contents;
    } rows[] = {
        {"netac,,m,contains-none,," DOCUMENT("b") LATER, CONTENTS_LAPSED},
        {"netac,NT0*,m,contains-none,," DOCUMENT("b") LATER, CONTENTS_LAPSED},
        {",NT-01,all,contains-none,," DOCUMENT("b") LATER, CONTENTS_LAPSED},
        {",NT-01,m,contains-none,," DOCUMENT("b") ALWAYS, CONTENTS_LAPSED},
        {",NT-01,m,contains-none,," DOCUMENT("b") LATER, CONTENTS_NONE},
        {",NT-01,m,contains,," DOCUMENT("b") LATER, CONTENTS_LISTED},
        {"netac,,m,contains,," DOCUMENT("b") LATER, CONTENTS_LISTED},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *by = rows[i].contents == CONTENTS_LAPSED ? "a" : "b";
        char both[1024];
        snprintf(both, sizeof(both), "%s%s", contains, rows[i].row);
        expect(both, rows[i].contents, by);
        snprintf(both, sizeof(both), "%s%s", rows[i].row, contains);
        expect(both, rows[i].contents, by);
    }
    expect("netac,NT01,m,contains-none,," DOCUMENT("a") OVER
           "netac,,m,contains-none,," DOCUMENT("b") ALWAYS,
           CONTENTS_NONE, "b");
    expect("netac,,m,contains,," DOCUMENT("a") OVER
           "netac,NT01,m,contains-none,," DOCUMENT("b") ALWAYS,
           CONTENTS_NONE, "b");
    expect("netac,NT01,m,contains,," DOCUMENT("a") TO_COME
           "netac,,m,contains-none,," DOCUMENT("b") ALWAYS,
           CONTENTS_OPEN, "a");
}

Test(declarations, a_company_speaks_only_of_what_is_surely_its_own,
     .init = set_up, .fini = tear_down) {
    struct declarations *all = read_rows_of("Netac,,m,contains-none,," DOCUMENT(
        "a") ALWAYS ",ZZ-9,m,contains-none,," DOCUMENT("b") ALWAYS);
    cr_expect(ask(all, "netac", "X", true).contents != NULL);
    cr_expect(ask(all, "netac", "X", false).contents == NULL);
    cr_expect(ask(all, "samsung", "ZZ9", false).contents != NULL);
    cr_expect(eq(sz, declarations_file(all)->count, 2));
    declarations_free(all);
}

Test(declarations, origin_may_be_said_in_two_ways, .init = set_up,
     .fini = tear_down) {
    struct declarations *all =
        read_rows_of("netac,,,made-in,Vietnam," DOCUMENT("a") ALWAYS
                     "netac,A1,,made-in,KR," DOCUMENT("b") ALWAYS
                     "netac,A1,,made-in,JP," DOCUMENT("c") ALWAYS
                     "netac,B1,,made-in,KR," DOCUMENT("d") ALWAYS
                     "netac,B1,,made-in,JP," DOCUMENT("e") LATER
                     "netac,C1,,made-in,JP," DOCUMENT("f") OVER
                     "netac,D1,,made-in,VN," DOCUMENT("g") OVER
                     "netac,E1,,made-in,JP," DOCUMENT("h") OVER
                     "netac,E1,,made-in,KR," DOCUMENT("i") LATER);
    struct part_declared a = ask(all, "netac", "A1", true),
                         b = ask(all, "netac", "B1", true),
                         c = ask(all, "netac", "C1", true),
                         d = ask(all, "netac", "D1", true),
                         e = ask(all, "netac", "E1", true);
    cr_expect(a.origin != NULL && a.other != NULL);
    cr_expect(b.other == NULL &&
              str_eq(str_from(b.origin->country), STR_LIT("JP")));
    cr_expect(c.other != NULL &&
              str_eq(str_from(c.other->country), STR_LIT("JP")));
    cr_expect(c.contents == NULL);
    cr_expect(d.other == NULL && e.other == NULL);
    cr_expect(str_eq(str_from(e.origin->country), STR_LIT("KR")));
    declarations_free(all);
}

struct notes {
    size_t count;
    uint32_t lines[8];
    bool otherwise[8];
};

static void take_note(void *ctx, const struct err *note) {
    struct notes *notes = ctx;
    notes->otherwise[notes->count] = strstr(note->msg, "wrong") != NULL;
    notes->lines[notes->count++] = note->line;
}

Test(declarations, what_is_said_twice_is_told, .init = set_up,
     .fini = tear_down) {
    struct notes notes = {.count = 0};
    taking_notes = &notes;
    declarations_free(
        read_rows_of("netac,NT-1,m,contains-none,," DOCUMENT("a") ALWAYS
                     "netac,NT1,M,contains-none,," DOCUMENT("b") ALWAYS
                     "netac,NT1*,m,contains-none,," DOCUMENT("c") ALWAYS
                     "netac,NT-1,all,contains-none,," DOCUMENT("d") ALWAYS
                     "netac,NT-1,m,contains-none,," DOCUMENT("e") LATER
                     "Netac,NT-1,m,contains,," DOCUMENT("f") LATER
                     "netac,NT-1,,made-in,VN," DOCUMENT("g") LATER
                     "netac,NT-1,,made-in,KR," DOCUMENT("h") LATER));
    taking_notes = NULL;
    cr_assert(eq(sz, notes.count, 3));
    cr_expect(notes.lines[0] == 3 && !notes.otherwise[0]);
    cr_expect(notes.lines[1] == 7 && notes.otherwise[1]);
    cr_expect(notes.lines[2] == 9 && notes.otherwise[2]);
}

Test(declarations, memory_may_run_out_anywhere, .init = set_up,
     .fini = tear_down) {
    char path[TEMP_PATH_MAX];
    cr_assert(temp_write(&folder, "d.csv",
                         HEADER "Netac,NT*,m,contains,," DOCUMENT("a") ALWAYS
                         ",A1,,made-in,Vietnam," DOCUMENT("b") ALWAYS));
    temp_path(&folder, "d.csv", path);
    const struct declarations_options options = {
        .rules = rules, .path = path, .named = path};
    bool done = false;
    for (unsigned long n = 1; !done; n++) {
        struct declarations *all = NULL;
        struct part_declared out;
        struct err err = ERR_INIT;
        const struct maker_candidate netac = {
            .party = rules_find_party(rules, STR_LIT("netac")),
            .confidence = MAKER_CERTAIN,
        };
        const struct maker maker = {.candidates = &netac, .candidate_count = 1};
        cr_assert(n < 100000);
        mem_fail_after(n);
        done = declarations_read(&all, &options, &err) &&
               declarations_of(all, &maker, STR_LIT("NT-1"), &arena, &out);
        mem_fail_after(0);
        cr_expect(done || err.code != ERR_NONE || all != NULL, "%lu: %s", n,
                  err.msg);
        declarations_free(all);
        arena_dispose(&arena);
    }
}
