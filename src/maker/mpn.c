#include "maker/mpn.h"

#include "core/mem.h"
#include "maker/family.h"
#include "maker/pieces.h"
#include "ruleset/name.h"
#include "ruleset/pattern.h"

#define WORD_MIN 4       /* letters and digits of a part number in a cell */
#define PROSE_WORD_MIN 8 /* of one in a description */
#define MEND_MIN 8       /* shorter keys are not mended */
#define MEND_WORD_MIN 12 /* of letters alone */
#define MEND_MAX 40
#define LOOKS_MIN 6 /* bytes of what looks like a part number */
#define HEX_MIN 16  /* digits of a part number that is spelt in hex */

enum level { LEVEL_WHOLE, LEVEL_PIECES, LEVEL_WORDS, LEVEL_HEX, LEVEL_MENDED };

/* A family that a key with a certain first character can belong to. */
struct mpn_head {
    uint32_t family;
    uint64_t chars[PATTERN_HEAD - 1]; /* what its next ones can be */
};

static size_t char_number(char c) {
    return ascii_is_digit(c) ? (size_t)(c - '0') : (size_t)(c - 'A' + 10);
}

static size_t count_heads(const struct ruleset *rules, uint32_t count) {
    size_t total = 0;
    for (uint32_t i = 0; i < count; i++)
        for (size_t c = 0; c < MPN_KEY_CHARS; c++)
            total += (rules_family(rules, i)->heads[0] >> c) & 1;
    return total;
}

static void fill_heads(struct mpn_matcher *m, uint32_t count) {
    size_t next = 0;
    for (size_t c = 0; c < MPN_KEY_CHARS; c++) {
        m->first[c] = next;
        for (uint32_t i = 0; i < count; i++) {
            const uint64_t *chars = rules_family(m->rules, i)->heads;
            if (((chars[0] >> c) & 1) == 0)
                continue;
            struct mpn_head *head = &m->heads[next++];
            head->family = i;
            for (size_t at = 1; at < PATTERN_HEAD; at++)
                head->chars[at - 1] = chars[at];
        }
    }
    m->first[MPN_KEY_CHARS] = next;
}

static bool load_suffixes(struct mpn_matcher *m) {
    struct rules_run words =
        rules_find_words(m->rules, STR_LIT("packing-suffix"));
    m->suffixes = mem_calloc(words.count + 1, sizeof(*m->suffixes));
    if (m->suffixes == NULL)
        return false;
    for (uint32_t i = 0; i < words.count; i++)
        m->suffixes[i] = rules_str(m->rules, rules_item(m->rules, words, i));
    m->suffix_count = words.count;
    return true;
}

bool mpn_matcher_init(struct mpn_matcher *matcher,
                      const struct ruleset *rules) {
    uint32_t count = rules_family_count(rules);
    *matcher = (struct mpn_matcher){.rules = rules};
    matcher->heads =
        mem_calloc(count_heads(rules, count) + 1, sizeof(*matcher->heads));
    if (matcher->heads != NULL)
        fill_heads(matcher, count);
    return matcher->heads != NULL && load_suffixes(matcher);
}

void mpn_matcher_dispose(struct mpn_matcher *matcher) {
    strbuf_dispose(&matcher->key);
    strbuf_dispose(&matcher->fold);
    strbuf_dispose(&matcher->scratch);
    mpn_memo_dispose(&matcher->memo);
    mem_free(matcher->hits);
    mem_free(matcher->heads);
    mem_free(matcher->suffixes);
    *matcher = (struct mpn_matcher){.rules = matcher->rules};
}

/* ---- one key ---- */

static void append(struct mpn_matcher *m, const struct mpn_hit *hit) {
    void *items = m->hits;
    if (!mem_grow(&items, &m->hit_cap, m->hit_count + 1, sizeof(*hit))) {
        m->failed = true;
        return;
    }
    m->hits = items;
    m->hits[m->hit_count++] = *hit;
}

/* Two companies, one text: the one whose pattern says more comes first. */
static void add_rival(struct mpn_matcher *m, struct mpn_hit hit) {
    for (size_t i = 0; i < m->hit_count; i++) {
        struct mpn_hit *other = &m->hits[i];
        if (other->text.ptr != hit.text.ptr)
            continue;
        other->ambiguous = hit.ambiguous = true;
        if (hit.weight > other->weight) {
            struct mpn_hit lighter = *other;
            *other = hit;
            hit = lighter;
        }
    }
    append(m, &hit);
}

/* Only the hits of the best tier stay; a company stays once, by the family
   that says most. */
static void keep(struct mpn_matcher *m, const struct mpn_hit *hit) {
    if (m->hit_count > 0) {
        if (hit->tier > m->hits[0].tier ||
            (hit->tier == m->hits[0].tier && m->level != m->best_level))
            return;
        if (hit->tier < m->hits[0].tier)
            m->hit_count = 0;
    }
    m->best_level = m->level;
    for (size_t i = 0; i < m->hit_count; i++) {
        struct mpn_hit *other = &m->hits[i];
        if (!maker_linked(m->rules, other->party, hit->party))
            continue;
        if (hit->weight > other->weight) {
            bool ambiguous = other->ambiguous;
            *other = *hit;
            other->ambiguous = ambiguous;
        }
        return;
    }
    add_rival(m, *hit);
}

static void try_family(struct mpn_matcher *m, uint32_t number) {
    const struct rules_family *family = rules_family(m->rules, number);
    struct pattern_match match;
    if (m->high_only && family->tier != RULES_TIER_HIGH)
        return;
    bool fits = family_fits(m->rules, number, strbuf_str(&m->key), &match);
    m->steps += match.steps;
    if (match.reach > m->reach)
        m->reach = match.reach;
    if (!fits ||
        family_exception(m->rules, number, strbuf_str(&m->fold)).len > 0)
        return;
    keep(m, &(struct mpn_hit){.family = number,
                              .party = family->party,
                              .tier = (enum rules_tier)family->tier,
                              .weight = match.weight,
                              .text = m->text,
                              .facts = family_facts(m->rules, number, &match)});
}

/* How much of the first `len` characters the family can take. */
static size_t begins(const struct mpn_head *head,
                     const uint64_t bits[PATTERN_HEAD], size_t len) {
    size_t i = 1;
    while (i < len && (head->chars[i - 1] & bits[i]) != 0)
        i++;
    return i;
}

/* Try `key` as it stands in the matcher. */
static void try_key(struct mpn_matcher *m) {
    struct str key = strbuf_str(&m->key);
    uint64_t bits[PATTERN_HEAD];
    m->reach = 0;
    if (key.len == 0)
        return;
    size_t len = key.len < PATTERN_HEAD ? key.len : PATTERN_HEAD;
    for (size_t i = 0; i < len; i++)
        bits[i] = pattern_char_bit(key.ptr[i]);
    size_t c = char_number(key.ptr[0]);
    for (size_t i = m->first[c]; i < m->first[c + 1]; i++) {
        size_t reach = begins(&m->heads[i], bits, len);
        if (reach == len)
            try_family(m, m->heads[i].family);
        else if (reach > m->reach)
            m->reach = reach;
    }
}

static void try_text(struct mpn_matcher *m, struct str text) {
    mpn_key(&m->key, text);
    mpn_fold(&m->fold, text);
    try_key(m);
}

static bool is_sure(const struct mpn_matcher *m) {
    return m->hit_count > 0 && m->hits[0].tier == RULES_TIER_HIGH;
}

/* ---- ever freer readings of a cell ---- */

/* The longest packing or distributor code that `folded` ends with. A code of
   several words may be glued to the number: "MT29F2G08ABAEAWPCT-ND". */
static size_t suffix_len(const struct mpn_matcher *m, struct str folded) {
    size_t best = 0;
    for (size_t i = 0; i < m->suffix_count; i++) {
        struct str word = m->suffixes[i];
        if (word.len <= best || word.len + WORD_MIN > folded.len ||
            !str_ends(folded, word))
            continue;
        bool apart = folded.ptr[folded.len - word.len - 1] == ' ';
        if (apart || str_find_char(word, ' ') >= 0)
            best = word.len;
    }
    return best;
}

static void try_without_suffix(struct mpn_matcher *m, struct str text) {
    name_fold(&m->scratch, text);
    struct str rest = strbuf_str(&m->scratch);
    for (;;) {
        size_t len = suffix_len(m, rest);
        if (len == 0)
            break;
        rest = str_trim(str_take(rest, rest.len - len));
    }
    if (rest.len < m->scratch.len)
        try_text(m, rest);
}

/* As written, and without packing codes. */
static void try_reading(struct mpn_matcher *m, struct str text) {
    m->text = text;
    try_text(m, text);
    if (!is_sure(m))
        try_without_suffix(m, text);
}

/* "NA(H27UBG8T2BTR_or_MT29F64G08CBABAWP:BTR(8GB_NAND))" */
static void try_pieces(struct mpn_matcher *m, struct str cell) {
    struct str rest = cell, piece;
    while (pieces_next(&rest, &piece))
        if (piece.len < cell.len && piece.len >= WORD_MIN)
            try_reading(m, piece);
}

static bool ends_word(char c) {
    return ascii_is_space(c) || (unsigned char)c >= 0x80 || c == '"' ||
           c == '\'' || c == '=' || c == '/' || c == ';' || c == '|' ||
           c == ',' || c == '(' || c == ')' || c == '[' || c == ']';
}

/* Cut the next word off `*rest`; at '_' too when `glued` is set. */
static bool next_word(struct str *rest, bool glued, struct str *word) {
    size_t from = 0, to;
    while (from < rest->len &&
           (ends_word(rest->ptr[from]) || (glued && rest->ptr[from] == '_')))
        from++;
    for (to = from; to < rest->len && !ends_word(rest->ptr[to]) &&
                    !(glued && rest->ptr[to] == '_');
         to++)
        ;
    *word = str_take(str_skip(*rest, from), to - from);
    *rest = str_skip(*rest, to);
    return word->len > 0;
}

static bool is_one_word(struct str cell) {
    struct str rest = cell, word;
    return next_word(&rest, true, &word) && word.len == cell.len;
}

/* "Amcrest IP5M-T1179E", "Micron_5300_MTFDDAK480TDS" */
static void try_words(struct mpn_matcher *m, struct str text, size_t least) {
    struct str word, part;
    while (next_word(&text, false, &word)) {
        if (word.len < least)
            continue;
        try_reading(m, word);
        for (struct str rest = word; next_word(&rest, true, &part);)
            if (part.len < word.len && part.len >= least)
                try_reading(m, part);
    }
}

/* "557-MT41K256M16TW-107:P": a shop's number of the maker is in front. */
static void try_behind_number(struct mpn_matcher *m, struct str cell) {
    bool high_only = m->high_only;
    size_t digits = 0;
    while (digits < cell.len && ascii_is_digit(cell.ptr[digits]))
        digits++;
    if (digits < 2 || digits > 4 ||
        !str_starts(str_skip(cell, digits), STR_LIT("-")))
        return;
    m->high_only = true;
    try_reading(m, str_skip(cell, digits + 1));
    m->high_only = high_only;
}

static int hex_value(char c) {
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_upper(c);
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "0x48594D50…" or "48594D50…" is what firmware tools print for the text of an
   SPD chip. */
static void try_hex(struct mpn_matcher *m, struct str cell) {
    struct str digits = cell;
    if (str_starts(cell, STR_LIT("0x")))
        digits = str_skip(cell, 2);
    if (digits.len < HEX_MIN)
        return;
    strbuf_clear(&m->scratch);
    for (size_t i = 0; i + 1 < digits.len; i += 2) {
        int high = hex_value(digits.ptr[i]), low = hex_value(digits.ptr[i + 1]);
        if (high < 0 || low < 0)
            return;
        strbuf_add_char(&m->scratch, (char)(high * 16 + low));
    }
    m->text = cell;
    try_text(m, strbuf_str(&m->scratch));
}

/* ---- slips ---- */

/* The character that people type for `c`, or NUL. */
static char slip_of(char c) {
    static const char pairs[] = "O00OI11IG66GB88B";
    for (size_t i = 0; i + 1 < sizeof pairs - 1; i += 2)
        if (pairs[i] == c)
            return pairs[i + 1];
    return '\0';
}

/* Mend one character from `from` on. No mending helps behind `reach`, up to
   which the key can be matched as it is.
   @param[out] reaches  That of the key with each character mended; or NULL. */
static void try_mended(struct mpn_matcher *m, size_t from, size_t reach,
                       size_t reaches[MEND_MAX]) {
    for (size_t i = from; i < m->key.len && i <= reach && m->hit_count == 0;
         i++) {
        char was = m->key.ptr[i], mended = slip_of(was);
        if (mended == '\0')
            continue;
        m->key.ptr[i] = mended;
        try_key(m);
        if (reaches != NULL)
            reaches[i] = m->reach;
        if (m->hit_count == 0)
            m->key.ptr[i] = was;
    }
}

/* The same with another one behind it. */
static void try_mended_twice(struct mpn_matcher *m, size_t reach,
                             const size_t reaches[MEND_MAX]) {
    for (size_t i = 0; i < m->key.len && i <= reach && m->hit_count == 0; i++) {
        char was = m->key.ptr[i], mended = slip_of(was);
        if (mended == '\0')
            continue;
        m->key.ptr[i] = mended;
        try_mended(m, i + 1, reaches[i], NULL);
        if (m->hit_count == 0)
            m->key.ptr[i] = was;
    }
}

/* "K3LKBKB@BM-MGCP": '@' is typed for 0, and no key has it. */
static void zero_for_at(struct strbuf *out, struct str text) {
    strbuf_clear(out);
    for (size_t i = 0; i < text.len; i++)
        strbuf_add_char(out, text.ptr[i] == '@' ? '0' : text.ptr[i]);
}

/* A word ("VTRNOISE") is not a part number with slips in it. */
static bool can_be_mended(struct str key) {
    size_t digits = 0;
    for (size_t i = 0; i < key.len; i++)
        digits += ascii_is_digit(key.ptr[i]);
    return key.len >= (digits > 0 ? MEND_MIN : MEND_WORD_MIN) &&
           key.len <= MEND_MAX;
}

static void try_slips(struct mpn_matcher *m, struct str cell) {
    bool high_only = m->high_only;
    m->high_only = true;
    m->text = cell;
    zero_for_at(&m->scratch, cell);
    mpn_key(&m->key, strbuf_str(&m->scratch));
    mpn_fold(&m->fold, strbuf_str(&m->scratch));
    if (can_be_mended(strbuf_str(&m->key))) {
        size_t reaches[MEND_MAX];
        try_key(m);
        size_t reach = m->reach;
        try_mended(m, 0, reach, reaches);
        try_mended_twice(m, reach, reaches);
    }
    m->high_only = high_only;
}

/* ---- a cell ---- */

/* A whole cell that fits may name another maker's part behind the first:
   "MT41K512M16HA-125:E (AS4C512M16D3L-12BCN)". */
static void try_others(struct mpn_matcher *m, struct str cell) {
    bool high_only = m->high_only;
    m->high_only = true;
    for (size_t i = 0; i < cell.len; i++)
        if (ends_word(cell.ptr[i]) || cell.ptr[i] == '_') {
            try_words(m, str_skip(cell, i), PROSE_WORD_MIN);
            break;
        }
    m->high_only = high_only;
}

static void match_cell(struct mpn_matcher *m, struct str cell) {
    m->level = LEVEL_WHOLE;
    try_reading(m, cell);
    if (is_sure(m)) {
        try_others(m, cell);
        return;
    }
    m->level = LEVEL_PIECES;
    try_pieces(m, cell);
    if (is_sure(m))
        return;
    m->level = LEVEL_WORDS;
    if (!is_one_word(cell)) /* that was read already */
        try_words(m, cell, WORD_MIN);
    if (m->hit_count == 0)
        try_behind_number(m, cell);
    m->level = LEVEL_HEX;
    try_hex(m, cell);
    m->level = LEVEL_MENDED;
    if (m->hit_count == 0)
        try_slips(m, cell);
}

/* What failed in the last call must not fail this one. */
static void start(struct mpn_matcher *m, bool high_only) {
    m->hit_count = 0;
    m->high_only = high_only;
    m->failed = false;
    strbuf_clear(&m->key);
    strbuf_clear(&m->fold);
    strbuf_clear(&m->scratch);
}

static bool finish(struct mpn_matcher *m, struct mpn_match *out) {
    out->hits = m->hits;
    out->count = m->hit_count;
    out->mended = m->hit_count > 0 && m->best_level == LEVEL_MENDED;
    out->read_as = STR_EMPTY;
    if (m->hit_count > 0 && m->best_level >= LEVEL_HEX)
        out->read_as = strbuf_str(&m->key);
    return !m->failed && !m->key.failed && !m->fold.failed &&
           !m->scratch.failed;
}

bool mpn_match_cell(struct mpn_matcher *matcher, struct str cell,
                    bool high_only, struct mpn_match *out) {
    enum mpn_reading as = high_only ? MPN_READ_HIGH : MPN_READ_CELL;
    cell = str_trim(cell);
    if (mpn_memo_recall(&matcher->memo, matcher, cell, as, out))
        return true;
    start(matcher, high_only);
    if (cell.len > 0)
        match_cell(matcher, cell);
    return finish(matcher, out) && mpn_memo_keep(&matcher->memo, cell, as, out);
}

bool mpn_match_number(struct mpn_matcher *matcher, struct str number,
                      struct mpn_match *out) {
    start(matcher, false);
    matcher->level = LEVEL_WHOLE;
    matcher->text = number;
    try_text(matcher, number);
    return finish(matcher, out);
}

bool mpn_match_prose(struct mpn_matcher *matcher, struct str text,
                     struct mpn_match *out) {
    const enum mpn_reading as = MPN_READ_PROSE;
    if (mpn_memo_recall(&matcher->memo, matcher, text, as, out))
        return true;
    start(matcher, true);
    matcher->level = LEVEL_WORDS;
    try_words(matcher, text, PROSE_WORD_MIN);
    return finish(matcher, out) && mpn_memo_keep(&matcher->memo, text, as, out);
}

bool mpn_looks_like(struct str cell) {
    bool letter = false, digit = false;
    cell = str_trim(cell);
    for (size_t i = 0; i < cell.len; i++) {
        if (ascii_is_space(cell.ptr[i]))
            return false;
        letter = letter || ascii_is_alpha(cell.ptr[i]);
        digit = digit || ascii_is_digit(cell.ptr[i]);
    }
    return letter && digit && cell.len >= LOOKS_MIN;
}
