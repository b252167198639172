#include "bom/cells.h"

#include "bom/shape.h"

#define CELLS_TEXT_MAX 96      /* longer cells are no names */
#define NOT_FITTED_SHORT_MAX 8 /* "n.c.", in any script */

void cells_dispose(struct cells *cells) { memo_dispose(&cells->memo); }

unsigned cells_ask(struct cells *cells, enum cell_question question,
                   struct str cell,
                   unsigned (*answer)(struct cells *, struct str)) {
    uint32_t known;
    if (memo_find(&cells->memo, question, cell, &known))
        return known;
    known = answer(cells, cell);
    memo_keep(&cells->memo, question, cell, known);
    return known;
}

/* Signs that fold to nothing: a circle is a yes in Japan. */
static bool is_tick(struct str cell) {
    static const struct str ticks[] = {
        {"\u25cb", 3}, {"\u25cf", 3}, {"\u25ef", 3}, {"\u25ce", 3},
        {"\u3007", 3}, {"\u2713", 3}, {"\u2714", 3}, {"\u2611", 3},
        {"\u221a", 3}, {"\u25a0", 3}, {"\u2b55", 3},
    };
    for (size_t i = 0; i < ARRAY_LEN(ticks); i++) {
        if (str_eq(cell, ticks[i]))
            return true;
    }
    return false;
}

static unsigned look_up(struct cells *cells, struct str cell) {
    static const struct {
        enum bom_list list;
        enum cell_kind kind;
    } kinds[] = {
        {LIST_PLACEHOLDER, CELL_PLACEHOLDER},
        {LIST_NOT_FITTED, CELL_NOT_FITTED},
        {LIST_NOT_FITTED_SHORT, CELL_NOT_FITTED_SHORT},
        {LIST_NO, CELL_NO},
        {LIST_YES, CELL_YES},
        {LIST_DISTRIBUTOR, CELL_DISTRIBUTOR},
    };
    unsigned found = 0;
    struct str folded = words_fold(cells->words, cell);
    if (folded.len == 0) /* "~~", "-", "?" */
        return is_tick(cell) ? CELL_YES : CELL_PLACEHOLDER;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (words_in(cells->words, kinds[i].list, folded))
            found |= (unsigned)kinds[i].kind;
    }
    return found;
}

unsigned cells_kinds(struct cells *cells, struct str cell) {
    if (cell.len == 0 || shape_is_url(cell))
        return CELL_PLACEHOLDER;
    if (cell.len > CELLS_TEXT_MAX)
        return 0;
    return cells_ask(cells, CELL_ASK_KINDS, cell, look_up);
}

static unsigned look_up_maker(struct cells *cells, struct str cell) {
    return words_is_maker(cells->words, cell);
}

bool cells_is_maker(struct cells *cells, struct str cell) {
    return cell.len != 0 && cell.len <= CELLS_TEXT_MAX &&
           cells_ask(cells, CELL_ASK_KNOWN_MAKER, cell, look_up_maker) != 0;
}

static unsigned look_up_zeros(struct cells *cells, struct str maker) {
    return words_leading_zeros(cells->words, maker);
}

uint32_t cells_leading_zeros(struct cells *cells, struct str maker) {
    return cells_ask(cells, CELL_ASK_ZEROS, maker, look_up_zeros);
}

bool cells_unwrap(struct cells *cells, struct str cell, struct str *inside) {
    ptrdiff_t open = str_find_char(cell, '(');
    if (open < 2 || open > 8 || !str_ends(cell, STR_LIT(")")))
        return false;
    struct str word = str_trim(str_take(cell, (size_t)open));
    if (!str_eq_nocase(word, STR_LIT("NA")) &&
        (cells_kinds(cells, word) &
         (CELL_NOT_FITTED | CELL_NOT_FITTED_SHORT)) == 0)
        return false;
    struct str rest = str_skip(cell, (size_t)open + 1);
    *inside = str_trim(str_take(rest, rest.len - 1));
    return inside->len != 0;
}

static bool is_letter_at(struct str text, size_t at) {
    return at < text.len && ascii_is_alpha(text.ptr[at]);
}

bool cells_mention_not_fitted(struct cells *cells, struct str cell) {
    if (cell.len > CELLS_TEXT_MAX)
        return false;
    if (!shape_has_digit(cell) &&
        (cells_kinds(cells, cell) & CELL_NOT_FITTED) != 0)
        return true;
    for (size_t at = 0; at < cell.len;) {
        size_t end = at;
        while (is_letter_at(cell, end))
            end++;
        bool whole = (at == 0 || !ascii_is_digit(cell.ptr[at - 1])) &&
                     (end == cell.len || !ascii_is_digit(cell.ptr[end]));
        if (whole && end - at >= 3 && end - at <= 12 && end - at < cell.len &&
            (cells_kinds(cells, (struct str){cell.ptr + at, end - at}) &
             CELL_NOT_FITTED) != 0)
            return true;
        at = end + 1;
    }
    return false;
}

bool cells_says_short(struct cells *cells, struct str cell) {
    return cell.len <= NOT_FITTED_SHORT_MAX &&
           words_has(cells->words, LIST_NOT_FITTED_SHORT, cell);
}

bool cells_may_be_unfitted(struct cells *cells, struct str cell) {
    struct str inside;
    return cells_says_short(cells, cell) ||
           cells_mention_not_fitted(cells, cell) ||
           cells_unwrap(cells, cell, &inside);
}

static bool blank_at(struct str text, size_t at) {
    return at < text.len && ascii_is_space(text.ptr[at]);
}

/* Length of the separator at `at`; 0 when there is none. "VISHAY/DALE" is one
   maker and "BSS138PW,115" one part number. */
static size_t separator_at(struct str cell, size_t at) {
    static const struct str words[] = {
        {" or ", 4}, {"_or_", 4}, {" OR ", 4}, {" oder ", 6}};
    char c = cell.ptr[at];
    if (ascii_is_alnum(c))
        return 0;
    if (c == '\n' || c == '\r' || c == '~' || c == ';' || c == '|')
        return 1;
    if (c == '/' && at != 0 && blank_at(cell, at - 1) && blank_at(cell, at + 1))
        return 1;
    for (size_t i = 0; (c == ' ' || c == '_') && i < ARRAY_LEN(words); i++) {
        if (str_starts(str_skip(cell, at), words[i]))
            return words[i].len;
    }
    return 0;
}

size_t cells_split(struct str cell, struct str pieces[CELL_PIECES_MAX]) {
    size_t count = 0, begin = 0;
    for (size_t at = 0; at <= cell.len && count < CELL_PIECES_MAX; at++) {
        bool last = at == cell.len || count + 1 == CELL_PIECES_MAX;
        size_t len = at == cell.len ? 1 : separator_at(cell, at);
        if (len == 0 && !last)
            continue;
        size_t end = last ? cell.len : at;
        struct str piece =
            str_trim(str_take(str_skip(cell, begin), end - begin));
        if (piece.len != 0)
            pieces[count++] = piece;
        if (last)
            break;
        begin = at + len;
        at = begin - 1;
    }
    if (count == 0)
        pieces[count++] = STR_EMPTY;
    return count;
}

/* A suffix has fewer: the "115" of "BSS138PW,115", the "L75" of
   "K4S561632C-TC/L75". */
#define WHOLE_MPN_MIN 8
/* "CDRH2D18/HPNP-4R7NC" and "WPM1481-6/TR(DFN2X2-6L)" are one number each. */
#define SLASHED_MPN_MIN 10

static bool is_whole_mpn(struct cells *cells, struct str piece, size_t least) {
    bool letter = false;
    for (size_t i = 0; i < piece.len; i++) {
        if (ascii_is_space(piece.ptr[i]))
            return false;
        letter |= ascii_is_alpha(piece.ptr[i]);
    }
    return piece.len >= least && letter &&
           shape_mpn(cells->words, piece) == SHAPE_MPN;
}

static size_t split_at(struct str cell, char separator,
                       struct str pieces[CELL_PIECES_MAX]) {
    size_t count = 0;
    while (count + 1 < CELL_PIECES_MAX) {
        ptrdiff_t at = str_find_char(cell, separator);
        if (at < 0)
            break;
        pieces[count++] = str_trim(str_take(cell, (size_t)at));
        cell = str_skip(cell, (size_t)at + 1);
    }
    pieces[count++] = str_trim(cell);
    return count;
}

size_t cells_split_mpns(struct cells *cells, struct str cell,
                        struct str pieces[CELL_PIECES_MAX]) {
    static const struct {
        char separator;
        size_t least;
    } ways[] = {{',', WHOLE_MPN_MIN}, {'/', SLASHED_MPN_MIN}};
    for (size_t s = 0; s < ARRAY_LEN(ways); s++) {
        size_t count = split_at(cell, ways[s].separator, pieces), good = 0;
        while (count > 1 && good < count &&
               is_whole_mpn(cells, pieces[good], ways[s].least))
            good++;
        if (count > 1 && good == count)
            return count;
    }
    pieces[0] = cell;
    return 1;
}

size_t cells_split_makers(struct cells *cells, struct str cell,
                          struct str pieces[CELL_PIECES_MAX]) {
    static const char separators[] = {',', '/'};
    for (size_t s = 0; s < ARRAY_LEN(separators); s++) {
        size_t count = split_at(cell, separators[s], pieces), good = 0;
        while (good < count && cells_is_maker(cells, pieces[good]))
            good++;
        if (count > 1 && good == count)
            return count;
    }
    pieces[0] = cell;
    return 1;
}

#define BRACKET_MPN_MIN 8 /* "(TBGA100)" is a package */

/* "S4SOD-123" names one too. */
static bool names_package(const struct bom_words *words, struct str text) {
    char lower[16];
    for (size_t at = 0; at < text.len; at++) {
        size_t len = 0;
        while (is_letter_at(text, at) && len < sizeof(lower))
            lower[len++] = ascii_lower(text.ptr[at++]);
        if (len >= 3 && words_in(words, LIST_PACKAGE, (struct str){lower, len}))
            return true;
    }
    return false;
}

bool cells_split_brackets(struct cells *cells, struct str cell,
                          struct str *first, struct str *second) {
    ptrdiff_t open = str_find_char(cell, '(');
    if (open < 4 || !str_ends(cell, STR_LIT(")")))
        return false;
    struct str outside = str_trim(str_take(cell, (size_t)open));
    struct str inside = str_skip(cell, (size_t)open + 1);
    inside = str_trim(str_take(inside, inside.len - 1));
    if (inside.len < BRACKET_MPN_MIN || str_find_char(inside, '(') >= 0 ||
        str_find_char(inside, '_') >= 0 ||
        names_package(cells->words, inside) ||
        shape_mpn(cells->words, inside) != SHAPE_MPN ||
        shape_mpn(cells->words, outside) != SHAPE_MPN)
        return false;
    *first = outside;
    *second = inside;
    return true;
}

bool cells_split_maker(struct cells *cells, struct str cell, bool guess,
                       struct str *maker, struct str *mpn) {
    size_t known = 0, lettered = 0;
    *maker = STR_EMPTY;
    *mpn = cell;
    for (size_t at = 0; at < cell.len; at++) {
        if (!blank_at(cell, at) || str_trim(str_skip(cell, at)).len == 0)
            continue;
        struct str head = str_trim(str_take(cell, at));
        if (head.len != 0 && cells_is_maker(cells, head))
            known = at;
        if (head.len != 0 && !shape_has_digit(head))
            lettered = at;
    }
    size_t end = known != 0 || !guess ? known : lettered;
    if (end == 0)
        return false;
    *maker = str_trim(str_take(cell, end));
    *mpn = str_trim(str_skip(cell, end));
    return true;
}
