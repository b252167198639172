#include "bom/header.h"

#include "bom/misspelt.h"
#include "core/utf8.h"

/* Longer text is prose or data, never a name; the longest seen had 44. */
#define HEADER_LEN_MAX 96
#define HEADER_TOKENS_MAX 16
#define HEADER_WORD_TOKENS 3 /* "manufacturers part number" */

struct tokens {
    struct str items[HEADER_TOKENS_MAX];
    size_t count;
};

static void add_token(struct tokens *tokens, struct str token) {
    if (tokens->count < HEADER_TOKENS_MAX && token.len != 0)
        tokens->items[tokens->count++] = token;
}

/* "Manufacturer1" and "LibRef" are two words each, "MPN" and "PCBs" one. */
static bool breaks_before(char last, char c) {
    if (ascii_is_digit(c) != ascii_is_digit(last))
        return ascii_is_alnum(c) && ascii_is_alnum(last);
    return ascii_is_lower(last) && ascii_is_upper(c);
}

/* "MFG. #1" is the first maker; "MFG# 1" is a number of the maker's. */
static bool is_ordinal_sign(struct str text, size_t at) {
    return text.ptr[at] == '#' && at != 0 && text.ptr[at - 1] == ' ' &&
           at + 1 < text.len && ascii_is_digit(text.ptr[at + 1]);
}

/* "2nd" is one word. */
static bool is_ordinal_end(struct str text, size_t at) {
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    struct str end = str_take(str_skip(text, at), 2);
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        if (str_eq_nocase(end, str_from(ends[i])))
            return at + 2 == text.len || !ascii_is_alnum(text.ptr[at + 2]);
    }
    return false;
}

static void spread(struct strbuf *out, struct str text, bool split_case) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (is_ordinal_sign(text, i))
            continue;
        if (i != 0 && split_case && breaks_before(text.ptr[i - 1], c) &&
            !is_ordinal_end(text, i))
            strbuf_add_char(out, ' ');
        /* "Reference(s)" is one word. */
        if (str_starts(str_skip(text, i), STR_LIT("(s)"))) {
            i += 2;
            continue;
        }
        strbuf_add_char(out, c);
    }
}

/* Where a number begins or ends in a script without blanks: "品牌1". */
static size_t number_edge(struct str text) {
    for (size_t i = 1; i < text.len; i++) {
        char a = text.ptr[i - 1], b = text.ptr[i];
        if ((ascii_is_digit(a) && (unsigned char)b >= 0x80) ||
            (ascii_is_digit(b) && (unsigned char)a >= 0x80))
            return i;
    }
    return text.len;
}

static void split_tokens(struct tokens *tokens, struct str folded) {
    struct str piece;
    *tokens = (struct tokens){.count = 0};
    while (str_split(&folded, ' ', &piece)) {
        while (piece.len != 0) {
            size_t edge = number_edge(piece);
            add_token(tokens, str_take(piece, edge));
            piece = str_skip(piece, edge);
        }
    }
}

static struct str join_tokens(struct arena *arena, const struct tokens *tokens,
                              size_t first, size_t count) {
    struct strbuf joined = {.ptr = NULL};
    for (size_t i = first; i < first + count; i++) {
        if (i != first)
            strbuf_add_char(&joined, ' ');
        strbuf_add(&joined, tokens->items[i]);
    }
    struct str copy = arena_str(arena, strbuf_str(&joined));
    strbuf_dispose(&joined);
    return copy;
}

/* How many tokens at `first` spell a header word, and which. */
static size_t find_word(const struct bom_words *words, struct arena *arena,
                        const struct tokens *tokens, size_t first,
                        enum bom_header_word *word) {
    size_t left = tokens->count - first;
    for (size_t n = left < HEADER_WORD_TOKENS ? left : HEADER_WORD_TOKENS;
         n != 0; n--) {
        struct str spelling = join_tokens(arena, tokens, first, n);
        uint32_t says = words_of_header(words, spelling).words;
        if (says == 0)
            continue;
        for (*word = 0; (says & 1) == 0; says >>= 1)
            ++*word;
        return n;
    }
    return 0;
}

static bool is_set_number(struct str token, unsigned *number) {
    if (token.len == 0 || token.len > 2)
        return false;
    *number = 0;
    for (size_t i = 0; i < token.len; i++) {
        if (!ascii_is_digit(token.ptr[i]))
            return false;
        *number = *number * 10 + (unsigned)(token.ptr[i] - '0');
    }
    return true;
}

/* "Manufacturer A" and "Manufacturer B". */
static bool is_set_letter(const struct tokens *in, size_t at,
                          unsigned *number) {
    struct str token = in->items[at];
    if (at == 0 || at + 1 != in->count || token.len != 1 ||
        token.ptr[0] < 'a' || token.ptr[0] > 'e')
        return false;
    *number = (unsigned)(token.ptr[0] - 'a') + 1;
    return true;
}

static bool take_fields(uint32_t fields, struct header *out) {
    out->field_count = 0;
    for (unsigned field = 0; fields != 0; field++, fields >>= 1) {
        if ((fields & 1) != 0 && out->field_count < HEADER_FIELDS_MAX)
            out->fields[out->field_count++] = (enum bom_field)field;
    }
    return out->field_count != 0;
}

#define PREFIX_MIN 6 /* bytes; two characters of Chinese */

static bool is_name(const struct bom_words *words, struct str text) {
    struct header_name says = words_of_header(words, text);
    return says.means != 0 || says.may_mean != 0;
}

static bool is_header_word(const struct bom_words *words,
                           enum bom_header_word word, struct str text) {
    return (words_of_header(words, text).words >> word & 1) != 0;
}

/* "替代型号" and "Alternativhersteller" are one word each: how much of it only
   says that this is an alternate, or nothing at all ("首选品牌"). Of "替代品牌"
   that is "替代" and not "替代品", since "牌" is no name. */
static size_t joined_prefix(const struct bom_words *words, struct str token,
                            struct header *header) {
    size_t longest = 0;
    bool alternate = false;
    for (size_t len = token.len; len-- > PREFIX_MIN;) {
        struct str prefix = str_take(token, len);
        bool other = is_header_word(words, WORD_ALTERNATE, prefix);
        if (!other && !is_header_word(words, WORD_NOISE, prefix))
            continue;
        bool named = is_name(words, str_skip(token, len));
        if (longest == 0 || named) {
            longest = len;
            alternate = other;
        }
        if (named)
            break;
    }
    header->alternate |= alternate;
    return longest;
}

static void add_unknown(const struct bom_words *words, const struct tokens *in,
                        size_t at, struct tokens *out, struct header *header) {
    struct str token = in->items[at];
    if (is_set_number(token, &header->number) ||
        is_set_letter(in, at, &header->number))
        return;
    add_token(out, str_skip(token, joined_prefix(words, token, header)));
}

/* Header words in their canonical form; numbers, alternates and variants taken
   out and noted. */
static void canonical(const struct bom_words *words, struct arena *arena,
                      const struct tokens *in, struct tokens *out,
                      struct header *header) {
    *out = (struct tokens){.count = 0};
    for (size_t i = 0; i < in->count;) {
        enum bom_header_word word;
        size_t n = find_word(words, arena, in, i, &word);
        if (n == 0) {
            add_unknown(words, in, i++, out, header);
            continue;
        }
        i += n;
        if (word == WORD_ALTERNATE) {
            header->alternate = true;
        } else if (word == WORD_VARIANT) {
            header->label = join_tokens(arena, in, i, in->count - i);
            return;
        } else {
            add_token(out, str_from(bom_header_word_name(word)));
        }
    }
}

/* "Digikey", "Mouser Part No": a column that is named after a distributor
   holds that distributor's numbers. */
static bool is_distributor_column(const struct bom_words *words,
                                  struct str name) {
    static const char *const ends[] = {" part number", " number", " part"};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct str end = str_from(ends[i]);
        if (str_ends(name, end))
            return words_in(words, LIST_DISTRIBUTOR,
                            str_take(name, name.len - end.len));
    }
    return words_in(words, LIST_DISTRIBUTOR, name);
}

static void set_fields(struct header *out, enum header_strength strength,
                       const enum bom_field *fields, unsigned count) {
    out->strength = strength;
    out->field_count = count;
    for (unsigned i = 0; i < count; i++)
        out->fields[i] = fields[i];
}

/* "Embest P/N", "Acme part number": most often the buyer's own. */
static void look_up_prefixed(struct str name, struct header *out) {
    static const enum bom_field own[] = {BOM_IPN, BOM_MPN, BOM_DISTRIBUTOR_PN};
    struct str end = STR_LIT(" part number");
    if (name.len > end.len + 1 && str_ends(name, end))
        set_fields(out, HEADER_WEAK, own, ARRAY_LEN(own));
}

/* An alternate's number is its maker's: the company's own is that of the
   line. */
static void prefer_mpn(struct header *out) {
    unsigned at = 0;
    while (at < out->field_count && out->fields[at] != BOM_MPN)
        at++;
    if (at == out->field_count)
        return;
    for (; at > 0; at--)
        out->fields[at] = out->fields[at - 1];
    out->fields[0] = BOM_MPN;
}

static void look_up(const struct bom_words *words, struct str name,
                    struct header *out) {
    static const enum bom_field distributor_pn[] = {BOM_DISTRIBUTOR_PN};
    static const enum bom_field alternative[] = {BOM_MANUFACTURER, BOM_MPN,
                                                 BOM_NOTE};
    if (name.len == 0 && out->alternate)
        set_fields(out, HEADER_WEAK, alternative, ARRAY_LEN(alternative));
    if (name.len == 0)
        return;
    struct header_name says = words_of_header(words, name);
    if (take_fields(says.means, out))
        out->strength = HEADER_STRONG;
    else if (take_fields(says.may_mean, out))
        out->strength = HEADER_WEAK;
    else if (is_distributor_column(words, name))
        set_fields(out, HEADER_STRONG, distributor_pn, 1);
    else if (words_in(words, LIST_OTHER_HEADER, name))
        out->strength = HEADER_OTHER;
    else
        look_up_prefixed(name, out);
    if (out->alternate && out->strength == HEADER_WEAK &&
        out->fields[0] == BOM_IPN)
        prefer_mpn(out);
    out->generic = words_in(words, LIST_GENERIC_HEADER, name);
}

/* "mfg_board-variant:85F": between the name and the word stands whose variant
   it is. */
static void look_up_variant(const struct bom_words *words, struct arena *arena,
                            const struct tokens *name, struct header *found) {
    for (size_t n = name->count; found->label.len != 0 && n-- > 1;) {
        if (found->strength != HEADER_UNKNOWN)
            return;
        found->base = join_tokens(arena, name, 0, n);
        look_up(words, found->base, found);
    }
}

/* One spelling of the name: as folded, then with header words made canonical.
 */
static void read_spelling(struct bom_words *words, struct arena *arena,
                          struct str text, bool split_case,
                          struct header *out) {
    struct strbuf wide = {.ptr = NULL};
    spread(&wide, text, split_case);
    struct str folded = arena_str(arena, words_fold(words, strbuf_str(&wide)));
    strbuf_dispose(&wide);
    struct tokens plain, reduced;
    split_tokens(&plain, folded);
    look_up(words, folded, out);
    if (out->strength == HEADER_STRONG || out->strength == HEADER_OTHER) {
        out->base = folded;
        return;
    }
    struct header found = {.text = out->text};
    canonical(words, arena, &plain, &reduced, &found);
    found.base = join_tokens(arena, &reduced, 0, reduced.count);
    look_up(words, found.base, &found);
    look_up_variant(words, arena, &reduced, &found);
    if (found.strength > out->strength || found.generic)
        *out = found;
    else if (out->base.len == 0)
        out->base = folded;
}

/* "MP_N2" is "MPN 2", "Manfacturer" is "Manufacturer": what nobody calls a
   column is looked up as what was meant. */
static void read_misspelt(struct bom_words *words, struct arena *arena,
                          struct str text, struct header *out) {
    struct strbuf wide = {.ptr = NULL}, meant = {.ptr = NULL};
    struct header found = {.text = out->text};
    spread(&wide, text, true);
    struct str folded = arena_str(arena, words_fold(words, strbuf_str(&wide)));
    if (misspelt_join(&meant, folded))
        read_spelling(words, arena, strbuf_str(&meant), false, &found);
    if (found.strength != HEADER_STRONG) {
        found = (struct header){.text = out->text};
        if (misspelt_correct(&meant, words, folded))
            read_spelling(words, arena, strbuf_str(&meant), false, &found);
    }
    if (found.strength > out->strength)
        *out = found;
    strbuf_dispose(&wide);
    strbuf_dispose(&meant);
}

static void read_name(struct bom_words *words, struct arena *arena,
                      struct str text, bool mend, struct header *out) {
    read_spelling(words, arena, text, true, out);
    if (out->strength == HEADER_UNKNOWN) {
        struct header joined = {.text = out->text};
        read_spelling(words, arena, text, false, &joined);
        if (joined.strength > out->strength)
            *out = joined;
    }
    if (mend && out->strength != HEADER_OTHER &&
        out->strength != HEADER_STRONG && !out->generic)
        read_misspelt(words, arena, text, out);
}

/* Where the second half of a name begins: at a bracket, a slash, a line break
   ("Manufacturer (optional)", "Hersteller / Manufacturer"), or where the
   script changes ("制造商 Manufacturer"). */
static size_t half_of(struct str text) {
    for (size_t i = 1; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '(' || c == '[' || c == '/' || c == '\n' || c == '|')
            return i;
        char last =
            text.ptr[i - 1] == ' ' && i > 1 ? text.ptr[i - 2] : text.ptr[i - 1];
        bool wide = (unsigned char)c >= 0xE0;
        bool was_wide = (unsigned char)last >= 0x80;
        if ((wide && ascii_is_alnum(last)) || (was_wide && ascii_is_alpha(c)))
            return i;
    }
    return text.len;
}

static void read_cell(struct bom_words *words, struct arena *arena,
                      struct str cell, bool mend, struct header *out) {
    cell = str_trim(cell);
    *out = (struct header){.text = arena_str(arena, cell)};
    if (cell.len == 0 || cell.len > HEADER_LEN_MAX)
        return;
    read_name(words, arena, cell, mend, out);
    size_t half = half_of(cell);
    if (out->strength >= HEADER_OTHER || half == cell.len)
        return;
    struct header first = {.text = out->text}, second = {.text = out->text};
    read_name(words, arena, str_take(cell, half), mend, &first);
    read_name(words, arena, str_skip(cell, half), mend, &second);
    if (first.strength >= second.strength && first.strength != HEADER_UNKNOWN)
        *out = first;
    else if (second.strength != HEADER_UNKNOWN)
        *out = second;
}

void header_read(struct bom_words *words, struct arena *arena, struct str cell,
                 struct header *out) {
    read_cell(words, arena, cell, true, out);
}

void header_read_as_written(struct bom_words *words, struct arena *arena,
                            struct str cell, struct header *out) {
    read_cell(words, arena, cell, false, out);
}

bool header_means(const struct header *header, enum bom_field field) {
    for (unsigned i = 0; i < header->field_count; i++) {
        if (header->fields[i] == field)
            return true;
    }
    return false;
}
