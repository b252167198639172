#ifndef BOMGATE_RULESET_PATTERN_H
#define BOMGATE_RULESET_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/* Part-number patterns; the language is described in rules/README.md. */

#define PATTERN_MAX 512        /* bytes of a pattern */
#define PATTERN_CHOICES_MAX 64 /* groups and tables in a pattern */
#define PATTERN_DEPTH_MAX 16   /* groups inside groups */
#define PATTERN_TEXT_MAX 128   /* longer keys match nothing */

/**
 * Check the syntax of a pattern.
 *
 * @param table_exists  Is there a table of that name? Called with `ctx`.
 * @param[out] err      Says what is wrong, and at which character from 1.
 */
NODISCARD bool pattern_check(struct str pattern,
                             bool (*table_exists)(void *ctx, struct str name),
                             void *ctx, struct err *err);

enum pattern_op_kind {
    PATTERN_CHAR,        /* takes one of `chars` */
    PATTERN_CODE,        /* takes a code of `table`, which begins with one */
    PATTERN_OPTION,      /* begins a group that ends before `next` */
    PATTERN_ALTERNATIVE, /* begins with one of `chars`; the next one of its
                            group is at `next`; 0: none */
    PATTERN_JUMP,        /* goes on at `next` */
    PATTERN_REST,        /* takes all */
    PATTERN_END,
};

/** One step of a pattern, as it is kept with compiled rules. */
struct pattern_op {
    uint64_t chars; /* a set of pattern_char_bit() */
    uint32_t table;
    uint16_t next;
    uint8_t kind, weight;
};

/* A bracket or a bar is two steps at most, all else one. */
#define PATTERN_OPS_MAX (2 * PATTERN_MAX + 2)

/** In `chars` of an alternative: that the key may end there too. */
#define PATTERN_KEY_END (UINT64_C(1) << 63)

/** How pattern_compile() finds the tables that a pattern names. */
struct pattern_names {
    /** The number that stands for a table.
        @param[out] chars  What its codes begin with. */
    uint32_t (*find)(void *ctx, struct str name, uint64_t *chars);
    void *ctx;
};

/**
 * Turn a pattern that pattern_check() accepted into steps.
 *
 * @return how many there are.
 */
size_t pattern_compile(struct str pattern, const struct pattern_names *names,
                       struct pattern_op ops[PATTERN_OPS_MAX]);

/** The tables that a pattern may name. */
struct pattern_tables {
    /**
     * Find the longest code of `table` that `text` starts with and that is
     * shorter than `below` bytes.
     *
     * @param[out] code  The code's number.
     * @return the code's length, or 0 when there is none.
     */
    size_t (*find)(void *ctx, uint32_t table, struct str text, size_t below,
                   uint32_t *code);
    void *ctx;
};

/** How a key matched. */
struct pattern_match {
    uint32_t codes[PATTERN_CHOICES_MAX]; /* table codes, from left to right */
    size_t code_count;
    /* How much the pattern spelt out: 2 for a letter or digit that stands for
       itself, 1 for one of a class or of a table's code. */
    unsigned weight;
    size_t reached; /* bytes of the key that could be matched; all of them, or
                       where it failed */
    size_t reach;   /* the same within a table's code too; see family_fits() */
    size_t steps;   /* that were tried */
};

/**
 * Match a whole key (see mpn_key()) against what pattern_compile() made of a
 * pattern. Takes time in proportion to pattern times key at worst.
 *
 * @param[out] out  How it matched; when it did not, only `reached` and `steps`
 *                  are meaningful.
 */
bool pattern_match(const struct pattern_op *ops, size_t count, struct str key,
                   const struct pattern_tables *tables,
                   struct pattern_match *out);

/** What pattern_spell() asks for. */
struct pattern_speller {
    /**
     * The `i`-th code of `table` that says what is wanted.
     *
     * @param[out] code  The code's number.
     * @return false when there is none; for `i` 0 with `*any` set when the
     *         table says nothing of what is wanted, so that any code will do.
     */
    bool (*code)(void *ctx, struct str table, size_t i, struct str *text,
                 uint32_t *code, bool *any);
    /** Do these codes, from left to right, say what is wanted? */
    bool (*accept)(void *ctx, const uint32_t *codes, size_t code_count);
    void *ctx;
};

/**
 * Spell keys that match a pattern: what it fixes and the codes that say what
 * is wanted, with one "…" for whatever else may stand between or behind them.
 *
 * @param[out] out  Cleared first; added to when true is returned.
 * @return false when no key says what is wanted.
 */
bool pattern_spell(struct str pattern, const struct pattern_speller *speller,
                   struct strbuf *out);

/** The bit of a key's character in a set of them; 0 for any other. */
static inline uint64_t pattern_char_bit(char c) {
    if (ascii_is_digit(c))
        return UINT64_C(1) << (c - '0');
    return ascii_is_upper(c) ? UINT64_C(1) << (c - 'A' + 10) : 0;
}

#define PATTERN_HEAD 5 /* characters that pattern_chars_at() knows */

/**
 * The characters that can stand at `index` (below PATTERN_HEAD) of a matching
 * key, as a set of bits; perhaps more than those, never less.
 */
uint64_t pattern_chars_at(const struct pattern_op *ops, size_t count,
                          size_t index);

#endif
