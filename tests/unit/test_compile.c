#include "ruleset/compile.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "ruleset/index.h"
#include "sound_rules.h"

TestSuite(compile, .timeout = 30);

static struct ruleset *open_sound(void) {
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(sound, SOUND_COUNT, &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    return rules;
}

Test(compile, small_rule_set_holds_what_its_files_say) {
    struct ruleset *rules = open_sound();
    cr_expect(strcmp(ruleset_version(rules), "7") == 0);
    cr_expect(eq(sz, strlen(ruleset_sha256(rules)), 64));
    char day[DATE_TEXT_SIZE];
    date_format(ruleset_known_to(rules), day);
    cr_expect(strcmp(day, "2026-01-01") == 0, "%s", day);
    cr_expect(eq(u32, rules_party_count(rules), 2));
    cr_expect(eq(u32, rules_measure_count(rules), 1));
    cr_expect(eq(u32, rules_profile_count(rules), 2));
    cr_expect(eq(u32, rules_category_count(rules), 10));
    cr_expect(eq(u32, rules_family_count(rules), 1));
    cr_expect(eq(u32, rules_cross_count(rules), 1));
    cr_expect(eq(u32, rules_file_count(rules), (uint32_t)SOUND_COUNT));
    uint32_t elpida = rules_find_party(rules, STR_LIT("elpida"));
    uint32_t micron = rules_find_party(rules, STR_LIT("micron"));
    const struct rules_party *party = rules_party(rules, elpida);
    cr_assert(eq(u32, party->owners.count, 1));
    const struct rules_link *link = rules_link(rules, party->owners.first);
    cr_expect(eq(u32, link->party, micron));
    cr_expect(eq(u32, link->share, RULES_NONE));
    const struct rules_clause *clause = rules_clause(rules, 0);
    cr_expect(eq(u32, clause->reach, RULES_OWNED));
    cr_expect(eq(u32, clause->binds.count, 1));
    cr_expect(eq(u32, rules_item(rules, clause->covers, 0), 0));
    cr_expect(
        eq(u32, rules_find_crosses(rules, STR_LIT("MT41K256M16TW")).count, 1));
    cr_expect(eq(u32, rules_find_crosses(rules, STR_LIT("MT41K256")).count, 0));
    ruleset_close(rules);
}

static uint32_t names_of(const struct ruleset *rules, const char *text,
                         uint32_t *first) {
    return rules_find_names(rules, str_from(text), first);
}

Test(compile, names_are_found_by_their_normal_form_and_their_core) {
    struct ruleset *rules = open_sound();
    static const struct {
        const char *text;
        uint32_t kind;
    } cases[] = {
        {"micron technology", RULES_NAME_LEGAL}, {"micron", RULES_NAME_CORE},
        {"美光科技", RULES_NAME_ALIAS},          {"micronas", RULES_NAME_NOT},
        {"elpida memory", RULES_NAME_LEGAL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint32_t first;
        cr_expect(eq(u32, names_of(rules, cases[i].text, &first), 1), "%s",
                  cases[i].text);
        cr_expect(eq(u32, rules_name(rules, first)->kind, cases[i].kind), "%s",
                  cases[i].text);
    }
    uint32_t first;
    cr_expect(eq(u32, names_of(rules, "nobody", &first), 0));
    cr_expect(eq(u32, names_of(rules, "", &first), 0));
    ruleset_close(rules);
}

/* Everything that is told, as text. */
static void write_down(void *ctx, const struct err *problem) {
    char line[1024];
    err_format(problem, line, sizeof(line));
    strbuf_printf(ctx, "%s\n", line);
}

Test(compile, every_problem_is_told_and_the_error_sums_them_up) {
    struct strbuf told = {.ptr = NULL};
    struct rule_problems problems = {write_down, &told};
    struct tiny_file files[SOUND_COUNT + 2];
    static const struct tiny_file parties = {
        "parties/q.yaml",
        "- {id: x, name: X, makes: [toys]}\n"
        "- {id: y, name: Y, country: Japan}\n",
        false};
    static const struct tiny_file extra = {"extra.yaml", "a: b\n", false};
    size_t count = with_file(files, &parties), size;
    files[count++] = extra;
    void *bytes;
    struct err err = ERR_INIT;
    cr_assert(not(tiny_compile(&bytes, &size, files, count, &problems, &err)));
    cr_expect(strcmp(err.msg, "3 problems in the rules") == 0, "%s", err.msg);
    static const char *const wanted[] = {
        "extra.yaml: no rule file belongs here",
        "parties/q.yaml:1: unknown category 'toys'\n",
        "parties/q.yaml:2: 'Japan' is no country code such as CN or CN-XJ\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        cr_expect(strstr(told.ptr, wanted[i]) != NULL, "%s\nis not in\n%s",
                  wanted[i], told.ptr);
    strbuf_dispose(&told);
}

Test(compile, a_shared_name_finds_each_who_shares_it) {
    static const struct tiny_file parties = {
        "parties/p.yaml",
        "- {id: micron, name: Micron, shared-names: [Spectek]}\n"
        "- {id: elpida, name: Elpida, shared-names: ['SPECTEK Inc.']}\n"
        "- {id: third, name: Third, not: [Spectek]}\n",
        false};
    struct tiny_file files[SOUND_COUNT + 1];
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(files, with_file(files, &parties), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    uint32_t first, shared = 0;
    uint32_t count = names_of(rules, "spectek", &first);
    cr_expect(eq(u32, count, 3));
    for (uint32_t i = 0; i < count; i++)
        shared += rules_name(rules, first + i)->kind == RULES_NAME_SHARED;
    cr_expect(eq(u32, shared, 2));
    ruleset_close(rules);
}

Test(compile, a_core_that_two_have_is_nobodys) {
    static const struct tiny_file parties = {
        "parties/p.yaml",
        "- {id: micron, name: Zetta Technology}\n"
        "- {id: elpida, name: Zetta Semiconductor}\n",
        false};
    struct tiny_file files[SOUND_COUNT + 1];
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(files, with_file(files, &parties), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    uint32_t first;
    cr_expect(eq(u32, names_of(rules, "zetta", &first), 0));
    cr_expect(eq(u32, names_of(rules, "zetta technology", &first), 1));
    ruleset_close(rules);
}

Test(compile, a_lent_file_may_name_parties_that_are_not_there) {
    struct tiny_file files[SOUND_COUNT + 1];
    static const struct tiny_file lent = {
        "base:parts/other.yaml",
        "party: nobody\n"
        "families:\n"
        "  - {id: f, name: F, tier: high, pattern: X#}\n"
        "  - {id: g, name: G, tier: high, pattern: Y#, party: micron}\n"
        "crosses:\n"
        "  - {from: A, to: B, to-party: nobody, level: A}\n",
        true};
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(files, with_file(files, &lent), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    cr_expect(eq(u32, rules_family_count(rules), 2));
    cr_expect(eq(u32, rules_cross_count(rules), 1));
    ruleset_close(rules);
}

struct compiled {
    void *bytes;
    size_t size;
    char sha256[65];
};

static struct compiled compiled_from(const struct tiny_file *files,
                                     size_t count) {
    struct compiled out = {.bytes = NULL};
    struct ruleset *rules;
    struct err err = ERR_INIT;
    cr_assert(tiny_compile(&out.bytes, &out.size, files, count, NULL, &err) &&
                  ruleset_open(&rules, out.bytes, out.size, &err),
              "%s", err.msg);
    snprintf(out.sha256, sizeof(out.sha256), "%s", ruleset_sha256(rules));
    ruleset_close(rules);
    return out;
}

static bool same_bytes(const struct compiled *a, const struct compiled *b) {
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

Test(compile, the_same_files_in_any_order_give_the_same_bytes) {
    struct tiny_file files[SOUND_COUNT];
    struct compiled first = compiled_from(sound, SOUND_COUNT);
    for (size_t turn = 0; turn < SOUND_COUNT; turn++) {
        for (size_t i = 0; i < SOUND_COUNT; i++)
            files[i] = sound[(SOUND_COUNT - 1 - i + turn) % SOUND_COUNT];
        struct compiled again = compiled_from(files, SOUND_COUNT);
        cr_expect(same_bytes(&first, &again), "turn %zu", turn);
        mem_free(again.bytes);
    }
    mem_free(first.bytes);
}

Test(compile, any_byte_of_any_file_changes_the_hash) {
    struct compiled first = compiled_from(sound, SOUND_COUNT);
    for (size_t i = 0; i < SOUND_COUNT; i++) {
        struct tiny_file files[SOUND_COUNT];
        struct strbuf text = {.ptr = NULL};
        memcpy(files, sound, sizeof(files));
        strbuf_printf(&text, "%s#\n", sound[i].text);
        files[i].text = text.ptr;
        struct compiled other = compiled_from(files, SOUND_COUNT);
        cr_expect(strcmp(first.sha256, other.sha256) != 0, "%s", sound[i].path);
        text.ptr[text.len - 2] = ' ';
        struct compiled blank = compiled_from(files, SOUND_COUNT);
        cr_expect(strcmp(blank.sha256, other.sha256) != 0, "%s", sound[i].path);
        mem_free(other.bytes);
        mem_free(blank.bytes);
        strbuf_dispose(&text);
    }
    mem_free(first.bytes);
}

static bool opens(const void *bytes, size_t size) {
    struct ruleset *rules = NULL;
    struct err err = ERR_INIT;
    bool ok = ruleset_open(&rules, bytes, size, &err);
    cr_expect(ok || (err.code == ERR_INVALID && err.msg[0] != '\0'));
    ruleset_close(rules);
    return ok;
}

Test(compile, bytes_that_are_no_whole_index_are_refused) {
    struct compiled good = compiled_from(sound, SOUND_COUNT);
    cr_assert(opens(good.bytes, good.size));
    for (size_t size = 0; size < good.size; size += 7) {
        void *part = mem_alloc(size);
        cr_assert(part != NULL);
        memcpy(part, good.bytes, size);
        cr_expect(not(opens(part, size)), "%zu bytes", size);
        mem_free(part);
    }
    static const uint64_t foreign[64] = {UINT64_C(0x314b50504b0304)};
    cr_expect(not(opens(foreign, sizeof(foreign))));
    mem_free(good.bytes);
}

/* Whatever number of the header is wrong: what opens can be read to its
   bounds, and nothing else opens. */
Test(compile, a_damaged_header_is_refused) {
    struct compiled good = compiled_from(sound, SOUND_COUNT);
    struct index_header *header = good.bytes;
    struct index_header kept = *header;
    header->magic++;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    header->size--;
    cr_expect(not(opens(good.bytes, good.size)));
    for (int i = 0; i < SECTION_COUNT; i++) {
        *header = kept;
        header->sections[i].count = UINT64_MAX;
        cr_expect(not(opens(good.bytes, good.size)), "count %d", i);
        *header = kept;
        header->sections[i].offset = UINT64_MAX - 7;
        cr_expect(not(opens(good.bytes, good.size)), "offset %d", i);
        *header = kept;
        header->sections[i].offset++;
        cr_expect(not(opens(good.bytes, good.size)), "odd offset %d", i);
    }
    *header = kept;
    header->sections[SECTION_TEXT].count = 0;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    header->sections[SECTION_TEXT].count--;
    cr_expect(not(opens(good.bytes, good.size)), "the last text has no end");
    *header = kept;
    header->sections[SECTION_SLOTS].count--;
    cr_expect(not(opens(good.bytes, good.size)), "no power of two");
    *header = kept;
    header->version = UINT32_MAX;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    header->sha256 = (uint32_t)header->sections[SECTION_TEXT].count;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    cr_expect(opens(good.bytes, good.size));
    mem_free(good.bytes);
}

Test(compile, nothing_at_all_is_a_rule_set_without_parties) {
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(NULL, 0, &err);
    cr_assert(rules != NULL, "%s", err.msg);
    uint32_t first;
    cr_expect(strcmp(ruleset_version(rules), "unversioned") == 0);
    cr_expect(eq(u32, rules_find_party(rules, STR_LIT("x")), RULES_NONE));
    cr_expect(eq(u32, names_of(rules, "x", &first), 0));
    cr_expect(eq(i32, ruleset_known_to(rules), DATE_NONE));
    ruleset_close(rules);
}

Test(compile, category_tree_order_is_by_path) {
    struct ruleset *rules = open_sound();
    uint32_t dram = rules_find_category(rules, STR_LIT("memory/dram"));
    uint32_t ddr4 = rules_find_category(rules, STR_LIT("memory/dram/ddr4"));
    uint32_t nand = rules_find_category(rules, STR_LIT("memory/nand"));
    uint32_t all = rules_find_category(rules, STR_LIT("all"));
    cr_expect(eq(u32, all, 0));
    cr_expect(rules_category_within(rules, ddr4, dram));
    cr_expect(rules_category_within(rules, dram, dram));
    cr_expect(rules_category_within(rules, ddr4, all));
    cr_expect(not(rules_category_within(rules, dram, ddr4)));
    cr_expect(not(rules_category_within(rules, nand, dram)));
    cr_expect(eq(u32, rules_find_category(rules, STR_LIT("toys")), RULES_NONE));
    ruleset_close(rules);
}
