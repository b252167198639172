#include "ruleset/country.h"

#include "ruleset/name.h"

#define LIST_PREFIX "country/"

/* "CN", or with a subdivision "CN-XJ". */
static bool is_code(struct str text) {
    if (text.len < 2 || !ascii_is_alpha(text.ptr[0]) ||
        !ascii_is_alpha(text.ptr[1]))
        return false;
    for (size_t i = 3; i < text.len; i++) {
        if (!ascii_is_alnum(text.ptr[i]))
            return false;
    }
    return text.len == 2 || (text.len > 3 && text.ptr[2] == '-');
}

static struct str listed_code(const struct ruleset *rules, struct str folded) {
    const struct str prefix = STR_LIT(LIST_PREFIX);
    for (uint32_t i = 0; i < rules_words_count(rules); i++) {
        const struct rules_words *list = rules_words(rules, i);
        struct str name = rules_str(rules, list->name);
        if (str_starts(name, prefix) &&
            rules_has_word(rules, list->words, folded))
            return str_skip(name, prefix.len);
    }
    return STR_EMPTY;
}

void country_code(struct strbuf *out, const struct ruleset *rules,
                  struct str text) {
    text = str_trim(text);
    name_fold(out, text);
    struct str code = listed_code(rules, strbuf_str(out));
    bool none =
        code.len == 0 &&
        (!is_code(text) ||
         rules_has_word(rules, rules_find_words(rules, STR_LIT("placeholder")),
                        strbuf_str(out)));
    bool failed = out->failed;
    strbuf_clear(out);
    if (code.len == 0)
        code = text;
    for (size_t i = 0; !none && i < code.len; i++)
        strbuf_add_char(out, ascii_upper(code.ptr[i]));
    out->failed = out->failed || failed;
}
