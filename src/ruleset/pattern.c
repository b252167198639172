#include "ruleset/pattern.h"

#include <assert.h>
#include <string.h>

#include "ruleset/pattern_token.h"

/* Nothing repeats in the language, so a match only moves forward through the
   pattern: the open choices are never more than the pattern has, and a pair of
   positions that failed once fails again. */

enum { KEY_CHARS = 36, OPEN_MAX = 2 * PATTERN_CHOICES_MAX };

static bool is_key_char(char c) {
    return ascii_is_upper(c) || ascii_is_digit(c);
}

/* ---- syntax ---- */

struct checker {
    struct str pattern;
    size_t at;
    size_t choices;
    char open[PATTERN_DEPTH_MAX]; /* the groups around `at` */
    size_t depth;
    bool empty; /* nothing stands in this group or alternative yet */
    bool (*table_exists)(void *ctx, struct str name);
    void *ctx;
    struct err *err;
};

static bool fault(struct checker *c, const char *what) {
    return err_set(c->err, ERR_SYNTAX,
                   "part-number pattern \"%.*s\": %s at character %zu",
                   STR_ARG(c->pattern), what, c->at + 1);
}

static bool check_open(struct checker *c) {
    if (c->depth == PATTERN_DEPTH_MAX)
        return fault(c, "too many groups inside groups");
    c->open[c->depth++] = c->pattern.ptr[c->at++];
    c->empty = true;
    return true;
}

static bool check_close(struct checker *c) {
    char opener = c->pattern.ptr[c->at] == ')' ? '(' : '{';
    if (c->depth == 0 || c->open[c->depth - 1] != opener)
        return fault(c, "a bracket that closes nothing");
    if (c->empty)
        return fault(c, "nothing inside the brackets");
    c->depth--;
    c->at++;
    return true;
}

static bool check_bar(struct checker *c) {
    if (c->depth == 0)
        return fault(c, "'|' outside of brackets");
    if (c->empty)
        return fault(c, "an empty alternative");
    c->empty = true;
    c->at++;
    return true;
}

/* "[AB3-9]": single characters and ascending ranges of one kind. */
static bool check_class(struct checker *c) {
    size_t end = pattern_token_end(c->pattern, c->at, ']');
    if (c->pattern.ptr[end - 1] != ']')
        return fault(c, "'[' without ']'");
    if (end - c->at < 3)
        return fault(c, "an empty class");
    const char *text = c->pattern.ptr;
    for (c->at++; c->at + 1 < end; c->at++) {
        char from = text[c->at];
        if (!is_key_char(from))
            return fault(c, "no capital letter or digit in a class");
        if (text[c->at + 1] != '-')
            continue;
        char to = text[c->at + 2];
        if (!is_key_char(to) || to < from ||
            ascii_is_digit(from) != ascii_is_digit(to))
            return fault(c, "a range that does not ascend");
        c->at += 2;
    }
    c->at = end;
    return true;
}

static bool check_table(struct checker *c) {
    size_t end = pattern_token_end(c->pattern, c->at, '>');
    if (c->pattern.ptr[end - 1] != '>')
        return fault(c, "'<' without '>'");
    if (!c->table_exists(c->ctx, pattern_table_name(c->pattern, c->at)))
        return fault(c, "a table that does not exist");
    c->at = end;
    return true;
}

/* Behind a '*' only brackets may close. */
static bool check_rest(struct checker *c) {
    size_t at = c->at + 1;
    while (at < c->pattern.len) {
        char next = c->pattern.ptr[at];
        if (next == '|')
            at = pattern_group_end(c->pattern, at, false);
        else if (next != ')' && next != '}')
            return fault(c, "'*' that is not at the end");
        at++;
    }
    c->at++;
    return true;
}

static bool check_token(struct checker *c) {
    char next = c->pattern.ptr[c->at];
    if (next == '(' || next == '{' || next == '<')
        if (++c->choices > PATTERN_CHOICES_MAX)
            return fault(c, "too many groups and tables");
    if (next == '(' || next == '{')
        return check_open(c);
    if (next == '|')
        return check_bar(c);
    if (next == ')' || next == '}') {
        bool closed = check_close(c);
        c->empty = false;
        return closed;
    }
    c->empty = false;
    if (next == '[')
        return check_class(c);
    if (next == '<')
        return check_table(c);
    if (next == '*')
        return check_rest(c);
    if (!is_key_char(next) && next != '#' && next != '@' && next != '.')
        return fault(c, "a character that no key has");
    c->at++;
    return true;
}

bool pattern_check(struct str pattern,
                   bool (*table_exists)(void *ctx, struct str name), void *ctx,
                   struct err *err) {
    struct checker c = {.pattern = pattern,
                        .table_exists = table_exists,
                        .ctx = ctx,
                        .err = err};
    if (pattern.len == 0)
        return err_set(err, ERR_SYNTAX, "empty part-number pattern");
    if (pattern.len > PATTERN_MAX)
        return err_set(err, ERR_LIMIT,
                       "part-number pattern longer than %d characters",
                       PATTERN_MAX);
    while (c.at < pattern.len)
        if (!check_token(&c))
            return false;
    if (c.depth > 0)
        return fault(&c, "a bracket is not closed");
    return true;
}

/* ---- matching ---- */

/* A place to come back to when what was tried first does not match. */
struct choice {
    size_t at, text;
    size_t below;     /* at a table: only shorter codes are left */
    bool alternative; /* `at` begins one of several */
    size_t code_count;
    unsigned weight;
};

struct matcher {
    struct str pattern, key;
    const struct pattern_tables *tables;
    struct pattern_match *out;
    size_t at, text;
    struct choice choices[OPEN_MAX]; /* "(A|B)" may be skipped too */
    size_t choice_count;
    unsigned char tried[(PATTERN_MAX + 1) * (PATTERN_TEXT_MAX + 1) / 8 + 1];
};

static bool class_has(struct str pattern, size_t at, size_t end, char c) {
    const char *text = pattern.ptr;
    for (at++; at + 1 < end; at++) {
        if (text[at + 1] != '-') {
            if (text[at] == c)
                return true;
            continue;
        }
        if (c >= text[at] && c <= text[at + 2])
            return true;
        at += 2;
    }
    return false;
}

static void push(struct matcher *m, size_t at, size_t below, bool alternative) {
    assert(m->choice_count < OPEN_MAX);
    m->choices[m->choice_count++] = (struct choice){
        at, m->text, below, alternative, m->out->code_count, m->out->weight};
}

/* Go into the alternative that begins at `at`; the next one is kept. */
static void enter_alternative(struct matcher *m, size_t at) {
    size_t end = pattern_group_end(m->pattern, at, true);
    if (m->pattern.ptr[end] == '|')
        push(m, end + 1, 0, true);
    m->at = at;
}

static bool match_code(struct matcher *m, size_t below) {
    uint32_t code;
    size_t len =
        m->tables->find(m->tables->ctx, pattern_table_name(m->pattern, m->at),
                        str_skip(m->key, m->text), below, &code);
    if (len == 0)
        return false;
    push(m, m->at, len, false);
    m->out->codes[m->out->code_count++] = code;
    m->out->weight += (unsigned)len;
    m->at = pattern_token_end(m->pattern, m->at, '>');
    m->text += len;
    return true;
}

/* One character of the key against a token that takes one. */
static bool match_char(struct matcher *m) {
    if (m->text == m->key.len)
        return false;
    char token = m->pattern.ptr[m->at], c = m->key.ptr[m->text];
    size_t end = m->at + 1;
    bool fits = token == c;
    if (token == '[') {
        end = pattern_token_end(m->pattern, m->at, ']');
        fits = class_has(m->pattern, m->at, end, c);
        m->out->weight += 1;
    } else if (token == '#') {
        fits = ascii_is_digit(c);
    } else if (token == '@') {
        fits = ascii_is_upper(c);
    } else if (token == '.') {
        fits = true;
    } else {
        m->out->weight += 2;
    }
    m->at = end;
    m->text++;
    return fits;
}

/* Was this pair of positions tried before? It is from now on. */
static bool tried(struct matcher *m) {
    size_t bit = m->at * (m->key.len + 1) + m->text;
    unsigned char mask = (unsigned char)(1u << (bit % 8));
    bool before = (m->tried[bit / 8] & mask) != 0;
    m->tried[bit / 8] |= mask;
    return before;
}

static bool step(struct matcher *m) {
    if (tried(m))
        return false;
    switch (m->pattern.ptr[m->at]) {
    case '(':
        push(m, pattern_group_end(m->pattern, m->at + 1, false) + 1, 0, false);
        enter_alternative(m, m->at + 1);
        return true;
    case '{':
        enter_alternative(m, m->at + 1);
        return true;
    case '|':
        m->at = pattern_group_end(m->pattern, m->at, false) + 1;
        return true;
    case ')':
    case '}':
        m->at++;
        return true;
    case '<':
        return match_code(m, SIZE_MAX);
    default:
        return match_char(m);
    }
}

/* Take up the latest choice. @return false when there is none. */
static bool backtrack(struct matcher *m) {
    while (m->choice_count > 0) {
        struct choice choice = m->choices[--m->choice_count];
        m->at = choice.at;
        m->text = choice.text;
        m->out->code_count = choice.code_count;
        m->out->weight = choice.weight;
        if (choice.alternative)
            enter_alternative(m, choice.at);
        if (choice.below == 0 || match_code(m, choice.below))
            return true;
    }
    return false;
}

static bool at_rest(const struct matcher *m) {
    return m->at < m->pattern.len && m->pattern.ptr[m->at] == '*';
}

bool pattern_match(struct str pattern, struct str key,
                   const struct pattern_tables *tables,
                   struct pattern_match *out) {
    out->code_count = out->reached = out->reach = out->steps = 0;
    out->weight = 0;
    if (key.len > PATTERN_TEXT_MAX || pattern.len > PATTERN_MAX)
        return false;
    struct matcher m;
    m.pattern = pattern;
    m.key = key;
    m.tables = tables;
    m.out = out;
    m.at = m.text = m.choice_count = 0;
    /* Only the part of the table that these two lengths use. */
    memset(m.tried, 0, (pattern.len + 1) * (key.len + 1) / 8 + 1);
    for (;;) {
        if (m.text > out->reached)
            out->reached = m.text;
        out->steps++;
        if (at_rest(&m) || (m.at == pattern.len && m.text == key.len))
            return true;
        if ((m.at == pattern.len || !step(&m)) && !backtrack(&m))
            return false;
    }
}

/* ---- the first characters ---- */

uint64_t pattern_char_bit(char c) {
    return ascii_is_digit(c) ? UINT64_C(1) << (c - '0')
                             : UINT64_C(1) << (c - 'A' + 10);
}

static uint64_t chars_of_class(struct str pattern, size_t at) {
    size_t end = pattern_token_end(pattern, at, ']');
    uint64_t set = 0;
    for (char c = '0'; c <= 'Z'; c++)
        if (is_key_char(c) && class_has(pattern, at, end, c))
            set |= pattern_char_bit(c);
    return set;
}

/* What a token that takes one character can take. */
static uint64_t chars_of(struct str pattern, size_t at) {
    static const uint64_t any = (UINT64_C(1) << KEY_CHARS) - 1;
    static const uint64_t digits = (UINT64_C(1) << 10) - 1;
    char token = pattern.ptr[at];
    if (is_key_char(token))
        return pattern_char_bit(token);
    if (token == '[')
        return chars_of_class(pattern, at);
    if (token == '#')
        return digits;
    return token == '@' ? any & ~digits : any;
}

/* Positions in the pattern that are reached with `used` characters. */
struct walk {
    struct str pattern;
    size_t index; /* of the wanted character */
    struct {
        size_t at, used;
    } todo[PATTERN_HEAD * (PATTERN_MAX + 1)];
    size_t count;
    bool seen[PATTERN_HEAD][PATTERN_MAX + 1];
    uint64_t set;
};

static void walk_to(struct walk *walk, size_t at, size_t used) {
    if (at > walk->pattern.len || walk->seen[used][at])
        return;
    walk->seen[used][at] = true;
    walk->todo[walk->count].at = at;
    walk->todo[walk->count++].used = used;
}

/* At '(' or '{': into each alternative, and past an optional group. */
static void walk_into(struct walk *walk, size_t at, size_t used) {
    size_t end = at;
    do {
        walk_to(walk, end + 1, used);
        end = pattern_group_end(walk->pattern, end + 1, true);
    } while (walk->pattern.ptr[end] == '|');
    if (walk->pattern.ptr[at] == '(')
        walk_to(walk, end + 1, used);
}

static void walk_past(struct walk *walk, size_t at, size_t used) {
    struct str pattern = walk->pattern;
    char token = pattern.ptr[at];
    if (used == walk->index)
        walk->set |= chars_of(pattern, at);
    /* A code may have any length, and so may the rest of the key. */
    else if (token == '<' || token == '*')
        walk->set |= chars_of(pattern, at);
    else if (token == '[')
        walk_to(walk, pattern_token_end(pattern, at, ']'), used + 1);
    else
        walk_to(walk, at + 1, used + 1);
}

static void walk_step(struct walk *walk, size_t at, size_t used) {
    char token = at < walk->pattern.len ? walk->pattern.ptr[at] : '\0';
    if (token == '(' || token == '{')
        walk_into(walk, at, used);
    else if (token == '|')
        walk_to(walk, pattern_group_end(walk->pattern, at, false) + 1, used);
    else if (token == ')' || token == '}')
        walk_to(walk, at + 1, used);
    else if (token != '\0')
        walk_past(walk, at, used);
}

uint64_t pattern_chars_at(struct str pattern, size_t index) {
    struct walk walk;
    if (pattern.len > PATTERN_MAX)
        return 0;
    walk.pattern = pattern;
    walk.index = index;
    walk.count = 0;
    walk.set = 0;
    for (size_t used = 0; used < PATTERN_HEAD; used++)
        memset(walk.seen[used], 0, pattern.len + 1);
    walk_to(&walk, 0, 0);
    while (walk.count > 0) {
        walk.count--;
        walk_step(&walk, walk.todo[walk.count].at, walk.todo[walk.count].used);
    }
    return walk.set;
}
