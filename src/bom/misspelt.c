#include "bom/misspelt.h"

#include "core/utf8.h"

/* Shorter words are too near each other: "stock", "stick". */
#define TYPO_LEN_MIN 7

bool misspelt_join(struct strbuf *out, struct str folded) {
    struct str word;
    size_t pieces = 0;
    bool after_number = false;
    strbuf_clear(out);
    while (str_split(&folded, ' ', &word)) {
        bool number = str_is_digits(word);
        if (out->len != 0 && (number || after_number))
            strbuf_add_char(out, ' ');
        strbuf_add(out, word);
        pieces += !number;
        after_number = number;
    }
    return pieces > 1;
}

static size_t common_start(struct str a, struct str b) {
    size_t at = 0;
    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
        at++;
    return at;
}

/* Is `a` one typing error away from `b`? */
static bool is_near(struct str a, struct str b) {
    size_t at = common_start(a, b);
    if (at == 0 || a.len + 1 < b.len || b.len + 1 < a.len)
        return false;
    a = str_skip(a, at);
    b = str_skip(b, at);
    if (a.len != b.len)
        return a.len > b.len ? str_eq(str_skip(a, 1), b)
                             : str_eq(a, str_skip(b, 1));
    if (str_eq(str_skip(a, 1), str_skip(b, 1)))
        return true;
    return a.len > 1 && a.ptr[0] == b.ptr[1] && a.ptr[1] == b.ptr[0] &&
           str_eq(str_skip(a, 2), str_skip(b, 2));
}

/* What is known of a word so far. */
struct likeness {
    struct str word, near; /* `near` is empty while there is none */
    bool known;            /* it is no error at all */
};

static void compare(struct likeness *likeness, const struct ruleset *rules,
                    struct rules_run list) {
    for (uint32_t i = 0; i < list.count && !likeness->known; i++) {
        struct str name = rules_str(rules, rules_item(rules, list, i)), part;
        while (str_split(&name, ' ', &part)) {
            if (part.len < TYPO_LEN_MIN || !is_near(likeness->word, part))
                continue;
            likeness->known |= str_eq(likeness->word, part);
            if (likeness->near.len == 0)
                likeness->near = part;
        }
    }
}

/* "references" is near "reference", and a word of its own. */
static struct str corrected(const struct bom_words *words, struct str word) {
    struct likeness likeness = {.word = word, .near = STR_EMPTY};
    if (word.len < TYPO_LEN_MIN)
        return word;
    for (unsigned i = 0; i < BOM_HEADER_WORD_COUNT; i++)
        compare(&likeness, words->rules, words->header_words[i]);
    for (unsigned i = 0; i < BOM_FIELD_COUNT; i++) {
        compare(&likeness, words->rules, words->header[i]);
        compare(&likeness, words->rules, words->header_weak[i]);
    }
    return likeness.known || likeness.near.len == 0 ? word : likeness.near;
}

bool misspelt_correct(struct strbuf *out, const struct bom_words *words,
                      struct str folded) {
    struct str whole = folded, word;
    strbuf_clear(out);
    while (str_split(&folded, ' ', &word)) {
        if (out->len != 0)
            strbuf_add_char(out, ' ');
        strbuf_add(out, corrected(words, word));
    }
    return !str_eq(strbuf_str(out), whole);
}
