#include "run/parts_key.h"

#include "ruleset/name.h"

static bool names_nothing(struct parts_keys *keys, struct str text) {
    const struct ruleset *rules = keys->rules;
    name_fold(&keys->text, text);
    return keys->text.len == 0 ||
           rules_has_word(rules,
                          rules_find_words(rules, STR_LIT("placeholder")),
                          strbuf_str(&keys->text));
}

/* "10M" is a thousand million times "10m". */
static bool is_mega(struct str text, size_t at) {
    size_t before = at;
    while (before > 0 && ascii_is_space(text.ptr[before - 1]))
        before--;
    return text.ptr[at] == 'M' && before > 0 &&
           ascii_is_digit(text.ptr[before - 1]);
}

static void add_plain(struct strbuf *out, struct str text, bool value) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!ascii_is_space(c))
            strbuf_add_char(out,
                            value && is_mega(text, i) ? c : ascii_lower(c));
        else if (i + 1 < text.len && !ascii_is_space(text.ptr[i + 1]))
            strbuf_add_char(out, ' ');
    }
}

/* Who draws the board may keep the same land pattern in several libraries. */
static struct str without_library(struct str footprint) {
    ptrdiff_t colon = str_find_char(footprint, ':');
    return colon < 0 ? footprint : str_skip(footprint, (size_t)colon + 1);
}

static void write_key(struct strbuf *out, enum parts_key key, struct str text,
                      struct str footprint) {
    if (key == PARTS_BY_MPN) {
        mpn_key(out, text);
        return;
    }
    strbuf_clear(out);
    /* "10k" is not "10K" to a purist, but nobody means mega by one of them;
       beyond that a value is what it is: "1.0k" and "10k" differ. */
    add_plain(out, text, key == PARTS_BY_VALUE);
    if (key == PARTS_BY_VALUE) {
        strbuf_add_char(out, '\n');
        add_plain(out, without_library(str_trim(footprint)), false);
    }
}

struct str parts_key_of(struct parts_keys *keys, enum parts_key key,
                        struct str text, struct str footprint) {
    text = str_trim(text);
    /* "0R", "NC" and "standard" name no company's part, but are values. */
    if (text.len == 0 || (key != PARTS_BY_VALUE && names_nothing(keys, text)))
        strbuf_clear(&keys->text);
    else
        write_key(&keys->text, key, text, footprint);
    keys->failed = keys->failed || keys->text.failed;
    return strbuf_str(&keys->text);
}

enum parts_key parts_own_key(struct parts_keys *keys, struct strbuf *out,
                             const struct parts_own *own) {
    const struct str texts[] = {
        [PARTS_BY_IPN] = own->ipn,
        [PARTS_BY_DISTRIBUTOR_PN] = own->distributor_pn,
        [PARTS_BY_VALUE] = own->value,
    };
    for (unsigned key = 0; key < ARRAY_LEN(texts); key++) {
        struct str written =
            parts_key_of(keys, (enum parts_key)key, texts[key], own->footprint);
        strbuf_add(out, written);
        strbuf_add_char(out, '\n');
        if (written.len != 0)
            return (enum parts_key)key;
    }
    return PARTS_KEY_COUNT;
}
