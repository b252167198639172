#include "maker/similar.h"

#include <string.h>

#include "core/compiler.h"
#include "ruleset/name.h"

#define WORDS_MAX 8     /* names with more words are not compared */
#define WORD_BYTES 48   /* longer words are not compared letter by letter */
#define JOINED_MIN 6    /* letters that mean something without their blanks */
#define TYPO_MIN 5      /* "micro" is not a misspelt "micron" */
#define TYPO_LOOSE 6    /* from here a letter inside may be missing */
#define TYPO_LONG 8     /* from here two letters may be wrong */
#define PREFIX_MIN 3    /* letters that stand for a word cut off */
#define SHORTENED_MIN 8 /* letters of a name with words cut off */

struct words {
    struct str word[WORDS_MAX];
    size_t count;
    size_t letters; /* without the blanks */
};

/* @return false when there are too many words to compare. */
static bool split_words(struct words *out, struct str name) {
    struct str word;
    out->count = out->letters = 0;
    while (str_split(&name, ' ', &word)) {
        if (out->count == WORDS_MAX)
            return false;
        out->word[out->count++] = word;
        out->letters += word.len;
    }
    return true;
}

static bool has_digit(struct str word) {
    for (size_t i = 0; i < word.len; i++)
        if (ascii_is_digit(word.ptr[i]))
            return true;
    return false;
}

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

/* Optimal string alignment: insert, delete, replace, swap two neighbours. */
static unsigned edits(struct str a, struct str b) {
    unsigned rows[3][WORD_BYTES + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = a.ptr[i - 1] == b.ptr[j - 1];
            row[j] = least(least(last[j], row[j - 1]) + 1,
                           last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
                a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        unsigned *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b.len];
}

static struct str shorter_of(struct str a, struct str b) {
    return a.len < b.len ? a : b;
}

/* "microne" is Nanjing Micro One, "micronas" Micronas: a letter more or less
   at the end is another name, unless it only doubles the last. */
static bool differs_at_end(struct str a, struct str b) {
    struct str shorter = shorter_of(a, b);
    struct str longer = a.len < b.len ? b : a;
    return str_starts(longer, shorter) &&
           longer.ptr[longer.len - 1] != longer.ptr[longer.len - 2];
}

/* How many typing errors turn one word into the other; 3 is too many. */
static unsigned typos(struct str a, struct str b) {
    size_t shortest = shorter_of(a, b).len;
    size_t difference = a.len + b.len - 2 * shortest;
    if (str_eq(a, b))
        return 0;
    /* People get the first letter right: "omicron" is not "micron". */
    if (shortest < TYPO_MIN - 1 || difference > 2 || a.ptr[0] != b.ptr[0] ||
        a.len > WORD_BYTES || b.len > WORD_BYTES || has_digit(a) ||
        has_digit(b))
        return 3;
    unsigned count = edits(a, b);
    if (shortest < TYPO_LONG && (count > 1 || differs_at_end(a, b)))
        return 3;
    return count > 2 ? 3 : count;
}

static bool is_typo_of_short(struct str a, struct str b) {
    size_t shortest = shorter_of(a, b).len;
    return shortest < TYPO_MIN || (shortest < TYPO_LOOSE && a.len != b.len);
}

/* One word may be misspelt; what the others say must be the same. */
static enum similarity compare_letters(const struct words *a,
                                       const struct words *b) {
    unsigned total = 0;
    if (a->count != b->count)
        return SIMILAR_NOT;
    for (size_t i = 0; i < a->count; i++) {
        unsigned count = typos(a->word[i], b->word[i]);
        if (count > 0 && (total > 0 || count > 2))
            return SIMILAR_NOT;
        /* "tayo yuden": the second word bears a short first one out. */
        if (count > 0 && (a->count == 1 || a->letters < TYPO_LONG) &&
            is_typo_of_short(a->word[i], b->word[i]))
            return SIMILAR_NOT;
        total += count;
    }
    return total == 0   ? SIMILAR_JOINED
           : total == 1 ? SIMILAR_TYPO
                        : SIMILAR_TYPOS;
}

static bool same_letters(const struct words *a, const struct words *b) {
    if (a->letters != b->letters || a->letters < JOINED_MIN ||
        (a->count == 1 && b->count == 1))
        return false;
    size_t word = 0, at = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t c = 0; c < a->word[i].len; c++) {
            if (at == b->word[word].len) {
                word++;
                at = 0;
            }
            if (a->word[i].ptr[c] != b->word[word].ptr[at++])
                return false;
        }
    return true;
}

static bool same_words(const struct words *a, const struct words *b) {
    if (a->count != b->count || a->count < 2 || a->letters != b->letters)
        return false;
    bool taken[WORDS_MAX] = {false};
    for (size_t i = 0; i < a->count; i++) {
        size_t j = 0;
        while (j < b->count && (taken[j] || !str_eq(a->word[i], b->word[j])))
            j++;
        if (j == b->count)
            return false;
        taken[j] = true;
    }
    return true;
}

/* "texas inst" for "texas instruments", "monolithic power" for "monolithic
   power systems": at least two words, the first of them whole. */
static bool is_shortened(const struct words *written,
                         const struct words *known) {
    if (written->count < 2 || written->count > known->count ||
        written->letters < SHORTENED_MIN ||
        !str_eq(written->word[0], known->word[0]))
        return false;
    for (size_t i = 1; i < written->count; i++) {
        struct str cut = written->word[i], whole = known->word[i];
        if (str_eq(cut, whole))
            continue;
        if (cut.len < PREFIX_MIN || !str_starts(whole, cut) || has_digit(whole))
            return false;
    }
    return true;
}

static enum similarity compare(const struct words *written,
                               const struct words *known) {
    if (written->letters <= NAME_SHORT || known->letters <= NAME_SHORT)
        return SIMILAR_NOT;
    if (same_letters(written, known))
        return SIMILAR_JOINED;
    if (same_words(written, known))
        return SIMILAR_ORDER;
    if (is_shortened(written, known))
        return SIMILAR_SHORT;
    return compare_letters(written, known);
}

enum similarity similar_names(struct str written, struct str known) {
    struct words a, b;
    if (!split_words(&a, written) || !split_words(&b, known))
        return SIMILAR_NOT;
    return compare(&a, &b);
}

static void keep(struct similar *out, const struct ruleset *rules,
                 uint32_t name, enum similarity similarity) {
    if (similarity > out->similarity || similarity == SIMILAR_NOT)
        return;
    if (similarity < out->similarity)
        out->count = 0;
    out->similarity = similarity;
    uint32_t party = rules_name(rules, name)->party;
    for (size_t i = 0; i < out->count; i++)
        if (rules_name(rules, out->names[i])->party == party)
            return;
    if (out->count < SIMILAR_MAX)
        out->names[out->count++] = name;
}

/* The first name whose text is not below `c`; names are sorted by text. */
static uint32_t first_from(const struct ruleset *rules, unsigned c) {
    uint32_t low = 0, high = rules_name_count(rules);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const char *text = rules_text(rules, rules_name(rules, middle)->text);
        if ((unsigned char)text[0] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_from(const struct ruleset *rules, const struct words *written,
                      unsigned char c, struct similar *out) {
    uint32_t end = first_from(rules, c + 1u);
    for (uint32_t i = first_from(rules, c); i < end; i++) {
        const struct rules_name *name = rules_name(rules, i);
        struct words known;
        if (name->kind != RULES_NAME_NOT &&
            split_words(&known, rules_str(rules, name->text)))
            keep(out, rules, i, compare(written, &known));
    }
}

void similar_find(const struct ruleset *rules, struct str written,
                  struct similar *out) {
    struct words words;
    *out = (struct similar){.similarity = SIMILAR_NOT};
    if (written.len == 0 || !split_words(&words, written))
        return;
    bool seen[256] = {false};
    for (size_t i = 0; i < words.count; i++) {
        unsigned char c = (unsigned char)words.word[i].ptr[0];
        if (!seen[c])
            find_from(rules, &words, c, out);
        seen[c] = true;
    }
}
