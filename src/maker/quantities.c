#include "maker/quantities.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "ruleset/name.h"

#define DIGITS_MAX 6      /* of a number in a description */
#define CLOCK_TOLERANCE 2 /* 933 MHz is half of 1866, 1066 of 2133 */
#define RATE_ALONE_MIN 1000
#define UNKNOWN UINT32_MAX /* a voltage of no memory */

bool quantities_init(struct quantity_reader *reader,
                     const struct ruleset *rules) {
    *reader = (struct quantity_reader){.rules = rules};
    return terms_init(&reader->units, rules, "unit/") &&
           terms_init(&reader->scales, rules, "scale/") &&
           terms_init(&reader->voltages, rules, "voltage/") &&
           terms_init(&reader->pins, rules, "voltage-of-others");
}

void quantities_dispose(struct quantity_reader *reader) {
    terms_dispose(&reader->units);
    terms_dispose(&reader->scales);
    terms_dispose(&reader->voltages);
    terms_dispose(&reader->pins);
    strbuf_dispose(&reader->lower);
    strbuf_dispose(&reader->name);
}

/* What an amount can mean; none of it where amounts disagree. */
struct choices {
    uint32_t of[2];
    size_t count;
    bool said, sure;
};

struct reading {
    struct quantity_reader *reader;
    struct str text;        /* as written */
    struct str lower;       /* the same length: lower case, '/' and '-' blank */
    struct rules_run sizes; /* in Mbit, or in MByte */
    bool in_bytes;          /* the category is sold by the byte */
    struct rules_run rates;
    struct choices large, small; /* densities in M or G; in K */
    uint32_t width, speed, voltage;
    bool widths, speeds, voltages; /* several: they say nothing */
};

/* ---- the tables of a category ---- */

static struct rules_run list_of(struct quantity_reader *reader,
                                const char *prefix, uint32_t category) {
    strbuf_clear(&reader->name);
    strbuf_add_text(&reader->name, prefix);
    strbuf_add_text(
        &reader->name,
        rules_text(reader->rules, rules_category(reader->rules, category)->id));
    if (reader->name.failed)
        reader->lower.failed = true;
    return rules_find_words(reader->rules, strbuf_str(&reader->name));
}

/* The nearest of the category and those above it that has sizes tells them. */
static void find_sizes(struct reading *r, uint32_t category) {
    const struct ruleset *rules = r->reader->rules;
    for (uint32_t c = category; c != RULES_NONE && r->sizes.count == 0;
         c = rules_category(rules, c)->parent) {
        r->sizes = list_of(r->reader, "density/", c);
        if (r->sizes.count > 0)
            return;
        r->sizes = list_of(r->reader, "capacity/", c);
        r->in_bytes = r->sizes.count > 0;
    }
}

static void find_rates(struct reading *r, uint32_t category) {
    const struct ruleset *rules = r->reader->rules;
    for (uint32_t c = category; c != RULES_NONE && r->rates.count == 0;
         c = rules_category(rules, c)->parent)
        r->rates = list_of(r->reader, "rate/", c);
}

static uint32_t item(const struct reading *r, struct rules_run run,
                     uint32_t i) {
    const struct ruleset *rules = r->reader->rules;
    return (uint32_t)str_number(rules_str(rules, rules_item(rules, run, i)));
}

/* ---- densities ---- */

static bool is_size(const struct reading *r, uint32_t mbit) {
    for (uint32_t i = 0; i < r->sizes.count; i++)
        if (mbit == item(r, r->sizes, i) * (r->in_bytes ? 8u : 1u))
            return true;
    return false;
}

static bool reaches_sizes(const struct reading *r, uint32_t mbit) {
    for (uint32_t i = 0; i < r->sizes.count; i++)
        if (item(r, r->sizes, i) > 0 && mbit >= item(r, r->sizes, i))
            return true;
    return false;
}

static void keep_common(struct choices *known, const struct choices *next) {
    size_t kept = 0;
    for (size_t i = 0; i < known->count; i++)
        for (size_t k = 0; k < next->count; k++)
            if (known->of[i] == next->of[k])
                known->of[kept++] = known->of[i];
    known->count = kept;
    known->sure = known->sure || next->sure;
}

static void add_choices(struct choices *known, const struct choices *next) {
    if (next->count == 0)
        return;
    if (known->said)
        keep_common(known, next);
    else
        *known = *next;
    known->said = true;
}

static void add_density(struct reading *r, char scale,
                        const struct choices *next) {
    add_choices(scale == 'K' ? &r->small : &r->large, next);
}

static uint32_t scaled(uint32_t number, char scale, uint32_t times) {
    uint64_t value = (uint64_t)number * times;
    if (scale == 'K')
        return value % 1024 == 0 ? (uint32_t)(value / 1024) : 0;
    if (scale != 'M')
        value *= scale == 'G' ? 1024u : 1024u * 1024u;
    return value > UINT32_MAX ? 0 : (uint32_t)value;
}

static void add_choice(struct choices *choices, uint32_t mbit) {
    if (mbit > 0)
        choices->of[choices->count++] = mbit;
}

/* Who writes bits of what is sold by the byte, or bytes of what is sold by the
   bit, may only have got the letter wrong. */
static void add_amount(struct reading *r, uint32_t number, char scale,
                       char letter) {
    struct choices next = {.count = 0};
    uint32_t bits = scaled(number, scale, 1);
    uint32_t bytes = scaled(number, scale, 8);
    if (bits == 0)
        return;
    bool may_be_bits = is_size(r, bits);
    bool may_be_bytes =
        r->in_bytes ? is_size(r, bytes) : reaches_sizes(r, bytes);
    if (may_be_bits && !(letter == 'B' && r->in_bytes))
        add_choice(&next, bits);
    if (may_be_bytes && !(letter == 'b' && !r->in_bytes))
        add_choice(&next, bytes);
    add_density(r, scale, &next);
}

static void add_sure(struct reading *r, uint32_t number, char scale,
                     uint32_t times) {
    struct choices next = {.sure = true};
    add_choice(&next, scaled(number, scale, times));
    add_density(r, scale, &next);
}

/* ---- other numbers ---- */

static void set_once(uint32_t *value, bool *several, uint32_t next) {
    if (*value != 0 && *value != next)
        *several = true;
    *value = next;
}

static bool is_rate(const struct reading *r, uint32_t mts, uint32_t *exact) {
    for (uint32_t i = 0; i < r->rates.count; i++) {
        uint32_t rate = item(r, r->rates, i);
        if (mts + CLOCK_TOLERANCE >= rate && mts <= rate + CLOCK_TOLERANCE) {
            *exact = rate;
            return true;
        }
    }
    return false;
}

/* "933MHz" is the clock of 1866 MT/s, "1866MHz" its rate miscalled. What can be
   both is a clock in GHz, and nothing for sure in MHz. */
static void add_clock(struct reading *r, uint32_t mhz, bool in_ghz) {
    uint32_t rate = 0, doubled = 0;
    bool may_be_rate = is_rate(r, mhz, &rate);
    bool may_be_clock = is_rate(r, mhz * 2, &doubled);
    if (may_be_clock && (in_ghz || !may_be_rate))
        set_once(&r->speed, &r->speeds, doubled);
    else if (may_be_rate && !may_be_clock)
        set_once(&r->speed, &r->speeds, rate);
}

/* ---- the text ---- */

static bool is_letter(struct str text) {
    uint32_t code = 0;
    if (text.len == 0)
        return false;
    if (ascii_is_alnum(text.ptr[0]))
        return true;
    utf8_next(text, &code);
    return (code >= 0xC0 && code < 0x250 && code != 0xD7) ||
           (code >= 0x370 && code < 0x530);
}

/* As the rules' words are folded, but each character as long as it was. */
static bool lower_text(struct quantity_reader *reader, struct str text) {
    struct strbuf *out = &reader->lower;
    strbuf_clear(out);
    while (text.len > 0 && !out->failed) {
        uint32_t code;
        size_t len = utf8_next(text, &code);
        struct str c = str_take(text, len);
        if (len == 1) {
            strbuf_add_char(out, c.ptr[0] == '/' || c.ptr[0] == '-'
                                     ? ' '
                                     : ascii_lower(c.ptr[0]));
        } else {
            name_fold(&reader->name, c);
            strbuf_add(out,
                       reader->name.len == len ? strbuf_str(&reader->name) : c);
            out->failed = out->failed || reader->name.failed;
        }
        text = str_skip(text, len);
    }
    return !out->failed;
}

static size_t skip_blanks(struct str text, size_t at) {
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    return at;
}

/* The longest term at `at`; `*end` is behind it. */
static const char *term_at(const struct terms *terms, struct str lower,
                           size_t at, bool whole, size_t *end) {
    const char *best = NULL;
    struct str rest = str_skip(lower, at);
    for (size_t len = 1; len <= rest.len && len <= terms->longest; len++) {
        const char *value = terms_get(terms, str_take(rest, len));
        if (value != NULL && !(whole && is_letter(str_skip(rest, len)))) {
            best = value;
            *end = at + len;
        }
    }
    return best;
}

/* "4", "1.35", "1,35": thousandths. */
struct number {
    uint32_t milli;
    size_t end;
};

static bool read_number(struct str text, size_t at, struct number *out) {
    uint64_t value = 0;
    size_t from = at;
    while (at < text.len && at - from <= DIGITS_MAX &&
           ascii_is_digit(text.ptr[at]))
        value = value * 10 + (uint64_t)(text.ptr[at++] - '0');
    if (at == from || at - from > DIGITS_MAX)
        return false;
    value *= 1000;
    if (at + 1 < text.len && (text.ptr[at] == '.' || text.ptr[at] == ',') &&
        ascii_is_digit(text.ptr[at + 1])) {
        uint32_t digit = 100;
        for (at++; at < text.len && ascii_is_digit(text.ptr[at]); at++) {
            value += (uint64_t)(text.ptr[at] - '0') * digit;
            digit /= 10;
        }
    }
    *out = (struct number){(uint32_t)value, at};
    return true;
}

static bool is_unit_at(const struct reading *r, size_t at, const char *unit,
                       size_t *end) {
    size_t behind = 0;
    at = skip_blanks(r->lower, at);
    const char *found = term_at(&r->reader->units, r->lower, at, true, &behind);
    if (found == NULL || strcmp(found, unit) != 0)
        return false;
    *end = behind;
    return true;
}

/* ---- voltages ---- */

static bool is_range_sign(uint32_t code) {
    return code == '~' || code == '-' || code == '/' || code == 0x2013 ||
           code == 0x223C || code == 0xFF5E;
}

/* "~", "-", "to" or "/" between two voltages. @return 0 without one. */
static size_t skip_range_sign(const struct reading *r, size_t at) {
    uint32_t code = 0;
    size_t end;
    at = skip_blanks(r->text, at);
    size_t len = utf8_next(str_skip(r->text, at), &code);
    if (is_range_sign(code))
        return skip_blanks(r->text, at + len);
    return is_unit_at(r, at, "range", &end) ? skip_blanks(r->text, end) : 0;
}

static const char *nominal_voltage(const struct reading *r, uint32_t low,
                                   uint32_t high) {
    char key[32];
    if (high == 0)
        snprintf(key, sizeof key, "%u", (unsigned)low);
    else
        snprintf(key, sizeof key, "%u %u", (unsigned)low, (unsigned)high);
    return terms_get(&r->reader->voltages, str_from(key));
}

static void add_voltage(struct reading *r, const char *nominal) {
    set_once(&r->voltage, &r->voltages,
             nominal == NULL ? UNKNOWN
                             : (uint32_t)str_number(str_from(nominal)));
}

/* Does the word before `at` name a pin that is not the supply: "VPP 2.5V"? */
static bool is_other_pin(const struct reading *r, size_t at) {
    while (at > 0 &&
           (r->lower.ptr[at - 1] == ' ' || r->lower.ptr[at - 1] == '=' ||
            r->lower.ptr[at - 1] == ':'))
        at--;
    size_t from = at;
    while (from > 0 && ascii_is_alpha(r->lower.ptr[from - 1]))
        from--;
    struct str word = str_take(str_skip(r->lower, from), at - from);
    return terms_get(&r->reader->pins, word) != NULL;
}

/* "1.35V", "2.7V~3.6V", "2.7-3.6 V"; not the 96 of "FBGA-96 / 1.35V". */
static size_t read_voltage(struct reading *r, size_t at,
                           const struct number *first) {
    struct number second;
    size_t end = first->end, last;
    bool volts = is_unit_at(r, first->end, "V", &end);
    size_t next = skip_range_sign(r, end);
    if (next > 0 && read_number(r->text, next, &second) &&
        is_unit_at(r, second.end, "V", &last)) {
        const char *nominal = nominal_voltage(r, first->milli, second.milli);
        if (nominal != NULL || volts) {
            add_voltage(r, nominal);
            return last;
        }
    }
    if (!volts)
        return 0;
    if (!is_other_pin(r, at))
        add_voltage(r, nominal_voltage(r, first->milli, 0));
    return end;
}

/* ---- speeds ---- */

static size_t read_speed(struct reading *r, const struct number *number) {
    size_t end;
    if (is_unit_at(r, number->end, "MHz", &end))
        add_clock(r, number->milli / 1000, false);
    else if (is_unit_at(r, number->end, "GHz", &end))
        add_clock(r, number->milli, true);
    else if (is_unit_at(r, number->end, "MT", &end) && r->rates.count > 0)
        set_once(&r->speed, &r->speeds, number->milli / 1000);
    else if (!is_unit_at(r, number->end, "other", &end))
        return 0;
    return end;
}

/* "DDR3-1600": a number alone. */
static void read_rate(struct reading *r, const struct number *number) {
    uint32_t exact;
    if (number->milli >= RATE_ALONE_MIN * 1000 &&
        is_rate(r, number->milli / 1000, &exact) &&
        exact == number->milli / 1000)
        set_once(&r->speed, &r->speeds, exact);
}

/* ---- densities and widths ---- */

static size_t times_at(struct str text, size_t at) {
    uint32_t code = 0;
    size_t len = utf8_next(str_skip(text, at), &code);
    bool times = code == 'x' || code == 'X' || code == '*' || code == 0xD7 ||
                 code == 0x445 || code == 0x425;
    return times ? len : 0;
}

/* The width behind the 'x' of "512Mx8" and "256M x 16"; `*at` moves behind. */
static uint32_t width_at(const struct reading *r, size_t *at) {
    static const unsigned char widths[] = {1, 4, 8, 9, 16, 18, 32, 36, 64, 72};
    struct number number;
    size_t next = skip_blanks(r->lower, *at);
    size_t times = times_at(r->text, next);
    if (times == 0)
        return 0;
    next = skip_blanks(r->lower, next + times);
    if (!read_number(r->text, next, &number))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        if (number.milli == widths[i] * 1000u) {
            *at = number.end;
            return widths[i];
        }
    }
    return 0;
}

/* What follows "4G": 'b' or 'B' alone, '-' for none, NUL for other letters. */
static char letter_at(const struct reading *r, size_t *at) {
    uint32_t code = 0;
    struct str rest = str_skip(r->text, *at);
    size_t len = utf8_next(rest, &code);
    bool bits = code == 'b' || code == 0x431;
    bool bytes = code == 'B' || code == 0x411;
    if (!bits && !bytes) {
        bool decimal =
            rest.len > 1 && rest.ptr[0] == '.' && ascii_is_digit(rest.ptr[1]);
        return is_letter(rest) || decimal ? '\0' : '-';
    }
    rest = str_skip(rest, len);
    if (is_letter(rest) ||
        (rest.len > 1 && rest.ptr[0] == '/' && ascii_lower(rest.ptr[1]) == 's'))
        return '\0';
    *at += len;
    return bits ? 'b' : 'B';
}

/* Behind "1M x 16": the 4 of "bit x 4 Banks", `*at` moves behind; else 1. */
static uint32_t banks_at(const struct reading *r, size_t *at) {
    struct number number;
    size_t end = *at, next;
    if (!is_unit_at(r, *at, "bit", &end)) {
        end = skip_blanks(r->lower, *at);
        letter_at(r, &end);
    }
    next = skip_blanks(r->lower, end);
    size_t times = times_at(r->text, next);
    if (times == 0 ||
        !read_number(r->text, skip_blanks(r->lower, next + times), &number) ||
        !is_unit_at(r, number.end, "bank", &end) || number.milli > 64000)
        return 1;
    *at = end;
    return number.milli / 1000;
}

/* Are "512Mb x 8" words of eight bits, and not 512 Mbit, eight bits wide? */
static bool is_organised(const struct reading *r, uint32_t number, char scale,
                         bool has_unit, uint32_t bits) {
    uint32_t all = scaled(number, scale, bits);
    bool fits = all == 0 || is_size(r, all);
    bool fits_alone = is_size(r, scaled(number, scale, 1));
    return has_unit ? fits && !fits_alone : fits || !fits_alone;
}

/* Behind the "bit" of "128Mbitx16". */
static size_t skip_unit_glued(const struct reading *r, size_t at) {
    size_t end = at;
    const char *unit = term_at(&r->reader->units, r->lower, at, false, &end);
    bool bits = unit != NULL && strcmp(unit, "bit") == 0;
    return bits && times_at(r->text, end) > 0 ? end : at;
}

/* "256Mx16", "1 Mb x 16 b x 4 Banks". */
static size_t read_organisation(struct reading *r, uint32_t number, char scale,
                                size_t at) {
    size_t end = skip_unit_glued(r, at);
    bool has_unit =
        end > at || is_unit_at(r, at, "bit", &end) || letter_at(r, &end) == 'b';
    if (has_unit)
        at = end;
    uint32_t width = width_at(r, &at);
    uint32_t bits = width * banks_at(r, &at);
    if (width == 0 || !is_organised(r, number, scale, has_unit, bits))
        return 0;
    add_sure(r, number, scale, bits);
    set_once(&r->width, &r->widths, width);
    return at;
}

static size_t read_amount(struct reading *r, const struct number *number) {
    uint32_t amount = number->milli / 1000;
    size_t end, at = skip_blanks(r->lower, number->end);
    const char *scale = term_at(&r->reader->scales, r->lower, at, false, &at);
    if (scale == NULL || number->milli % 1000 != 0)
        return 0;
    end = read_organisation(r, amount, scale[0], at);
    if (end > 0)
        return end;
    end = at;
    if (is_unit_at(r, at, "bit", &end)) {
        add_sure(r, amount, scale[0], 1);
    } else if (is_unit_at(r, at, "byte", &end)) {
        add_sure(r, amount, scale[0], 8);
    } else {
        char letter = letter_at(r, &end);
        if (letter == '\0')
            return 0;
        add_amount(r, amount, scale[0], letter);
    }
    return end;
}

/* Is the word that ends at `at` a number alone, as in "9 x 14 mm"? */
static bool is_number_before(struct str text, size_t at) {
    bool digits = false;
    while (at > 0 && text.ptr[at - 1] == ' ')
        at--;
    while (at > 0 &&
           (ascii_is_digit(text.ptr[at - 1]) || text.ptr[at - 1] == '.'))
        digits = ascii_is_digit(text.ptr[--at]);
    return digits && (at == 0 || !ascii_is_alnum(text.ptr[at - 1]));
}

/* "x16" on its own. */
static size_t read_width(struct reading *r, size_t at) {
    if (times_at(r->text, at) == 0 ||
        (at > 0 && ascii_is_alnum(r->text.ptr[at - 1])) ||
        is_number_before(r->text, at))
        return 0;
    uint32_t width = width_at(r, &at);
    if (width < 4 || is_letter(str_skip(r->text, at)))
        return 0;
    set_once(&r->width, &r->widths, width);
    return at;
}

static size_t read_at(struct reading *r, size_t at) {
    struct number number;
    if (!ascii_is_digit(r->text.ptr[at]))
        return read_width(r, at);
    if (!read_number(r->text, at, &number))
        return 0;
    size_t end = read_voltage(r, at, &number);
    if (end == 0)
        end = read_speed(r, &number);
    if (end == 0)
        end = read_amount(r, &number);
    if (end == 0 && !is_letter(str_skip(r->text, number.end)))
        read_rate(r, &number);
    return end > 0 ? end : number.end;
}

static void read_text(struct reading *r) {
    size_t at = 0;
    while (at < r->text.len) {
        size_t end = read_at(r, at);
        if (end == 0 && is_letter(str_skip(r->text, at))) {
            /* No number begins inside of a word: "W25Q128". */
            while (at < r->text.len && ascii_is_alnum(r->text.ptr[at]))
                at++;
            end = at;
        }
        at = end > at ? end : at + 1;
    }
}

static uint32_t unless(bool several, uint32_t value) {
    return several || value == UNKNOWN ? 0 : value;
}

bool quantities_read(struct quantity_reader *reader, struct str text,
                     const struct quantity_kinds *kinds,
                     struct quantities *out) {
    struct reading r = {.reader = reader, .text = text};
    if (!lower_text(reader, text))
        return false;
    r.lower = strbuf_str(&reader->lower);
    find_sizes(&r, kinds->sizes_of);
    find_rates(&r, kinds->rates_of);
    if (reader->lower.failed)
        return false;
    read_text(&r);
    const struct choices *density = r.large.said ? &r.large : &r.small;
    *out = (struct quantities){
        .density_mbit = density->count == 1 ? density->of[0] : 0,
        .density_sure = density->count == 1 && density->sure,
        .width = unless(r.widths, r.width),
        .speed_mts = unless(r.speeds, r.speed),
        .voltage_mv = unless(r.voltages, r.voltage),
    };
    return true;
}
