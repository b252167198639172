#include "maker/terms.h"

#include "core/utf8.h"
#include "maker/pieces.h"

static bool add_list(struct terms *terms, uint32_t number) {
    struct rules_run words = rules_words(terms->rules, number)->words;
    for (uint32_t i = 0; i < words.count; i++) {
        struct str word =
            rules_str(terms->rules, rules_item(terms->rules, words, i));
        if (word.len > terms->longest)
            terms->longest = word.len;
        if (!map_put(&terms->words, word, number))
            return false;
    }
    return true;
}

bool terms_init(struct terms *terms, const struct ruleset *rules,
                const char *prefix) {
    struct str beginning = str_from(prefix);
    *terms = (struct terms){.rules = rules, .prefix = beginning.len};
    uint32_t count = rules_words_count(rules);
    for (uint32_t i = 0; i < count; i++) {
        struct str name = rules_str(rules, rules_words(rules, i)->name);
        if (str_starts(name, beginning) && !add_list(terms, i))
            return false;
    }
    return true;
}

void terms_dispose(struct terms *terms) { map_dispose(&terms->words); }

const char *terms_get(const struct terms *terms, struct str phrase) {
    uint32_t list = map_get(&terms->words, phrase);
    if (list == MAP_NONE)
        return NULL;
    return rules_text(terms->rules, rules_words(terms->rules, list)->name) +
           terms->prefix;
}

static bool is_cjk_at(struct str text) {
    uint32_t code = 0;
    return utf8_next(text, &code) > 0 && pieces_is_cjk(code);
}

bool terms_is_edge(struct str folded, size_t at) {
    if (at == 0 || at >= folded.len || folded.ptr[at] == ' ' ||
        folded.ptr[at - 1] == ' ')
        return true;
    if ((((unsigned char)folded.ptr[at] | (unsigned char)folded.ptr[at - 1]) &
         0x80) == 0)
        return false; /* inside a word */
    if (((unsigned char)folded.ptr[at] & 0xC0) == 0x80)
        return false;
    size_t before = at - 1;
    while (before > 0 && ((unsigned char)folded.ptr[before] & 0xC0) == 0x80)
        before--;
    return is_cjk_at(str_skip(folded, at)) ||
           is_cjk_at(str_skip(folded, before));
}

const char *terms_find(const struct terms *terms, struct str folded) {
    const char *best = NULL;
    size_t best_len = 0;
    for (size_t from = 0; from < folded.len; from++) {
        if (folded.ptr[from] == ' ' || !terms_is_edge(folded, from))
            continue;
        size_t last = from + terms->longest;
        for (size_t to = from + best_len + 1; to <= folded.len && to <= last;
             to++) {
            if (!terms_is_edge(folded, to))
                continue;
            const char *found =
                terms_get(terms, str_take(str_skip(folded, from), to - from));
            if (found != NULL) {
                best = found;
                best_len = to - from;
            }
        }
    }
    return best;
}
