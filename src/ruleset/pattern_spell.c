#include <string.h>

#include "ruleset/pattern.h"
#include "ruleset/pattern_token.h"

#define STEPS_MAX 4096 /* tokens that are tried before it is given up */
#define HEAD_LEN 6
#define ANY '\1' /* in `text`: any character, or none */

struct spelling {
    struct str pattern;
    const struct pattern_speller *speller;
    char text[PATTERN_TEXT_MAX];
    size_t len;
    uint32_t codes[PATTERN_CHOICES_MAX];
    size_t code_count;
    size_t steps;
};

static bool add(struct spelling *s, const char *text, size_t len) {
    if (len > sizeof(s->text) - s->len)
        return false;
    memcpy(s->text + s->len, text, len);
    s->len += len;
    return true;
}

static bool add_any(struct spelling *s) {
    bool repeated = s->len > 0 && s->text[s->len - 1] == ANY;
    return repeated || add(s, &(char){ANY}, 1);
}

/* A number that begins with a gap says little: one of a class stands for it in
   the first few characters. */
static bool add_class(struct spelling *s, size_t at) {
    return s->len < HEAD_LEN ? add(s, s->pattern.ptr + at + 1, 1) : add_any(s);
}

static bool spell_from(struct spelling *s, size_t at);

/* Go on at `at`; what was added is taken back when that leads nowhere. */
static bool try_from(struct spelling *s, size_t at, size_t len,
                     size_t code_count) {
    if (spell_from(s, at))
        return true;
    s->len = len;
    s->code_count = code_count;
    return false;
}

/* Each alternative, then, of an optional group, none. */
static bool spell_group(struct spelling *s, size_t at) {
    bool optional = s->pattern.ptr[at] == '(';
    size_t len = s->len, code_count = s->code_count, end = at;
    do {
        if (try_from(s, end + 1, len, code_count))
            return true;
        end = pattern_group_end(s->pattern, end + 1, true);
    } while (s->pattern.ptr[end] == '|');
    return optional && spell_from(s, end + 1);
}

static bool spell_table(struct spelling *s, size_t at) {
    size_t next = pattern_token_end(s->pattern, at, '>');
    size_t len = s->len, code_count = s->code_count;
    struct str table = pattern_table_name(s->pattern, at), text;
    uint32_t code;
    bool any = false;
    for (size_t i = 0;
         s->speller->code(s->speller->ctx, table, i, &text, &code, &any); i++) {
        s->codes[s->code_count++] = code;
        if (add(s, text.ptr, text.len) && try_from(s, next, len, code_count))
            return true;
        s->len = len;
        s->code_count = code_count;
    }
    return any && add_any(s) && spell_from(s, next);
}

static bool accept(const struct spelling *s) {
    return s->speller->accept(s->speller->ctx, s->codes, s->code_count);
}

static bool spell_from(struct spelling *s, size_t at) {
    while (at < s->pattern.len) {
        const char *token = s->pattern.ptr + at;
        if (++s->steps > STEPS_MAX)
            return false;
        switch (*token) {
        case '(':
        case '{':
            return spell_group(s, at);
        case '<':
            return spell_table(s, at);
        case '*':
            return add_any(s) && accept(s);
        case '|':
            at = pattern_group_end(s->pattern, at, false) + 1;
            break;
        case ')':
        case '}':
            at++;
            break;
        case '[':
            if (!add_class(s, at))
                return false;
            at = pattern_token_end(s->pattern, at, ']');
            break;
        case '#':
        case '@':
        case '.':
            if (!add_any(s))
                return false;
            at++;
            break;
        default:
            if (!add(s, token, 1))
                return false;
            at++;
        }
    }
    return accept(s);
}

bool pattern_spell(struct str pattern, const struct pattern_speller *speller,
                   struct strbuf *out) {
    struct spelling s = {.pattern = pattern, .speller = speller};
    strbuf_clear(out);
    if (pattern.len > PATTERN_MAX || !spell_from(&s, 0))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.text[i] == ANY)
            strbuf_add_text(out, "…");
        else
            strbuf_add_char(out, s.text[i]);
    }
    return !out->failed;
}
