#include "bom/words.h"

/* A cell that is longer is none of the words, and no name. */
#define WORD_LEN_MAX 512

static const char *const list_names[BOM_LIST_COUNT] = {
    [LIST_PLACEHOLDER] = "placeholder",
    [LIST_NOT_FITTED] = "bom/not-fitted",
    [LIST_NOT_FITTED_SHORT] = "bom/not-fitted-short",
    [LIST_NO] = "bom/no",
    [LIST_YES] = "bom/yes",
    [LIST_FOOTER] = "bom/footer",
    [LIST_INDIVIDUAL] = "bom/individual-title",
    [LIST_COLLATED] = "bom/collated-title",
    [LIST_REFDES] = "bom/refdes-prefix",
    [LIST_PACKAGE] = "bom/package",
    [LIST_SYMBOL] = "bom/symbol",
    [LIST_OTHER_HEADER] = "bom/other-header",
    [LIST_OTHER_TABLE] = "bom/other-table",
    [LIST_GENERIC_HEADER] = "bom/generic-header",
    [LIST_DISTRIBUTOR] = "distributor",
};

static const char *const word_names[BOM_HEADER_WORD_COUNT] = {
    [WORD_ALTERNATE] = "alternate",
    [WORD_DESIGNATOR] = "designator",
    [WORD_MANUFACTURER] = "manufacturer",
    [WORD_NUMBER] = "number",
    [WORD_PART_NUMBER] = "part number",
    [WORD_QUANTITY] = "quantity",
    [WORD_REFERENCE] = "reference",
    [WORD_VARIANT] = "variant",
    [WORD_NOISE] = "",
};

static const char *const word_lists[BOM_HEADER_WORD_COUNT] = {
    [WORD_ALTERNATE] = "header-word/alternate",
    [WORD_DESIGNATOR] = "header-word/designator",
    [WORD_MANUFACTURER] = "header-word/manufacturer",
    [WORD_NUMBER] = "header-word/number",
    [WORD_PART_NUMBER] = "header-word/part-number",
    [WORD_QUANTITY] = "header-word/quantity",
    [WORD_REFERENCE] = "header-word/reference",
    [WORD_VARIANT] = "header-word/variant",
    [WORD_NOISE] = "header-word/noise",
};

const char *bom_header_word_name(enum bom_header_word word) {
    return word_names[word];
}

static void find_header_lists(struct bom_words *words) {
    struct strbuf name = {.ptr = NULL};
    for (unsigned field = 0; field < BOM_FIELD_COUNT; field++) {
        strbuf_clear(&name);
        strbuf_printf(&name, "header/%s", bom_field_name(field));
        words->header[field] =
            rules_find_words(words->rules, strbuf_str(&name));
        strbuf_add_text(&name, "-weak");
        words->header_weak[field] =
            rules_find_words(words->rules, strbuf_str(&name));
        words->scratch.failed |= name.failed;
    }
    strbuf_dispose(&name);
}

bool words_init(struct bom_words *words, const struct ruleset *rules,
                struct err *err) {
    *words = (struct bom_words){.rules = rules};
    if (rules == NULL)
        return true;
    for (size_t i = 0; i < BOM_LIST_COUNT; i++)
        words->lists[i] = rules_find_words(rules, str_from(list_names[i]));
    for (size_t i = 0; i < BOM_HEADER_WORD_COUNT; i++)
        words->header_words[i] =
            rules_find_words(rules, str_from(word_lists[i]));
    find_header_lists(words);
    if (words->scratch.failed)
        return err_nomem(err);
    return true;
}

void words_dispose(struct bom_words *words) {
    strbuf_dispose(&words->scratch);
    *words = (struct bom_words){.rules = NULL};
}

struct str words_fold(struct bom_words *words, struct str text) {
    name_fold(&words->scratch, text);
    return strbuf_str(&words->scratch);
}

bool words_in(const struct bom_words *words, enum bom_list list,
              struct str folded) {
    return words->lists[list].count != 0 &&
           rules_has_word(words->rules, words->lists[list], folded);
}

bool words_has(struct bom_words *words, enum bom_list list, struct str text) {
    return words->lists[list].count != 0 && text.len <= WORD_LEN_MAX &&
           words_in(words, list, words_fold(words, text));
}

bool words_is_maker(struct bom_words *words, struct str text) {
    uint32_t first;
    if (words->rules == NULL || text.len > WORD_LEN_MAX)
        return false;
    name_normalise(&words->scratch, text, rules_name_words(words->rules));
    struct str name = strbuf_str(&words->scratch);
    return name.len != 0 && rules_find_names(words->rules, name, &first) != 0;
}

bool words_know(struct bom_words *words, struct str text) {
    static const enum bom_list lists[] = {
        LIST_PLACEHOLDER,  LIST_NOT_FITTED,  LIST_FOOTER,     LIST_COLLATED,
        LIST_OTHER_HEADER, LIST_OTHER_TABLE, LIST_DISTRIBUTOR};
    struct str folded = words_fold(words, text);
    bool known = false;
    for (size_t i = 0; i < ARRAY_LEN(lists) && !known; i++)
        known = words_in(words, lists[i], folded);
    for (unsigned i = 0; i < BOM_FIELD_COUNT && !known; i++)
        known = rules_has_word(words->rules, words->header[i], folded) ||
                rules_has_word(words->rules, words->header_weak[i], folded);
    return known || words_is_maker(words, text);
}
