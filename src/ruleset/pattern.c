#include "ruleset/pattern.h"

#include <assert.h>
#include <string.h>

#include "ruleset/pattern_token.h"

/* Nothing repeats in the language, so a match only moves forward through the
   pattern: the open choices are never more than the pattern has, and a pair of
   positions that failed once fails again. */

enum { OPEN_MAX = 2 * PATTERN_CHOICES_MAX };

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
    uint32_t at, text;
    uint32_t below; /* at a table: only shorter codes are left; else 0 */
    uint32_t code_count;
    unsigned weight;
};

struct matcher {
    const struct pattern_op *ops;
    struct str key;
    const struct pattern_tables *tables;
    struct pattern_match *out;
    size_t at, text;
    size_t choice_count;
    struct choice choices[OPEN_MAX]; /* "(A|B)" may be skipped too */
    unsigned char tried[(PATTERN_OPS_MAX + 1) * (PATTERN_TEXT_MAX + 1) / 8 + 1];
};

static void push(struct matcher *m, size_t at, size_t below) {
    assert(m->choice_count < OPEN_MAX);
    m->choices[m->choice_count++] =
        (struct choice){(uint32_t)at, (uint32_t)m->text, (uint32_t)below,
                        (uint32_t)m->out->code_count, m->out->weight};
}

static bool match_code(struct matcher *m, size_t below) {
    const struct pattern_op *op = &m->ops[m->at];
    uint32_t code;
    if (m->text == m->key.len ||
        (op->chars & pattern_char_bit(m->key.ptr[m->text])) == 0)
        return false;
    size_t len = m->tables->find(m->tables->ctx, op->table,
                                 str_skip(m->key, m->text), below, &code);
    if (len == 0)
        return false;
    push(m, m->at, len);
    m->out->codes[m->out->code_count++] = code;
    m->out->weight += (unsigned)len;
    m->at++;
    m->text += len;
    return true;
}

static bool match_char(struct matcher *m) {
    const struct pattern_op *op = &m->ops[m->at];
    if (m->text == m->key.len ||
        (op->chars & pattern_char_bit(m->key.ptr[m->text])) == 0)
        return false;
    m->out->weight += op->weight;
    m->at++;
    m->text++;
    return true;
}

/* Was this pair of positions tried before? It is from now on. Where nothing is
   chosen nobody need ask. */
static bool tried(struct matcher *m) {
    size_t bit = m->at * (m->key.len + 1) + m->text;
    unsigned char mask = (unsigned char)(1u << (bit % 8));
    bool before = (m->tried[bit / 8] & mask) != 0;
    m->tried[bit / 8] |= mask;
    return before;
}

/* Go into the next alternative that what follows of the key can begin. */
static bool enter(struct matcher *m) {
    uint64_t next = m->text == m->key.len
                        ? PATTERN_KEY_END
                        : pattern_char_bit(m->key.ptr[m->text]);
    const struct pattern_op *op = &m->ops[m->at];
    while ((op->chars & next) == 0) {
        if (op->next == 0)
            return false;
        op = &m->ops[op->next];
    }
    if (op->next != 0)
        push(m, op->next, 0);
    m->at = (size_t)(op - m->ops) + 1;
    return true;
}

static bool step(struct matcher *m) {
    const struct pattern_op *op = &m->ops[m->at];
    switch ((enum pattern_op_kind)op->kind) {
    case PATTERN_CHAR:
        return match_char(m);
    case PATTERN_CODE:
        return !tried(m) && match_code(m, SIZE_MAX);
    case PATTERN_OPTION:
        if (tried(m))
            return false;
        push(m, op->next, 0);
        m->at++;
        return true;
    case PATTERN_ALTERNATIVE:
        return !tried(m) && enter(m);
    case PATTERN_JUMP:
        m->at = op->next;
        return true;
    case PATTERN_REST:
    case PATTERN_END:
        break;
    }
    return false;
}

/* Take up the latest choice. @return false when there is none. */
static bool backtrack(struct matcher *m) {
    while (m->choice_count > 0) {
        struct choice choice = m->choices[--m->choice_count];
        m->at = choice.at;
        m->text = choice.text;
        m->out->code_count = choice.code_count;
        m->out->weight = choice.weight;
        if (choice.below == 0 || match_code(m, choice.below))
            return true;
    }
    return false;
}

bool pattern_match(const struct pattern_op *ops, size_t count, struct str key,
                   const struct pattern_tables *tables,
                   struct pattern_match *out) {
    out->code_count = out->reached = out->reach = out->steps = 0;
    out->weight = 0;
    if (key.len > PATTERN_TEXT_MAX || count > PATTERN_OPS_MAX || count == 0)
        return false;
    struct matcher m;
    m.ops = ops;
    m.key = key;
    m.tables = tables;
    m.out = out;
    m.at = m.text = m.choice_count = 0;
    /* Only the part of the table that these two lengths use. */
    memset(m.tried, 0, (count + 1) * (key.len + 1) / 8 + 1);
    for (;;) {
        unsigned kind = ops[m.at].kind;
        if (m.text > out->reached)
            out->reached = m.text;
        out->steps++;
        if (kind == PATTERN_REST || (kind == PATTERN_END && m.text == key.len))
            return true;
        if (!step(&m) && !backtrack(&m))
            return false;
    }
}
