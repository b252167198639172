#include "ruleset/pattern.h"

#include <assert.h>
#include <string.h>

#include "ruleset/pattern_token.h"

enum { KEY_CHARS = 36 };

static const uint64_t any_char = (UINT64_C(1) << KEY_CHARS) - 1;

static bool is_key_char(char c) {
    return ascii_is_upper(c) || ascii_is_digit(c);
}

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
    static const uint64_t digits = (UINT64_C(1) << 10) - 1;
    char token = pattern.ptr[at];
    if (is_key_char(token))
        return pattern_char_bit(token);
    if (token == '[')
        return chars_of_class(pattern, at);
    if (token == '#')
        return digits;
    return token == '@' ? any_char & ~digits : any_char;
}

/* ---- steps ---- */

struct compiler {
    struct str pattern;
    size_t at;
    struct pattern_op *ops;
    size_t count;
    const struct pattern_names *names;
};

static struct pattern_op *emit(struct compiler *c, enum pattern_op_kind kind) {
    assert(c->count < PATTERN_OPS_MAX);
    struct pattern_op *op = &c->ops[c->count++];
    memset(op, 0, sizeof(*op)); /* it is written to files: no chance bytes */
    op->kind = (uint8_t)kind;
    return op;
}

static void compile_char(struct compiler *c) {
    struct pattern_op *op = emit(c, PATTERN_CHAR);
    char token = c->pattern.ptr[c->at];
    op->chars = chars_of(c->pattern, c->at);
    if (is_key_char(token))
        op->weight = 2;
    else if (token == '[')
        op->weight = 1;
    c->at =
        token == '[' ? pattern_token_end(c->pattern, c->at, ']') : c->at + 1;
}

static void compile_table(struct compiler *c) {
    struct pattern_op *op = emit(c, PATTERN_CODE);
    op->table = c->names->find(
        c->names->ctx, pattern_table_name(c->pattern, c->at), &op->chars);
    c->at = pattern_token_end(c->pattern, c->at, '>');
}

static void compile_run(struct compiler *c);

/* What the steps from `at` to the last one can begin with; all, where they can
   take nothing. */
static uint64_t begins(const struct compiler *c, size_t at) {
    uint64_t set = 0;
    while (at < c->count) {
        const struct pattern_op *op = &c->ops[at];
        if (op->kind == PATTERN_CHAR || op->kind == PATTERN_CODE)
            return set | op->chars;
        if (op->kind != PATTERN_OPTION && op->kind != PATTERN_ALTERNATIVE)
            break;
        size_t behind = op->kind == PATTERN_OPTION ? op->next : 0;
        for (op += behind != 0; op->next != 0; op = &c->ops[op->next])
            set |= op->chars;
        set |= op->chars;
        if (behind == 0)
            return set;
        at = behind;
    }
    return UINT64_MAX;
}

/* A group: what may be left out first says where that leads; then each
   alternative says where the next one is, and at its end goes behind all. */
static void compile_group(struct compiler *c) {
    bool optional = c->pattern.ptr[c->at] == '(';
    size_t start = c->count;
    uint16_t last = UINT16_MAX; /* jump: until the end is known they are a
                                   chain */
    if (optional)
        emit(c, PATTERN_OPTION);
    for (;;) {
        size_t alternative = c->count;
        emit(c, PATTERN_ALTERNATIVE);
        c->at++; /* the bracket, or the bar */
        compile_run(c);
        c->ops[alternative].chars = begins(c, alternative + 1);
        if (c->pattern.ptr[c->at] != '|')
            break;
        emit(c, PATTERN_JUMP)->next = last;
        last = (uint16_t)(c->count - 1);
        c->ops[alternative].next = (uint16_t)c->count;
    }
    c->at++;
    if (optional)
        c->ops[start].next = (uint16_t)c->count;
    while (last != UINT16_MAX) {
        uint16_t before = c->ops[last].next;
        c->ops[last].next = (uint16_t)c->count;
        last = before;
    }
}

/* Up to the end of the pattern, or of the alternative. */
static void compile_run(struct compiler *c) {
    while (c->at < c->pattern.len) {
        char token = c->pattern.ptr[c->at];
        if (token == '|' || token == ')' || token == '}')
            return;
        if (token == '(' || token == '{') {
            compile_group(c);
        } else if (token == '<') {
            compile_table(c);
        } else if (token == '*') {
            emit(c, PATTERN_REST);
            c->at++;
        } else {
            compile_char(c);
        }
    }
}

size_t pattern_compile(struct str pattern, const struct pattern_names *names,
                       struct pattern_op ops[PATTERN_OPS_MAX]) {
    struct compiler c = {.pattern = pattern, .ops = ops, .names = names};
    compile_run(&c);
    emit(&c, PATTERN_END);
    return c.count;
}

/* ---- the first characters ---- */

/* Steps that are reached with `used` characters. */
struct walk {
    const struct pattern_op *ops;
    size_t index; /* of the wanted character */
    struct {
        size_t at, used;
    } todo[PATTERN_HEAD * PATTERN_OPS_MAX];
    size_t count;
    bool seen[PATTERN_HEAD][PATTERN_OPS_MAX];
    uint64_t set;
};

static void walk_to(struct walk *walk, size_t at, size_t used) {
    if (walk->seen[used][at])
        return;
    walk->seen[used][at] = true;
    walk->todo[walk->count].at = at;
    walk->todo[walk->count++].used = used;
}

static void walk_step(struct walk *walk, size_t at, size_t used) {
    const struct pattern_op *op = &walk->ops[at];
    enum pattern_op_kind kind = (enum pattern_op_kind)op->kind;
    if (kind == PATTERN_END)
        return;
    if (used == walk->index && (kind == PATTERN_CHAR || kind == PATTERN_CODE))
        walk->set |= op->chars;
    else if (kind == PATTERN_CHAR)
        walk_to(walk, at + 1, used + 1);
    else if (kind == PATTERN_CODE || kind == PATTERN_REST)
        walk->set |= any_char; /* they may have any length */
    else if (kind != PATTERN_JUMP)
        walk_to(walk, at + 1, used);
    if (op->next != 0)
        walk_to(walk, op->next, used);
}

uint64_t pattern_chars_at(const struct pattern_op *ops, size_t count,
                          size_t index) {
    struct walk walk;
    assert(count <= PATTERN_OPS_MAX && index < PATTERN_HEAD);
    walk.ops = ops;
    walk.index = index;
    walk.count = 0;
    walk.set = 0;
    for (size_t used = 0; used <= index; used++)
        memset(walk.seen[used], 0, count);
    walk_to(&walk, 0, 0);
    while (walk.count > 0) {
        walk.count--;
        walk_step(&walk, walk.todo[walk.count].at, walk.todo[walk.count].used);
    }
    return walk.set;
}
