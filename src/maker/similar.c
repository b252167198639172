#include "maker/similar.h"

#include <limits.h>

#include "core/compiler.h"
#include "core/lang.h"
#include "core/utf8.h"
#include "ruleset/alike.h"
#include "ruleset/name.h"

#define WORD_BYTES 48   /* longer words are not compared letter by letter */
#define JOINED_MIN 6    /* letters that mean something without their blanks */
#define TYPO_MIN 5      /* "micro" is not a misspelt "micron" */
#define TYPO_LOOSE 6    /* from here the last letter may be missing */
#define TYPO_LONG 8     /* from here two letters may be wrong */
#define PREFIX_MIN 3    /* letters that stand for a word cut off */
#define SHORTENED_MIN 8 /* letters of a name with words cut off */

struct words {
    struct str word[ALIKE_WORDS_MAX];
    size_t count;
    size_t letters; /* without the blanks */
};

/* @return false when there are too many words to compare. */
static bool split_words(struct words *out, struct str name) {
    struct str word;
    out->count = out->letters = 0;
    while (str_split(&name, ' ', &word)) {
        if (out->count == ALIKE_WORDS_MAX)
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

/* Optimal string alignment: insert, delete, replace, swap two neighbours. All
   of `a` is one machine word, with a bit for each letter (Hyyrö 2003): bit i of
   `up` says that row i + 1 of the column is one more than row i, of `down` that
   it is one less. */
static unsigned edits(struct str a, struct str b) {
    uint64_t has[UCHAR_MAX + 1] = {0};
    uint64_t up = UINT64_MAX, down = 0, diagonal = 0, last = 0;
    uint64_t top = UINT64_C(1) << (a.len - 1);
    unsigned distance = (unsigned)a.len;
    for (size_t i = 0; i < a.len; i++)
        has[(unsigned char)a.ptr[i]] |= UINT64_C(1) << i;
    for (size_t j = 0; j < b.len; j++) {
        uint64_t same = has[(unsigned char)b.ptr[j]];
        uint64_t swapped = ((~diagonal & same) << 1) & last;
        diagonal = (((same & up) + up) ^ up) | same | down | swapped;
        uint64_t right_up = down | ~(diagonal | up);
        uint64_t right_down = up & diagonal;
        distance += (right_up & top) != 0;
        distance -= (right_down & top) != 0;
        right_up = right_up << 1 | 1;
        up = right_down << 1 | ~(diagonal | right_up);
        down = right_up & diagonal;
        last = same;
    }
    return distance;
}

static struct str shorter_of(struct str a, struct str b) {
    return a.len < b.len ? a : b;
}

/* "microne" is Nanjing Micro One, "micronas" Micronas: a letter more or less
   at the end is another name, unless it only doubles the last, or a long name
   lacks it: "winbon". */
static bool differs_at_end(struct str written, struct str known) {
    struct str shorter = shorter_of(written, known);
    struct str longer = written.len < known.len ? known : written;
    if (!str_starts(longer, shorter) ||
        (written.len < known.len && written.len >= TYPO_LOOSE))
        return false;
    return longer.ptr[longer.len - 1] != longer.ptr[longer.len - 2];
}

/* How many typing errors turn one word into the other; 3 is too many. */
static unsigned typos(struct str written, struct str known) {
    size_t shortest = shorter_of(written, known).len;
    size_t difference = written.len + known.len - 2 * shortest;
    if (str_eq(written, known))
        return 0;
    /* People get the first letter right: "omicron" is not "micron". */
    if (shortest < TYPO_MIN - 1 || difference > 2 ||
        written.ptr[0] != known.ptr[0] || written.len > WORD_BYTES ||
        known.len > WORD_BYTES || has_digit(written) || has_digit(known))
        return 3;
    unsigned count = edits(written, known);
    if (shortest < TYPO_LONG && (count > 1 || differs_at_end(written, known)))
        return 3;
    return count > 2 ? 3 : count;
}

static bool is_typo_of_short(struct str a, struct str b) {
    return shorter_of(a, b).len < TYPO_MIN;
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
    bool taken[ALIKE_WORDS_MAX] = {false};
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

unsigned similar_distance(struct str written, struct str known) {
    if (written.len == 0 || known.len == 0 || written.len > 64)
        return SIMILAR_FAR;
    return edits(written, known);
}

static const char *word_objection(struct str written, struct str known) {
    if (has_digit(written) || has_digit(known))
        return tr("words with digits in them match exactly or not at all");
    if (written.ptr[0] != known.ptr[0])
        return tr("the first letter differs");
    if (is_typo_of_short(written, known))
        return tr("the word is too short to be taken for a misspelt one");
    if (differs_at_end(written, known))
        return tr("a letter more or less at the end is another name");
    return tr("too many letters differ");
}

const char *similar_objection(struct str written, struct str known) {
    struct words a, b;
    if (!split_words(&a, written) || !split_words(&b, known))
        return tr("names of so many words are not compared");
    if (a.letters <= NAME_SHORT || b.letters <= NAME_SHORT)
        return tr("names of up to four letters match exactly or not at all");
    if (a.count != b.count)
        return tr("it has another number of words");
    unsigned other = 0;
    for (size_t i = 0; i < a.count; i++)
        other += !str_eq(a.word[i], b.word[i]);
    for (size_t i = 0; other == 1 && i < a.count; i++)
        if (!str_eq(a.word[i], b.word[i]))
            return word_objection(a.word[i], b.word[i]);
    return tr("more than one word differs");
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

/* The most alike stay; of equally alike ones those with the lowest numbers, one
   of each party, in whatever order they come. */
static void keep(struct similar *out, const struct ruleset *rules,
                 uint32_t name, enum similarity similarity) {
    if (similarity > out->similarity || similarity == SIMILAR_NOT)
        return;
    if (similarity < out->similarity)
        out->count = 0;
    out->similarity = similarity;
    uint32_t party = rules_name(rules, name)->party;
    size_t at = 0;
    while (at < out->count && rules_name(rules, out->names[at])->party != party)
        at++;
    if (at == out->count) {
        if (out->count < SIMILAR_MAX)
            out->count++;
        else if (out->names[--at] < name)
            return;
    } else if (out->names[at] < name) {
        return;
    }
    for (; at > 0 && out->names[at - 1] > name; at--)
        out->names[at] = out->names[at - 1];
    out->names[at] = name;
}

/* ---- other letters ---- */

/* The letter that a digit is read for; `other` tells 1 for l from 1 for i. */
static char letter_for(char digit, bool other) {
    switch (digit) {
    case '0':
        return 'o';
    case '1':
        return other ? 'l' : 'i';
    case '5':
        return 's';
    case '8':
        return 'b';
    default:
        return digit;
    }
}

bool similar_respell(struct strbuf *out, struct str text, bool other) {
    bool changed = false;
    strbuf_clear(out);
    while (text.len > 0) {
        uint32_t code;
        size_t len = utf8_next(text, &code);
        char c =
            code < 0x80 ? letter_for((char)code, other) : name_look_alike(code);
        if (ascii_is_digit(c))
            return false;
        if (c == '\0')
            strbuf_add(out, str_take(text, len));
        else
            strbuf_add_char(out, c);
        changed = changed || (c != '\0' && (unsigned char)c != code);
        text = str_skip(text, len);
    }
    return changed;
}

/* ---- finding ---- */

struct search {
    const struct ruleset *rules;
    struct str written;
    struct words words;
    struct similar *out;
};

static void consider(struct search *search, uint32_t number) {
    const struct rules_name *name = rules_name(search->rules, number);
    struct words known;
    if (name->kind != RULES_NAME_NOT &&
        split_words(&known, rules_str(search->rules, name->text)))
        keep(search->out, search->rules, number,
             compare(&search->words, &known));
}

/* Spaced otherwise, or in another order. */
static void find_wholes(struct search *search) {
    const uint32_t keys[] = {alike_letters_key(search->written),
                             alike_words_key(search->written)};
    for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
        struct rules_run run = rules_find_alike(search->rules, keys[k]);
        for (uint32_t i = 0; i < run.count; i++)
            consider(search, rules_alike(search->rules, run.first + i)->name);
    }
}

/* Words cut off: what is written up to the second word's end begins the name,
   and names are sorted. */
static void find_shortened(struct search *search) {
    const struct words *words = &search->words;
    uint32_t count = rules_name_count(search->rules);
    if (words->count < 2 || words->letters < SHORTENED_MIN ||
        words->word[1].len < PREFIX_MIN)
        return;
    size_t end = (size_t)(words->word[1].ptr - search->written.ptr);
    struct str head = str_take(search->written, end + words->word[1].len);
    for (uint32_t i = rules_names_from(search->rules, head); i < count; i++) {
        uint32_t text = rules_name(search->rules, i)->text;
        if (!str_starts(rules_str(search->rules, text), head))
            break;
        consider(search, i);
    }
}

/* Swapping two letters touches four grams, every other error fewer. */
#define GRAMS_TOUCHED 4
#define GRAMS_MAX (2 * GRAMS_TOUCHED + 1)

/* The rarest grams of what is written. */
struct rarest {
    uint32_t gram[GRAMS_MAX];
    struct rules_run names[GRAMS_MAX]; /* fewest first */
    size_t count, most;
};

static void keep_rare(struct rarest *rarest, uint32_t gram,
                      struct rules_run names) {
    for (size_t i = 0; i < rarest->count; i++)
        if (rarest->gram[i] == gram)
            return;
    size_t at = rarest->count;
    if (at == rarest->most && rarest->names[--at].count <= names.count)
        return;
    if (rarest->count < rarest->most)
        rarest->count++;
    for (; at > 0 && rarest->names[at - 1].count > names.count; at--) {
        rarest->names[at] = rarest->names[at - 1];
        rarest->gram[at] = rarest->gram[at - 1];
    }
    rarest->names[at] = names;
    rarest->gram[at] = gram;
}

/* Of one gram more than the errors can touch, one at least is in the name. */
static size_t grams_needed(const struct words *words) {
    for (size_t i = 0; i < words->count; i++)
        if (words->word[i].len >= TYPO_LONG)
            return 2 * GRAMS_TOUCHED + 1;
    return GRAMS_TOUCHED + 1;
}

/* Two errors change the length by two at most. */
static bool has_shape(const struct search *search, uint32_t name) {
    const struct rules_shape *known = rules_shape(search->rules, name);
    size_t letters = search->words.letters;
    if (letters > ALIKE_LETTERS_MAX)
        letters = ALIKE_LETTERS_MAX;
    size_t difference = letters > known->letters ? letters - known->letters
                                                 : known->letters - letters;
    return known->words == search->words.count && difference <= 2;
}

static void find_misspelt(struct search *search) {
    struct rarest rarest = {.most = grams_needed(&search->words)};
    for (size_t i = 0; i < alike_gram_count(search->written); i++) {
        uint32_t gram = alike_gram(search->written, i);
        keep_rare(&rarest, gram, rules_find_gram(search->rules, gram));
    }
    for (size_t g = 0; g < rarest.count; g++)
        for (uint32_t i = 0; i < rarest.names[g].count; i++) {
            uint32_t name =
                rules_posting(search->rules, rarest.names[g].first + i);
            if (has_shape(search, name))
                consider(search, name);
        }
}

void similar_find(const struct ruleset *rules, struct str written,
                  struct similar *out) {
    struct search search = {.rules = rules, .written = written, .out = out};
    *out = (struct similar){.similarity = SIMILAR_NOT};
    if (written.len == 0 || !split_words(&search.words, written) ||
        search.words.letters <= NAME_SHORT)
        return;
    find_wholes(&search);
    find_shortened(&search);
    if (out->similarity >= SIMILAR_TYPO)
        find_misspelt(&search);
}
