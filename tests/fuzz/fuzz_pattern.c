/* A pattern of part numbers is refused in words, or matches in time that grows
   with it and the key; what it spells, it matches. */
#include "fuzz.h"
#include "ruleset/pattern.h"

static const struct str codes[] = {{"A", 1}, {"AB", 2}, {"12", 2}, {"Z9X", 3}};

static bool is_table(void *ctx, struct str name) {
    (void)ctx;
    return str_eq(name, STR_LIT("t"));
}

#define TABLE 7

static uint32_t table_number(void *ctx, struct str name, uint64_t *chars) {
    (void)ctx;
    must(str_eq(name, STR_LIT("t")), "only tables that exist are asked");
    *chars = 0;
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        *chars |= pattern_char_bit(codes[i].ptr[0]);
    return TABLE;
}

static size_t find_code(void *ctx, uint32_t table, struct str text,
                        size_t below, uint32_t *code) {
    size_t longest = 0;
    (void)ctx;
    must(table == TABLE, "only tables that exist are asked");
    for (uint32_t i = 0; i < ARRAY_LEN(codes); i++) {
        if (codes[i].len < below && codes[i].len > longest &&
            str_starts(text, codes[i])) {
            longest = codes[i].len;
            *code = i;
        }
    }
    return longest;
}

static bool spell_code(void *ctx, struct str table, size_t i, struct str *text,
                       uint32_t *code, bool *any) {
    (void)ctx;
    (void)table;
    *any = false;
    if (i >= ARRAY_LEN(codes))
        return false;
    *text = codes[i];
    *code = (uint32_t)i;
    return true;
}

static bool accept_all(void *ctx, const uint32_t *chosen, size_t count) {
    (void)ctx;
    for (size_t i = 0; i < count; i++)
        must(chosen[i] < ARRAY_LEN(codes), "a code that there is");
    return true;
}

static const struct pattern_tables tables = {.find = find_code};

static const struct pattern_names names = {.find = table_number};

/* A pattern, and the steps that it was made into. */
struct compiled {
    struct str pattern;
    struct pattern_op ops[PATTERN_OPS_MAX];
    size_t count;
};

static bool match_key(const struct compiled *compiled, struct str key,
                      struct pattern_match *out) {
    return pattern_match(compiled->ops, compiled->count, key, &tables, out);
}

static bool is_key(struct str key) {
    for (size_t i = 0; i < key.len; i++)
        if (!ascii_is_upper(key.ptr[i]) && !ascii_is_digit(key.ptr[i]))
            return false;
    return key.len <= PATTERN_TEXT_MAX;
}

static void check_match(const struct compiled *compiled, struct str key) {
    struct str pattern = compiled->pattern;
    struct pattern_match match, again;
    bool fits = match_key(compiled, key, &match);
    must(fits == match_key(compiled, key, &again) && match.steps == again.steps,
         "the same answer again");
    must(match.reached <= key.len, "it reaches to the end at most");
    must(match.steps <= 8 * (pattern.len + 1) * (key.len + 1),
         "time in proportion to pattern times key");
    for (size_t i = 0; fits && i < PATTERN_HEAD && i < key.len; i++)
        must((pattern_chars_at(compiled->ops, compiled->count, i) &
              pattern_char_bit(key.ptr[i])) != 0,
             "the heads of keys are known");
}

static void check_spelling(const struct compiled *compiled) {
    static const struct pattern_speller speller = {.code = spell_code,
                                                   .accept = accept_all};
    struct strbuf spelt = {.ptr = NULL};
    struct pattern_match match;
    if (pattern_spell(compiled->pattern, &speller, &spelt) &&
        is_key(strbuf_str(&spelt)))
        must(match_key(compiled, strbuf_str(&spelt), &match),
             "what a pattern spells, it matches");
    strbuf_dispose(&spelt);
}

/* The pattern is the first line, keys are the others. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str rest = {(const char *)data, size}, pattern, key;
    struct err err = ERR_INIT;
    if (!str_split(&rest, '\n', &pattern))
        return 0;
    if (!pattern_check(pattern, is_table, NULL, &err)) {
        must_say_why(&err);
        return 0;
    }
    struct compiled compiled = {.pattern = pattern};
    compiled.count = pattern_compile(pattern, &names, compiled.ops);
    must(compiled.count <= PATTERN_OPS_MAX, "the steps have room");
    check_spelling(&compiled);
    while (str_split(&rest, '\n', &key))
        if (is_key(key))
            check_match(&compiled, key);
    return 0;
}
