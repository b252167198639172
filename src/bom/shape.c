#include "bom/shape.h"

#include "core/utf8.h"

/* The longest designator list that is looked at, and the longest part number;
   a real one had 40 characters. */
#define SHAPE_LOOK_MAX 4096
#define SHAPE_MPN_MAX 64

bool shape_has_digit(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (ascii_is_digit(text.ptr[i]))
            return true;
    }
    return false;
}

bool shape_is_url(struct str cell) {
    if (cell.len < 5)
        return false;
    ptrdiff_t colon = str_find_char(str_take(cell, 16), ':');
    return (colon > 0 &&
            str_starts(str_skip(cell, (size_t)colon), STR_LIT("://"))) ||
           str_eq_nocase(str_take(cell, 4), STR_LIT("www."));
}

static size_t digits_at(struct str text, size_t at) {
    size_t end = at;
    while (end < text.len && ascii_is_digit(text.ptr[end]))
        end++;
    return end - at;
}

/* Digits with at most one point or comma among them; 0 when there are none. */
static size_t number_at(struct str text, size_t at) {
    size_t len = digits_at(text, at);
    if (at + len + 1 < text.len &&
        (text.ptr[at + len] == '.' || text.ptr[at + len] == ',') &&
        ascii_is_digit(text.ptr[at + len + 1]))
        len += 1 + digits_at(text, at + len + 1);
    return len;
}

bool shape_is_count(struct str cell) {
    size_t len = number_at(cell, 0);
    if (len == 0 || len > 12)
        return false;
    struct str unit = str_trim(str_skip(cell, len));
    if (unit.len > 6)
        return false;
    for (size_t i = 0; i < unit.len; i++) {
        if (!ascii_is_alpha(unit.ptr[i]) && unit.ptr[i] != '.')
            return false;
    }
    return unit.len == 0 || cell.ptr[len] == ' ';
}

bool shape_is_whole(struct str cell) {
    size_t at = digits_at(cell, 0), end = number_at(cell, 0);
    for (size_t i = at + 1; i < end; i++) {
        if (cell.ptr[i] != '0')
            return false;
    }
    return shape_is_count(cell);
}

bool shape_is_zero(struct str cell) {
    if (!shape_is_count(cell))
        return false;
    for (size_t i = 0; i < number_at(cell, 0); i++) {
        if (cell.ptr[i] >= '1' && cell.ptr[i] <= '9')
            return false;
    }
    return true;
}

bool shape_is_number(struct str cell) {
    bool digit = false;
    for (size_t i = 0; i < cell.len;) {
        uint32_t code;
        i += utf8_next(str_skip(cell, i), &code);
        if (code < 0x80 && ascii_is_alpha((char)code))
            return false;
        digit |= code < 0x80 && ascii_is_digit((char)code);
    }
    return digit;
}

/* Letters that a unit is made of, and the micro and ohm signs. */
static bool is_unit_code(uint32_t code) {
    static const char letters[] = "pnumkKMGRrFfHhzZVvAaWwOoJ%";
    if (code == 0xB5 || code == 0x3BC || code == 0x3A9 || code == 0x2126)
        return true;
    for (size_t i = 0; letters[i] != '\0'; i++) {
        if (code == (unsigned char)letters[i])
            return true;
    }
    return false;
}

#define UNIT_CODES_MAX 4 /* "kOhm", "mohm" */

static size_t unit_at(struct str text, size_t at) {
    size_t end = at;
    for (int i = 0; i < UNIT_CODES_MAX && end < text.len; i++) {
        uint32_t code;
        size_t taken = utf8_next(str_skip(text, end), &code);
        if (!is_unit_code(code))
            break;
        end += taken;
    }
    return end - at;
}

static bool ends_value(struct str text, size_t at) {
    static const char ends[] = " /,;_(@+\t\n";
    if (at >= text.len)
        return true;
    for (size_t i = 0; ends[i] != '\0'; i++) {
        if (text.ptr[at] == ends[i])
            return true;
    }
    return false;
}

/* "1N4148" and "2N7002" begin like a value: after the unit of "4u7" only a
   few digits follow. */
#define VALUE_TAIL_MAX 2
#define VALUE_FRACTION_MAX 4 /* "0R0015" */

/* "0805 12pF": the size stands before the value. */
static size_t size_at(struct str text) {
    size_t digits = digits_at(text, 0);
    bool is_size = (digits == 4 || digits == 5) && digits + 1 < text.len &&
                   text.ptr[digits] == ' ';
    return is_size ? digits + 1 : 0;
}

static bool is_bare_value(struct str cell) {
    size_t at = 0;
    while (at < cell.len && (cell.ptr[at] == '+' || cell.ptr[at] == '<' ||
                             cell.ptr[at] == '.' || cell.ptr[at] == '~'))
        at++;
    size_t number = number_at(cell, at);
    if (number == 0 || number > 7)
        return false;
    at += number;
    if (ends_value(cell, at) && at < cell.len && cell.ptr[at] == ' ')
        at++;
    size_t unit = unit_at(cell, at);
    at += unit;
    size_t tail = unit != 0 ? digits_at(cell, at) : 0;
    bool fraction = number == 1 && cell.ptr[at - unit - 1] == '0';
    if (tail > (fraction ? VALUE_FRACTION_MAX : VALUE_TAIL_MAX))
        return false;
    at += tail;
    at += tail != 0 ? unit_at(cell, at) : 0;
    return ends_value(cell, at);
}

bool shape_is_value(struct str cell) {
    size_t size = size_at(cell);
    return is_bare_value(cell) ||
           (size != 0 && is_bare_value(str_skip(cell, size)));
}

bool shape_is_rule(struct str cell) {
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.ptr[i];
        if (c != '-' && c != '_' && c != '=' && c != '*' && c != '.' &&
            c != '+' && !ascii_is_space(c))
            return false;
    }
    return cell.len >= 3;
}

struct letter_count {
    size_t letters, digits, blanks, others, lower_run, wide;
};

static void count_ascii(struct letter_count *count, char c, size_t *run) {
    if (ascii_is_lower(c)) {
        (*run)++;
        count->lower_run = *run > count->lower_run ? *run : count->lower_run;
    } else {
        *run = 0;
    }
    if (ascii_is_alpha(c))
        count->letters++;
    else if (ascii_is_digit(c))
        count->digits++;
    else if (ascii_is_space(c))
        count->blanks++;
    else
        count->others++;
}

static struct letter_count count_letters(struct str cell) {
    struct letter_count count = {.letters = 0};
    size_t run = 0;
    for (size_t i = 0; i < cell.len; i++) {
        if ((unsigned char)cell.ptr[i] >= 0x80)
            count.wide += ((unsigned char)cell.ptr[i] & 0xC0) != 0x80;
        else
            count_ascii(&count, cell.ptr[i], &run);
    }
    return count;
}

bool shape_is_name(struct str cell) {
    if (cell.len < 2 || cell.len > 60 || shape_is_url(cell))
        return false;
    struct letter_count count = count_letters(cell);
    return count.letters + count.wide >= 2 && count.blanks <= 6 &&
           count.digits * 3 <= count.letters + count.wide;
}

bool shape_is_pair(struct str cell) {
    ptrdiff_t blank = str_find_char(cell, ' ');
    if (blank < 2)
        return false;
    struct letter_count head = count_letters(str_take(cell, (size_t)blank));
    struct letter_count tail = count_letters(str_skip(cell, (size_t)blank));
    return head.digits == 0 && head.letters + head.wide >= 2 &&
           tail.digits >= 2;
}

bool shape_is_prose(struct str cell) {
    struct letter_count count = count_letters(str_take(cell, SHAPE_LOOK_MAX));
    return (count.blanks >= 2 || count.wide >= 4) &&
           count.letters + count.wide >= 6 && !shape_is_url(cell);
}

static bool separates_designators(char c) {
    return c == ',' || c == ';' || c == '/' || c == '|' || ascii_is_space(c);
}

static bool is_designator_word(struct bom_words *words, struct str letters) {
    if (letters.len == 0 || letters.len > 6)
        return false;
    if (letters.len <= 2)
        return true;
    char lower[8];
    for (size_t i = 0; i < letters.len; i++)
        lower[i] = ascii_lower(letters.ptr[i]);
    return words_in(words, LIST_REFDES, (struct str){lower, letters.len});
}

/* "C1", "IC11A", "U14_1", "C1-C10", "REF**", "U?", Eagle's "U$1"; "7" only
   after another. */
static bool is_designator(struct bom_words *words, struct str word,
                          bool after) {
    size_t at = 0;
    while (at < word.len && ascii_is_alpha(word.ptr[at]))
        at++;
    if (at == 0 && !after)
        return false;
    if (at != 0 && !is_designator_word(words, str_take(word, at)))
        return false;
    struct str rest = str_skip(word, at);
    if (at != 0 && str_starts(rest, STR_LIT("$")))
        rest = str_skip(rest, 1);
    if (str_eq(rest, STR_LIT("**")) || str_eq(rest, STR_LIT("?")))
        return true;
    size_t digits = digits_at(rest, 0);
    if (digits == 0 || digits > 5)
        return false;
    rest = str_skip(rest, digits);
    return rest.len <= 2 || rest.ptr[0] == '-' || rest.ptr[0] == '.' ||
           rest.ptr[0] == '_';
}

/* The dash of "R1 - R16". */
static bool joins_designators(struct str cell, size_t at, size_t end) {
    struct str word = {cell.ptr + at, end - at};
    return str_eq(word, STR_LIT("-")) || str_eq(word, STR_LIT("\xe2\x80\x93"));
}

bool shape_is_refdes(struct bom_words *words, struct str cell) {
    size_t good = 0, all = 0;
    cell = str_take(cell, SHAPE_LOOK_MAX);
    for (size_t at = 0; at < cell.len;) {
        size_t end = at;
        while (end < cell.len && !separates_designators(cell.ptr[end]))
            end++;
        if (end > at && !joins_designators(cell, at, end)) {
            struct str word = {cell.ptr + at, end - at};
            bool is_one = is_designator(words, word, good != 0);
            if (all == 0 && !is_one)
                return false;
            all++;
            good += is_one;
        }
        at = end + 1;
    }
    return good != 0 && good * 10 >= all * 7;
}

size_t shape_count_designators(struct str cell) {
    size_t count = 0;
    for (size_t i = 0; i < cell.len; i++)
        count += !separates_designators(cell.ptr[i]) &&
                 (i == 0 || separates_designators(cell.ptr[i - 1]));
    return count;
}

/* The first run of letters, lower case: "tssop" of "TSSOP-24_4.4x7.8mm". */
static bool begins_like(struct bom_words *words, struct str cell,
                        enum bom_list list) {
    char lower[16];
    size_t len = 0;
    while (len < sizeof(lower) && len < cell.len &&
           ascii_is_alpha(cell.ptr[len])) {
        lower[len] = ascii_lower(cell.ptr[len]);
        len++;
    }
    return len != 0 && len < sizeof(lower) &&
           words_in(words, list, (struct str){lower, len});
}

/* A library's own name: "Conn_01x03", "Header 5"; "stm32f205" is a part. */
static bool is_spelt_out(struct str cell, const struct letter_count *count) {
    if (count->lower_run < 3)
        return false;
    for (size_t i = 0; i < cell.len; i++) {
        if (ascii_is_upper(cell.ptr[i]) || ascii_is_space(cell.ptr[i]) ||
            cell.ptr[i] == '_')
            return true;
    }
    return count->digits < 2 || count->lower_run > 5;
}

bool shape_is_digikey(struct str cell) {
    return cell.len > 5 && str_ends(cell, STR_LIT("-ND"));
}

/* JLCPCB and LCSC: "C14663". */
static bool is_lcsc(struct str cell) {
    return cell.len >= 4 && cell.len <= 12 && cell.ptr[0] == 'C' &&
           digits_at(cell, 1) == cell.len - 1;
}

enum shape_mpn shape_mpn(struct bom_words *words, struct str cell) {
    if (cell.len < 4 || cell.len > SHAPE_MPN_MAX || shape_is_url(cell) ||
        shape_is_digikey(cell) || is_lcsc(cell))
        return SHAPE_NO_MPN;
    struct letter_count count = count_letters(cell);
    size_t key = count.letters + count.digits;
    if (count.digits == 0 || key < 4 || count.blanks > 5 || count.wide > 2 ||
        shape_is_value(cell))
        return SHAPE_NO_MPN;
    if (begins_like(words, cell, LIST_PACKAGE) ||
        begins_like(words, cell, LIST_SYMBOL))
        return SHAPE_NO_MPN;
    if (shape_is_refdes(words, cell) && (key < 5 || count.blanks != 0))
        return SHAPE_NO_MPN;
    if (count.letters == 0)
        return key >= 6 ? SHAPE_MAYBE_MPN : SHAPE_NO_MPN;
    if (count.blanks > 3 && count.lower_run >= 3)
        return SHAPE_NO_MPN;
    if (key < 5 || count.digits < 2 || count.blanks > 3 ||
        is_spelt_out(cell, &count) ||
        (key <= 5 && begins_like(words, cell, LIST_REFDES)))
        return SHAPE_MAYBE_MPN;
    return SHAPE_MPN;
}

bool shape_is_damaged(struct str cell) {
    size_t at = number_at(cell, 0);
    if (at == 0 || at + 3 > cell.len ||
        (cell.ptr[at] != 'E' && cell.ptr[at] != 'e') || cell.ptr[at + 1] != '+')
        return false;
    size_t digits = digits_at(cell, at + 2);
    return digits != 0 && at + 2 + digits == cell.len;
}

/* English: that is how spreadsheets show them in most CSV files. */
static bool is_month(struct str text) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (text.len != 3)
        return false;
    for (size_t i = 0; names[i] != '\0'; i += 3) {
        if (str_eq_nocase(text, (struct str){names + i, 3}))
            return true;
    }
    return false;
}

bool shape_is_date(struct str cell) {
    size_t digits = digits_at(cell, 0);
    if (digits == 4)
        return (cell.len == 10 || (cell.len > 10 && cell.ptr[10] == ' ')) &&
               cell.ptr[4] == '-' && digits_at(cell, 5) == 2 &&
               cell.ptr[7] == '-' && digits_at(cell, 8) == 2;
    if (digits == 1 || digits == 2) { /* "12-Mar", "12-Mar-21" */
        struct str rest = str_skip(cell, digits);
        return str_starts(rest, STR_LIT("-")) &&
               is_month(str_take(str_skip(rest, 1), 3)) &&
               (rest.len == 4 ||
                (rest.ptr[4] == '-' && rest.len > 5 &&
                 digits_at(rest, 5) == rest.len - 5 && rest.len <= 9));
    }
    return digits == 0 && cell.len == 6 && cell.ptr[3] == '-' &&
           is_month(str_take(cell, 3)) && digits_at(cell, 4) == 2;
}

bool shape_is_sheet_error(struct str cell) {
    if (cell.len < 4 || cell.len > 12 || cell.ptr[0] != '#')
        return false;
    char last = cell.ptr[cell.len - 1];
    return last == '!' || last == '?' || str_eq(cell, STR_LIT("#N/A"));
}

/* Mouser: two or three digits for the maker, then the part number. */
static size_t mouser_prefix(struct str cell) {
    size_t digits = digits_at(cell, 0);
    return (digits == 2 || digits == 3) && cell.len > digits + 4 &&
                   cell.ptr[digits] == '-'
               ? digits + 1
               : 0;
}

bool shape_is_distributor_pn(struct str cell) {
    if (shape_is_digikey(cell) || is_lcsc(cell))
        return true;
    size_t prefix = mouser_prefix(cell);
    return prefix != 0 && cell.len < 40 &&
           count_letters(str_skip(cell, prefix)).letters != 0 &&
           !ascii_is_space(cell.ptr[prefix]);
}

/* Digi-Key builds numbers of its own out of a value: "311-10.0KLRCT-ND" and
   "311-10.0HRCT-ND", but not "25LC640AT-E/SNCT-ND". */
static bool is_made_of_value(struct str text) {
    size_t at = number_at(text, 0);
    if (at == 0)
        return false;
    while (at < text.len && ascii_is_alpha(text.ptr[at]))
        at++;
    return at == text.len;
}

/* "557-MT41K64M16-ND" has the distributor's number of the maker before it. */
static struct str inside_digikey(struct str cell) {
    struct str inside = str_take(cell, cell.len - 3);
    size_t digits = digits_at(inside, 0);
    bool prefixed = digits >= 2 && digits <= 4 && digits < inside.len &&
                    inside.ptr[digits] == '-';
    return prefixed ? str_skip(inside, digits + 1) : inside;
}

struct str shape_mpn_inside(struct bom_words *words, struct str cell) {
    struct str inside = shape_is_digikey(cell)
                            ? inside_digikey(cell)
                            : str_skip(cell, mouser_prefix(cell));
    struct letter_count count = count_letters(inside);
    bool is_whole = inside.len == cell.len; /* TME sells under the maker's */
    if (inside.len < 8 || is_made_of_value(inside) ||
        shape_mpn(words, inside) != SHAPE_MPN || count.digits < 3 ||
        (is_whole && (is_lcsc(cell) || count.letters < 3)))
        return STR_EMPTY;
    return inside;
}
