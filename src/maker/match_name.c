#include "maker/match_name.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "maker/mpn.h"
#include "maker/pieces.h"
#include "maker/similar.h"
#include "ruleset/name.h"

#define SIMILAR_PIECES_MAX 4 /* of a cell with several unknown names */
#define LEADING_WORDS_MAX 3  /* "C&K Components", "Quectel Wireless …" */
#define LEADING_SURE 5       /* letters of a name that nothing else is */
#define PART_MIN 4           /* letters and digits of a part number */
#define PROSE_PART_MIN 6     /* of one in a description */
#define ADDRESS_MIN 3        /* letters of a name inside a web address */

void name_matcher_init(struct name_matcher *matcher,
                       const struct ruleset *rules) {
    *matcher = (struct name_matcher){.rules = rules};
}

void name_matcher_dispose(struct name_matcher *matcher) {
    strbuf_dispose(&matcher->normal);
    strbuf_dispose(&matcher->core);
    strbuf_dispose(&matcher->scratch);
    mem_free(matcher->hits);
    *matcher = (struct name_matcher){.rules = matcher->rules};
}

static bool in_list(const struct name_matcher *m, const char *list,
                    struct str folded) {
    struct rules_run words = rules_find_words(m->rules, str_from(list));
    return rules_has_word(m->rules, words, folded);
}

/* ---- one name ---- */

/* Normalise what is to be looked up; its core is found when it is needed. */
static void read_name(struct name_matcher *m, struct str text) {
    name_normalise(&m->normal, text, rules_name_words(m->rules));
    strbuf_clear(&m->core);
}

/* Is `text` a name that looks like the party's and is somebody else's? */
static bool is_not(const struct ruleset *rules, uint32_t party,
                   struct str text) {
    uint32_t first, count = rules_find_names(rules, text, &first);
    for (uint32_t i = 0; i < count; i++) {
        const struct rules_name *name = rules_name(rules, first + i);
        if (name->kind == RULES_NAME_NOT && name->party == party)
            return true;
    }
    return false;
}

static bool has_hit(const struct name_matcher *m, uint32_t party) {
    for (size_t i = 0; i < m->hit_count; i++)
        if (m->hits[i].party == party)
            return true;
    return false;
}

static void add_hit(struct name_matcher *m, const struct name_hit *hit) {
    void *items = m->hits;
    m->matched = true;
    if (has_hit(m, hit->party))
        return;
    if (!mem_grow(&items, &m->hit_cap, m->hit_count + 1, sizeof(*hit))) {
        m->failed = true;
        return;
    }
    m->hits = items;
    m->hits[m->hit_count++] = *hit;
}

static void add_name(struct name_matcher *m, uint32_t number,
                     enum maker_confidence confidence, unsigned matched_by,
                     struct str text) {
    uint32_t party = rules_name(m->rules, number)->party;
    /* What is not Huawei ("Hua Wei") is not with a general word behind either.
     */
    if (is_not(m->rules, party, strbuf_str(&m->normal)) ||
        (m->core.len > 0 && is_not(m->rules, party, strbuf_str(&m->core))))
        return;
    add_hit(m, &(struct name_hit){.party = party,
                                  .name = number,
                                  .confidence = confidence,
                                  .matched_by = matched_by,
                                  .text = text});
}

/* Add who is called exactly `key`. */
static void add_exact(struct name_matcher *m, struct str key, struct str text) {
    uint32_t first, count = rules_find_names(m->rules, key, &first);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t kind = rules_name(m->rules, first + i)->kind;
        if (kind < RULES_NAME_SHARED)
            add_name(m, first + i, MAKER_CERTAIN, MAKER_BY_NAME, text);
        else if (kind == RULES_NAME_SHARED)
            add_name(m, first + i, MAKER_PROBABLE, MAKER_BY_SHARED, text);
    }
}

/* Is enough left of a name to tell whose it is? */
static bool is_distinctive(struct str core) {
    size_t characters = utf8_count(core);
    return core.len > characters ? characters >= 2 : characters > NAME_SHORT;
}

/* Legal forms stand inside names too: "Kyocera International Inc. Electronic
   Components". */
static void drop_inner_forms(struct name_matcher *m) {
    struct rules_run forms = rules_find_words(m->rules, STR_LIT("legal-form"));
    struct str rest = strbuf_str(&m->core), word;
    strbuf_clear(&m->scratch);
    while (str_split(&rest, ' ', &word)) {
        if (rules_has_word(m->rules, forms, word))
            continue;
        if (m->scratch.len > 0)
            strbuf_add_char(&m->scratch, ' ');
        strbuf_add(&m->scratch, word);
    }
    if (m->scratch.len == 0 || m->scratch.len == m->core.len)
        return;
    strbuf_clear(&m->core);
    strbuf_add(&m->core, strbuf_str(&m->scratch));
}

static void find_core(struct name_matcher *m) {
    name_core(&m->core, strbuf_str(&m->normal), rules_name_words(m->rules));
    drop_inner_forms(m);
}

static void add_core(struct name_matcher *m, struct str text) {
    struct str core = strbuf_str(&m->core);
    if (!is_distinctive(core))
        return;
    uint32_t first, count = rules_find_names(m->rules, core, &first);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t kind = rules_name(m->rules, first + i)->kind;
        if (kind == RULES_NAME_SHARED)
            add_name(m, first + i, MAKER_PROBABLE,
                     MAKER_BY_SHARED | MAKER_BY_CORE_NAME, text);
        else if (kind != RULES_NAME_NOT)
            add_name(m, first + i, MAKER_CERTAIN, MAKER_BY_CORE_NAME, text);
    }
}

/* "T I" for "TI": letters that stand apart are initials. */
static void add_initials(struct name_matcher *m, struct str text) {
    struct str rest = strbuf_str(&m->normal), word;
    strbuf_clear(&m->scratch);
    while (str_split(&rest, ' ', &word)) {
        if (word.len != 1)
            return;
        strbuf_add(&m->scratch, word);
    }
    if (m->scratch.len > 1)
        add_exact(m, strbuf_str(&m->scratch), text);
}

/* Normalise `text` and add whose name it is. @return true when one was. */
static bool match_known(struct name_matcher *m, struct str text) {
    m->matched = false;
    read_name(m, text);
    if (m->normal.len == 0)
        return false;
    add_exact(m, strbuf_str(&m->normal), text);
    if (!m->matched)
        add_initials(m, text);
    if (m->matched)
        return true;
    find_core(m);
    add_core(m, text);
    return m->matched;
}

/* "M1cron", "Micr0n", "Mіcron" with a Cyrillic letter: scanned, or typed to
   pass a filter. Only a proposal, and only where nothing but letters is left.
 */
static bool add_misread(struct name_matcher *m, struct str text) {
    struct str core = strbuf_str(&m->core);
    for (int other = 0; other < 2 && utf8_count(core) > NAME_SHORT; other++) {
        uint32_t first, count;
        if (!similar_respell(&m->scratch, core, other != 0))
            return false;
        count = rules_find_names(m->rules, strbuf_str(&m->scratch), &first);
        for (uint32_t i = 0; i < count; i++)
            if (rules_name(m->rules, first + i)->kind != RULES_NAME_NOT)
                add_name(m, first + i, MAKER_PROBABLE, MAKER_BY_SIMILAR, text);
        if (count > 0)
            return true;
    }
    return false;
}

static void match_similar(struct name_matcher *m, struct str text) {
    struct similar similar;
    read_name(m, text);
    find_core(m);
    if (m->core.len == 0 || add_misread(m, text))
        return;
    similar_find(m->rules, strbuf_str(&m->core), &similar);
    /* "Hik-Vision" only spaces the name otherwise. */
    bool same = similar.similarity == SIMILAR_JOINED && similar.count == 1;
    for (size_t i = 0; i < similar.count; i++)
        add_name(m, similar.names[i], same ? MAKER_CERTAIN : MAKER_PROBABLE,
                 same ? MAKER_BY_NAME : MAKER_BY_SIMILAR, text);
}

/* ---- several names in one cell ---- */

static void place_from(struct name_matcher *m, size_t first,
                       enum name_place place) {
    for (; first < m->hit_count; first++)
        m->hits[first].place = place;
}

/* Keep one of the parties from `first` on that belong together: both names of
   "Linear Technology/Analog Devices" mean one company. */
static void merge_linked(struct name_matcher *m, size_t first) {
    size_t kept = first;
    for (size_t i = first; i < m->hit_count; i++) {
        size_t other = first;
        while (other < kept &&
               !maker_linked(m->rules, m->hits[other].party, m->hits[i].party))
            other++;
        if (other == kept)
            m->hits[kept++] = m->hits[i];
        else if (m->hits[i].confidence > m->hits[other].confidence)
            m->hits[other] = m->hits[i];
    }
    m->hit_count = kept;
}

/* A name that the rules say is nobody's of theirs spoils its other pieces too:
   the capacitor brand "HONOR(荣誉)" is not the telephone maker. */
static bool is_not_in_cell(const struct name_matcher *m, struct strbuf *buf,
                           uint32_t party, struct str cell) {
    struct str piece;
    name_normalise(buf, cell, rules_name_words(m->rules));
    if (is_not(m->rules, party, strbuf_str(buf)))
        return true;
    while (pieces_next_script(&cell, &piece)) {
        name_normalise(buf, piece, rules_name_words(m->rules));
        if (is_not(m->rules, party, strbuf_str(buf)))
            return true;
    }
    return false;
}

static void drop_not(struct name_matcher *m, struct str cell) {
    size_t kept = 0;
    for (size_t i = 0; i < m->hit_count; i++)
        if (!is_not_in_cell(m, &m->scratch, m->hits[i].party, cell))
            m->hits[kept++] = m->hits[i];
    m->hit_count = kept;
}

/* "MFR: Micron" */
static struct str behind_colon(struct str piece) {
    ptrdiff_t colon = str_find_char(piece, ':');
    return colon < 0 ? STR_EMPTY : str_trim(str_skip(piece, (size_t)colon + 1));
}

/* "Micron oder Samsung" */
static void match_alternatives(struct name_matcher *m, struct str piece) {
    struct str rest = piece, word, name = str_take(piece, 0);
    bool several = false;
    while (str_split(&rest, ' ', &word)) {
        name_fold(&m->scratch, word);
        if (in_list(m, "or-word", strbuf_str(&m->scratch))) {
            match_known(m, name);
            name = str_skip(word, word.len);
            several = true;
        } else {
            name.len = (size_t)(word.ptr + word.len - name.ptr);
        }
    }
    if (several)
        match_known(m, str_trim(name));
}

static bool is_short(struct str name) {
    return name.len <= NAME_SHORT && utf8_count(name) == name.len;
}

/* "Micron美光". Short letters in front of what nobody knows begin another name:
   LG Chem's "LG화학" is not LG. */
static void match_scripts(struct name_matcher *m, struct str piece) {
    struct str rest = piece, script;
    size_t first = m->hit_count;
    bool all = true;
    while (pieces_next_script(&rest, &script)) {
        if (script.len == piece.len)
            return;
        bool known = match_known(m, script);
        all = all && (known || m->core.len == 0);
    }
    for (size_t i = first; i < m->hit_count && !all; i++)
        if (is_short(m->hits[i].text))
            m->hits[i].confidence = MAKER_PROBABLE;
}

static void match_pieces(struct name_matcher *m, struct str cell) {
    struct str rest = cell, piece;
    bool part = false; /* "MCP4361-503E/ST": a package, and not STMicro */
    while (pieces_next(&rest, &piece)) {
        if ((part && is_short(piece)) || match_known(m, piece) ||
            match_known(m, behind_colon(piece)))
            continue;
        part = part || (mpn_looks_like(cell) && mpn_looks_like(piece));
        match_alternatives(m, piece);
        match_scripts(m, piece);
    }
    drop_not(m, cell);
    merge_linked(m, 0);
    place_from(m, 0, NAME_PART);
}

/* "TI National Semiconductor": two names with a blank between. With a dash it
   may be a venture of both. */
static void match_halves(struct name_matcher *m, struct str cell) {
    for (size_t i = 1; i + 1 < cell.len && m->hit_count == 0; i++) {
        if (cell.ptr[i] != ' ' && cell.ptr[i] != '-')
            continue;
        bool both = match_known(m, str_take(cell, i));
        both = both && match_known(m, str_skip(cell, i + 1));
        if (!both)
            m->hit_count = 0;
        for (size_t h = 0; h < m->hit_count && cell.ptr[i] == '-'; h++)
            m->hits[h].confidence = MAKER_PROBABLE;
    }
    merge_linked(m, 0);
    place_from(m, 0, NAME_PART);
}

static void match_similar_pieces(struct name_matcher *m, struct str cell) {
    struct str rest = cell, piece;
    match_similar(m, cell);
    for (int i = 0; i < SIMILAR_PIECES_MAX && m->hit_count == 0 &&
                    pieces_next_script(&rest, &piece);
         i++)
        if (piece.len < cell.len) {
            match_similar(m, piece);
            place_from(m, 0, NAME_PART);
        }
    drop_not(m, cell);
}

/* ---- web addresses ---- */

static bool is_address(struct str cell) {
    return str_find(cell, STR_LIT("://")) >= 0 ||
           str_eq_nocase(str_take(cell, 4), STR_LIT("www."));
}

/* The word before the last dot of the host: "st" of "www.st.com". */
static struct str host_name(struct str host) {
    struct str label, name = STR_EMPTY, last = STR_EMPTY;
    while (str_split(&host, '.', &label)) {
        name = last;
        last = label;
    }
    return name;
}

static bool match_slug(struct name_matcher *m, struct str slug, size_t least) {
    if (slug.len < least)
        return false;
    read_name(m, slug);
    if (in_list(m, "distributor", strbuf_str(&m->normal)))
        return false;
    add_exact(m, strbuf_str(&m->normal), slug);
    if (m->hit_count == 0 && slug.len > NAME_SHORT) {
        find_core(m);
        add_core(m, slug);
    }
    return m->hit_count > 0;
}

/* "https://www.mouser.se/manufacturer/stmicroelectronics/" */
static void match_address(struct name_matcher *m, struct str cell) {
    ptrdiff_t scheme = str_find(cell, STR_LIT("://"));
    struct str rest = scheme < 0 ? cell : str_skip(cell, (size_t)scheme + 3);
    struct str host, slug;
    if (!str_split(&rest, '/', &host))
        return;
    while (rest.ptr != NULL && str_split(&rest, '/', &slug))
        if (match_slug(m, slug, ADDRESS_MIN))
            break;
    if (m->hit_count == 0)
        (void)match_slug(m, host_name(host), 2);
    for (size_t i = 0; i < m->hit_count; i++)
        m->hits[i].confidence = MAKER_PROBABLE;
    place_from(m, 0, NAME_ADDRESS);
}

/* ---- a whole cell ---- */

/* "Mouser / Digi-Key" */
static bool all_distributors(struct name_matcher *m, struct str cell) {
    struct str piece;
    while (pieces_next(&cell, &piece)) {
        name_fold(&m->scratch, piece);
        if (!in_list(m, "distributor", strbuf_str(&m->scratch)))
            return false;
    }
    return true;
}

static enum name_state match_cell(struct name_matcher *m, struct str cell) {
    if (cell.len == 0)
        return NAME_NOT_GIVEN;
    if (match_known(m, cell))
        return NAME_FOUND;
    name_fold(&m->scratch, cell);
    if (m->scratch.len == 0 ||
        in_list(m, "placeholder", strbuf_str(&m->scratch)))
        return NAME_NOT_GIVEN;
    if (in_list(m, "distributor", strbuf_str(&m->scratch)) ||
        in_list(m, "distributor", strbuf_str(&m->normal)) ||
        all_distributors(m, cell))
        return NAME_DISTRIBUTOR;
    if (is_address(cell)) {
        match_address(m, cell);
        return m->hit_count > 0 ? NAME_FOUND : NAME_NOT_GIVEN;
    }
    match_pieces(m, cell);
    if (m->hit_count == 0)
        match_halves(m, cell);
    if (m->hit_count == 0)
        match_similar_pieces(m, cell);
    return m->hit_count > 0 ? NAME_FOUND : NAME_UNKNOWN;
}

/* What failed in the last call must not fail this one. */
static void start(struct name_matcher *m) {
    m->hit_count = 0;
    m->failed = false;
    strbuf_clear(&m->normal);
    strbuf_clear(&m->core);
    strbuf_clear(&m->scratch);
}

static bool memory_held(const struct name_matcher *m) {
    return !m->failed && !m->normal.failed && !m->core.failed &&
           !m->scratch.failed;
}

bool name_match(struct name_matcher *matcher, struct str cell,
                struct name_match *out) {
    start(matcher);
    out->state = match_cell(matcher, str_trim(cell));
    out->hits = matcher->hits;
    out->count = matcher->hit_count;
    return memory_held(matcher);
}

/* ---- names inside other cells ---- */

static bool has_letter_and_digit(struct str word) {
    bool letter = false, digit = false;
    for (size_t i = 0; i < word.len; i++) {
        letter = letter || ascii_is_alpha(word.ptr[i]);
        digit = digit || ascii_is_digit(word.ptr[i]);
    }
    return letter && digit;
}

/* Blanks, and what else glues a brand to a model: "Micron_5300_MTFDDAK". */
static bool ends_word(char c) {
    return ascii_is_space(c) || c == '_' || c == ',' || c == ':' || c == ';';
}

static size_t word_end(struct str text, size_t at) {
    while (at < text.len && !ends_word(text.ptr[at]))
        at++;
    return at;
}

static size_t word_start(struct str text, size_t at) {
    while (at < text.len && ends_word(text.ptr[at]))
        at++;
    return at;
}

static bool is_long(struct str name) {
    size_t characters = utf8_count(name);
    return name.len > characters ? characters >= 2 : characters >= LEADING_SURE;
}

/* Does a part number stand in front of `rest`? A description goes on with
   much else: "Linear 3.3V regulator" names nobody. */
static bool starts_with_part(struct str rest, bool prose) {
    struct str next = str_take(rest, word_end(rest, 0));
    if (next.len < (prose ? PROSE_PART_MIN : PART_MIN))
        return false;
    return has_letter_and_digit(next) && !(prose && ascii_is_digit(*next.ptr));
}

/* @return true when `head` is a name; then it is decided whether it counts. */
static bool is_head(struct name_matcher *m, struct str head, struct str rest,
                    bool prose, bool *counts) {
    m->hit_count = 0;
    read_name(m, head);
    if (m->normal.len == 0)
        return false;
    add_exact(m, strbuf_str(&m->normal), head);
    if (m->hit_count == 0)
        return false;
    bool part = starts_with_part(rest, prose);
    bool long_name = is_long(strbuf_str(&m->normal));
    if (!part || !long_name)
        m->hits[0].confidence = MAKER_PROBABLE;
    /* "ARM STM32F405" in a description is a word about the core. */
    *counts =
        m->hit_count == 1 && (prose ? part && long_name : part || long_name);
    return true;
}

/* The longest name decides: "Samsung Electro-Mechanics" is not Samsung. */
int name_match_leading(struct name_matcher *matcher, struct str cell,
                       bool prose, struct name_hit *out, struct str *rest) {
    struct str text = str_trim(cell);
    size_t ends[LEADING_WORDS_MAX], count = 0;
    start(matcher);
    for (size_t at = 0; count < LEADING_WORDS_MAX && at < text.len;) {
        ends[count] = word_end(text, at);
        at = word_start(text, ends[count++]);
    }
    bool counts = false;
    while (count-- > 0) {
        *rest = str_skip(text, word_start(text, ends[count]));
        if (is_head(matcher, str_take(text, ends[count]), *rest, prose,
                    &counts))
            break;
    }
    if (!memory_held(matcher))
        return -1;
    if (!counts)
        return 0;
    *out = matcher->hits[0];
    out->place = NAME_LEADING;
    return 1;
}

static bool stands_alone(struct str text, size_t at, size_t len) {
    bool before = at == 0 || text.ptr[at - 1] == ' ' ||
                  (unsigned char)text.ptr[at] >= 0x80;
    bool after = at + len == text.len || text.ptr[at + len] == ' ' ||
                 (unsigned char)text.ptr[at] >= 0x80;
    return before && after;
}

static bool has_words(struct str text, struct str words) {
    for (size_t at = 0; at + words.len <= text.len;) {
        ptrdiff_t found = str_find(str_skip(text, at), words);
        if (found < 0)
            return false;
        at += (size_t)found;
        if (stands_alone(text, at, words.len))
            return true;
        at++;
    }
    return false;
}

bool name_mentioned(const struct ruleset *rules, uint32_t party,
                    struct str folded) {
    struct rules_run names = rules_party(rules, party)->names;
    for (uint32_t i = 0; i < names.count; i++) {
        const struct rules_name *name =
            rules_name(rules, rules_item(rules, names, i));
        struct str text = rules_str(rules, name->text);
        if (name->kind != RULES_NAME_NOT && is_distinctive(text) &&
            has_words(folded, text))
            return true;
    }
    return false;
}
