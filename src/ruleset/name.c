#include "ruleset/name.h"

#include <utf8proc.h>

#include <stdlib.h>

#include "core/mem.h"
#include "core/mojibake.h"
#include "core/utf8.h"

/* NFKC_Casefold without marks: "Würth" and "WURTH" become one. */
#define FOLD_OPTIONS                                                           \
    (UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |                    \
     UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK)

/* NFKC would spell these out as letters of the name ("Inteltm"). */
static bool is_mark_sign(uint32_t code) {
    return code == 0x2122 || code == 0x2120;
}

static bool is_ascii(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

static void fold_unicode(struct strbuf *out, struct str text) {
    struct strbuf clean = {.ptr = NULL};
    while (text.len != 0) {
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        if (code == 0 || code == 0xFFFD || is_mark_sign(code))
            strbuf_add_char(&clean, ' ');
        else
            strbuf_add(&clean, str_take(text, taken));
        text = str_skip(text, taken);
    }
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len =
        clean.failed
            ? UTF8PROC_ERROR_NOMEM
            : utf8proc_map((const utf8proc_uint8_t *)clean.ptr,
                           (utf8proc_ssize_t)clean.len, &folded, FOLD_OPTIONS);
    if (len < 0)
        out->failed = true;
    else
        strbuf_add(out, (struct str){(const char *)folded, (size_t)len});
    free(folded); /* utf8proc allocates with malloc */
    strbuf_dispose(&clean);
}

static bool is_word_code(uint32_t code) {
    if (code < 0x80)
        return ascii_is_alnum((char)code);
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

static void end_word(struct strbuf *out) {
    if (out->len != 0 && out->ptr[out->len - 1] != ' ')
        strbuf_add_char(out, ' ');
}

static void add_word(struct strbuf *out, const char *word) {
    end_word(out);
    strbuf_add_text(out, word);
    end_word(out);
}

/* Words of letters and digits with single blanks between. A dot after a single
   letter belongs to an abbreviation ("S.p.A." is "spa"), any other ends a word
   ("Co.Ltd"). */
static void add_words(struct strbuf *out, struct str text) {
    size_t letters = 0; /* since the last punctuation */
    bool digit = false; /* the last one: "3.3V" is no abbreviation */
    while (text.len != 0) {
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        if (is_word_code(code)) {
            if (taken == 1)
                strbuf_add_char(out, text.ptr[0]);
            else
                strbuf_add(out, str_take(text, taken));
            letters++;
            digit = code < 0x80 && ascii_is_digit((char)code);
        } else {
            if (code == '&')
                add_word(out, "and");
            else if (code == '#')
                add_word(out, "#");
            else if (code != '\'' && code != 0x2019 &&
                     !(code == '.' && letters == 1 && !digit))
                end_word(out);
            letters = 0;
        }
        text = str_skip(text, taken);
    }
    if (out->len != 0 && out->ptr[out->len - 1] == ' ')
        out->ptr[--out->len] = '\0';
}

/* "WÃ¼rth" is "Würth" that was read in a wrong encoding. */
static void fold_mended(struct strbuf *out, struct str text) {
    struct strbuf mended = {.ptr = NULL};
    bool mistaken = mojibake_mend(&mended, text);
    fold_unicode(out, mistaken ? strbuf_str(&mended) : text);
    out->failed = out->failed || mended.failed;
    strbuf_dispose(&mended);
}

/* Most cells are short and ASCII, and need no memory but `out`. */
#define FOLDED_HERE 256

void name_fold(struct strbuf *out, struct str text) {
    char here[FOLDED_HERE];
    struct strbuf folded = {.ptr = NULL};
    bool ascii = is_ascii(text), fits = ascii && text.len <= sizeof(here);
    if (fits)
        for (size_t i = 0; i < text.len; i++)
            here[i] = ascii_lower(text.ptr[i]);
    else if (ascii)
        strbuf_add_lower(&folded, text);
    else
        fold_mended(&folded, text);
    strbuf_clear(out);
    add_words(out, fits ? (struct str){here, text.len} : strbuf_str(&folded));
    out->failed = out->failed || folded.failed;
    strbuf_dispose(&folded);
}

static bool in_list(const struct str *list, size_t count, struct str word) {
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        int order = str_cmp(list[middle], word);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            count = middle;
    }
    return false;
}

static bool starts_ascii(struct str text) {
    return text.len != 0 && (unsigned char)text.ptr[0] < 0x80;
}

/* Is the text of a script that is written without blanks? Those that are not,
   Latin and Cyrillic among them, take one or two bytes a letter. */
static bool is_unspaced(struct str text) {
    return text.len != 0 && (unsigned char)text.ptr[0] >= 0xE0;
}

#define FORM_WORDS_MAX 5  /* "s de rl de cv" */
#define FORM_CODES_MAX 12 /* "有限责任公司" has six */

/* The shortest rest of `name` after a listed form of one to FORM_WORDS_MAX
   whole words at its end; `name` itself when none is there. */
static struct str without_last_words(struct str name, const struct str *list,
                                     size_t count) {
    struct str best = name;
    size_t words = 0;
    for (size_t i = name.len; i-- > 1 && words < FORM_WORDS_MAX;) {
        if (name.ptr[i] != ' ')
            continue;
        words++;
        if (in_list(list, count, str_skip(name, i + 1)))
            best = str_take(name, i);
    }
    return best;
}

/* Chinese, Japanese and Korean forms are written without a blank. One of a
   single character stands in brackets, which have left a blank: "동주" is no
   "(주)". */
static struct str without_last_codes(struct str name, const struct str *list,
                                     size_t count) {
    struct str best = name;
    size_t codes = 0;
    for (size_t i = name.len; i-- > 1 && codes < FORM_CODES_MAX;) {
        if (((unsigned char)name.ptr[i] & 0xC0) == 0x80)
            continue;
        codes++;
        struct str tail = str_skip(name, i);
        if (codes > 1 && is_unspaced(tail) && in_list(list, count, tail))
            best = str_trim(str_take(name, i));
    }
    return best;
}

static struct str without_first(struct str name, const struct str *list,
                                size_t count) {
    struct str best = name;
    size_t codes = 0;
    for (size_t i = 1; i < name.len && codes < FORM_CODES_MAX; i++) {
        if (((unsigned char)name.ptr[i] & 0xC0) == 0x80)
            continue;
        codes++;
        struct str head = str_take(name, i);
        bool whole = name.ptr[i] == ' ' && !starts_ascii(head);
        bool glued = codes > 1 && is_unspaced(head);
        if ((whole || glued) && in_list(list, count, head))
            best = str_trim(str_skip(name, i));
    }
    return best;
}

static struct str without_trailing_and(struct str name) {
    return str_ends(name, STR_LIT(" and")) ? str_take(name, name.len - 4)
                                           : name;
}

static struct str strip_forms(struct str name, const struct name_words *words) {
    for (;;) {
        struct str shorter = without_last_words(name, words->legal_forms,
                                                words->legal_form_count);
        shorter = without_last_codes(shorter, words->legal_forms,
                                     words->legal_form_count);
        shorter =
            without_first(shorter, words->legal_forms, words->legal_form_count);
        shorter = without_trailing_and(shorter);
        if (shorter.len == name.len)
            return name;
        name = shorter;
    }
}

static void drop_number_signs(struct strbuf *name) {
    struct str rest = strbuf_str(name), word;
    struct strbuf kept = {.ptr = NULL};
    while (str_split(&rest, ' ', &word)) {
        if (str_eq(word, STR_LIT("#")))
            continue;
        end_word(&kept);
        strbuf_add(&kept, word);
    }
    strbuf_clear(name);
    strbuf_add(name, strbuf_str(&kept));
    name->failed = name->failed || kept.failed;
    strbuf_dispose(&kept);
}

void name_normalise(struct strbuf *out, struct str name,
                    const struct name_words *words) {
    name_fold(out, name);
    if (str_find_char(strbuf_str(out), '#') >= 0)
        drop_number_signs(out);
    struct str rest = strip_forms(strbuf_str(out), words);
    struct strbuf kept = {.ptr = NULL};
    strbuf_add(&kept, rest);
    strbuf_clear(out);
    strbuf_add(out, strbuf_str(&kept));
    out->failed = out->failed || kept.failed;
    strbuf_dispose(&kept);
}

static bool is_generic(struct str word, const struct name_words *words) {
    return in_list(words->generic, words->generic_count, word);
}

void name_core(struct strbuf *out, struct str normalised,
               const struct name_words *words) {
    strbuf_clear(out);
    struct str rest = normalised, word;
    while (str_split(&rest, ' ', &word)) {
        for (struct str longer = word;; word = longer) {
            longer =
                without_last_codes(word, words->generic, words->generic_count);
            if (longer.len == word.len)
                break;
        }
        if (word.len == 0 || is_generic(word, words))
            continue;
        end_word(out);
        strbuf_add(out, word);
    }
}

/* Letters that look alike in the Cyrillic and Greek alphabets, as typed by
   people with such a keyboard, and dashes that are not '-'. */
static const struct {
    uint32_t code;
    char ascii;
} look_alikes[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'},
    {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'},
    {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x0410, 'A'},
    {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'},
    {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'}, {0x0423, 'Y'},
    {0x0425, 'X'}, {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0430, 'A'},
    {0x0435, 'E'}, {0x043E, 'O'}, {0x0440, 'P'}, {0x0441, 'C'}, {0x0443, 'Y'},
    {0x0445, 'X'},
};

static char to_ascii(uint32_t code) {
    if (code < 0x80)
        return (char)code;
    if (code >= 0xFF01 && code <= 0xFF5E) /* full-width forms */
        return (char)(code - 0xFF01 + '!');
    for (size_t i = 0; i < ARRAY_LEN(look_alikes); i++) {
        if (look_alikes[i].code == code)
            return look_alikes[i].ascii;
    }
    return ' ';
}

char name_look_alike(uint32_t code) {
    char c = to_ascii(code);
    if (c == ' ')
        c = to_ascii((uint32_t)utf8proc_toupper((utf8proc_int32_t)code));
    return ascii_is_alpha(c) ? ascii_lower(c) : '\0';
}

/* Left-to-right marks and the like stand inside real cells unseen. */
static bool is_invisible(uint32_t code) {
    return (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code == 0xAD;
}

static void reduce_mpn(struct strbuf *out, struct str mpn, bool keep_breaks) {
    bool pending = false;
    strbuf_clear(out);
    while (mpn.len != 0) {
        uint32_t code;
        mpn = str_skip(mpn, utf8_next(mpn, &code));
        char c = ascii_upper(code < 0x80 ? (char)code : to_ascii(code));
        if (ascii_is_alnum(c)) {
            if (pending && keep_breaks && out->len != 0)
                strbuf_add_char(out, '-');
            strbuf_add_char(out, c);
            pending = false;
        } else if (!is_invisible(code)) {
            pending = true;
        }
    }
    if (pending && keep_breaks && out->len != 0)
        strbuf_add_char(out, '-');
}

void mpn_key(struct strbuf *out, struct str mpn) {
    reduce_mpn(out, mpn, false);
}

void mpn_fold(struct strbuf *out, struct str mpn) {
    reduce_mpn(out, mpn, true);
}

void ipn_key(struct strbuf *out, struct str ipn) {
    strbuf_clear(out);
    strbuf_add_lower(out, str_trim(ipn));
}
