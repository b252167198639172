#include "bom/words.h"

#include "core/mem.h"

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
    [LIST_LEADING_ZERO] = "bom/leading-zero",
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

/* What the name says; NULL when memory is out. */
static struct header_name *says_of(struct bom_words *words, struct str name) {
    uint32_t at = map_get(&words->header_names, name);
    if (at != MAP_NONE)
        return &words->says[at];
    at = (uint32_t)words->header_names.count;
    if (!mem_grow((void **)&words->says, &words->says_cap, at + 1,
                  sizeof(*words->says)) ||
        !map_put(&words->header_names, name, at))
        return NULL;
    words->says[at] = (struct header_name){.means = 0};
    return &words->says[at];
}

static bool note_names(struct bom_words *words, struct rules_run list,
                       struct header_name bits) {
    for (uint32_t i = 0; i < list.count; i++) {
        uint32_t item = rules_item(words->rules, list, i);
        struct header_name *says =
            says_of(words, rules_str(words->rules, item));
        if (says == NULL)
            return false;
        says->means |= bits.means;
        says->may_mean |= bits.may_mean;
        says->words |= bits.words;
    }
    return true;
}

static size_t count_names(const struct bom_words *words) {
    size_t count = 0;
    for (unsigned i = 0; i < BOM_FIELD_COUNT; i++)
        count += words->header[i].count + words->header_weak[i].count;
    for (unsigned i = 0; i < BOM_HEADER_WORD_COUNT; i++)
        count += words->header_words[i].count;
    return count;
}

/* Each cell of a row that may be a header is looked up several times: once in
   this index rather than in each list. */
static bool index_names(struct bom_words *words) {
    bool ok = map_reserve(&words->header_names, count_names(words));
    for (unsigned i = 0; ok && i < BOM_FIELD_COUNT; i++) {
        uint32_t bit = UINT32_C(1) << i;
        ok = note_names(words, words->header[i],
                        (struct header_name){.means = bit}) &&
             note_names(words, words->header_weak[i],
                        (struct header_name){.may_mean = bit});
    }
    for (unsigned i = 0; ok && i < BOM_HEADER_WORD_COUNT; i++)
        ok = note_names(words, words->header_words[i],
                        (struct header_name){.words = UINT32_C(1) << i});
    return ok;
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
    if (words->scratch.failed || !index_names(words))
        return err_nomem(err);
    return true;
}

void words_dispose(struct bom_words *words) {
    map_dispose(&words->header_names);
    mem_free(words->says);
    strbuf_dispose(&words->scratch);
    *words = (struct bom_words){.rules = NULL};
}

struct header_name words_of_header(const struct bom_words *words,
                                   struct str folded) {
    uint32_t at = map_get(&words->header_names, folded);
    if (at == MAP_NONE)
        return (struct header_name){.means = 0};
    return words->says[at];
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

/* "molex 10": the digits of a number of the maker's. */
static unsigned digits_of(struct str word, struct str maker) {
    bool is_its = str_starts(word, maker) && word.len > maker.len &&
                  word.ptr[maker.len] == ' ';
    struct str digits = is_its ? str_skip(word, maker.len + 1) : STR_EMPTY;
    return str_is_digits(digits) ? (unsigned)str_number(digits) : 0;
}

uint32_t words_leading_zeros(struct bom_words *words, struct str maker) {
    struct rules_run list = words->lists[LIST_LEADING_ZERO];
    uint32_t lengths = 0;
    if (words->rules == NULL || maker.len > WORD_LEN_MAX)
        return 0;
    name_normalise(&words->scratch, maker, rules_name_words(words->rules));
    for (uint32_t i = 0; i < list.count; i++) {
        struct str word =
            rules_str(words->rules, rules_item(words->rules, list, i));
        unsigned digits = digits_of(word, strbuf_str(&words->scratch));
        if (digits != 0 && digits < 32)
            lengths |= UINT32_C(1) << digits;
    }
    return lengths;
}

bool words_know(struct bom_words *words, struct str text) {
    static const enum bom_list lists[] = {
        LIST_PLACEHOLDER,  LIST_NOT_FITTED,  LIST_FOOTER,     LIST_COLLATED,
        LIST_OTHER_HEADER, LIST_OTHER_TABLE, LIST_DISTRIBUTOR};
    struct str folded = words_fold(words, text);
    bool known = false;
    for (size_t i = 0; i < ARRAY_LEN(lists) && !known; i++)
        known = words_in(words, lists[i], folded);
    struct header_name says = words_of_header(words, folded);
    known = known || says.means != 0 || says.may_mean != 0;
    return known || words_is_maker(words, text);
}
