#include "bom/charset_weigh.h"

#include <uchar.h>

#include "core/codepage.h"

static int byte_at(struct str text, size_t at) {
    return at < text.len ? (unsigned char)text.ptr[at] : -1;
}

static bool between(int byte, int low, int high) {
    return byte >= low && byte <= high;
}

size_t charset_weigh_gb18030(struct str text, size_t at, size_t *weight) {
    int lead = byte_at(text, at), trail = byte_at(text, at + 1);
    *weight = 0;
    if (!between(lead, 0x81, 0xfe))
        return 0;
    if (between(trail, 0x30, 0x39))
        return between(byte_at(text, at + 2), 0x81, 0xfe) &&
                       between(byte_at(text, at + 3), 0x30, 0x39)
                   ? 4
                   : 0;
    if (!between(trail, 0x40, 0xfe) || trail == 0x7f)
        return 0;
    if (trail < 0xa1)
        return 2; /* the rare half, which GBK added */
    if (charset_is_frequent(FREQUENT_GB, lead, trail))
        *weight = 100;
    else if (between(lead, 0xb0, 0xd7))
        *weight = 70; /* the first level: characters in daily use */
    else if (between(lead, 0xa1, 0xa3) || lead == 0xa6)
        *weight = 60; /* punctuation, full-width letters, Greek for ohms */
    else if (between(lead, 0xd8, 0xf7))
        *weight = 20;
    return 2;
}

size_t charset_weigh_big5(struct str text, size_t at, size_t *weight) {
    int lead = byte_at(text, at), trail = byte_at(text, at + 1);
    *weight = 0;
    if (!between(lead, 0x81, 0xfe) ||
        (!between(trail, 0x40, 0x7e) && !between(trail, 0xa1, 0xfe)))
        return 0;
    if (charset_is_frequent(FREQUENT_BIG5, lead, trail))
        *weight = 96;
    else if (between(lead, 0xa4, 0xc6))
        *weight = 55; /* the first level; as likely as any two bytes */
    else if (between(lead, 0xa1, 0xa3))
        *weight = 50;
    else if (between(lead, 0xc9, 0xf9))
        *weight = 10;
    return 2;
}

size_t charset_weigh_euc_kr(struct str text, size_t at, size_t *weight) {
    int lead = byte_at(text, at), trail = byte_at(text, at + 1);
    *weight = 0;
    if (!between(lead, 0x81, 0xfe) || !between(trail, 0x41, 0xfe))
        return 0;
    if (trail < 0xa1 || lead < 0xa1)
        return between(trail, 0x5b, 0x60) || between(trail, 0x7b, 0x80) ? 0 : 2;
    if (charset_is_frequent(FREQUENT_KR, lead, trail))
        *weight = 100;
    else if (between(lead, 0xb0, 0xc8))
        *weight = 70;
    else if (between(lead, 0xa1, 0xa3) || lead == 0xa7)
        *weight = 60;
    else if (between(lead, 0xca, 0xfd))
        *weight = 10;
    return 2;
}

#define WORD_MAX 32 /* bytes before and behind that are looked at */

/* Half-width katakana could be any bytes of the others; but a mark that voices
   one stands behind certain ones only, and makes the word likely. */
static bool is_voiced(struct str text, size_t at) {
    size_t first = at, marks = 0;
    while (first > 0 && at - first < WORD_MAX &&
           between(byte_at(text, first - 1), 0xa6, 0xdf))
        first--;
    for (; between(byte_at(text, first), 0xa6, 0xdf) && first < at + WORD_MAX;
         first++) {
        int before = first > 0 ? byte_at(text, first - 1) : 0;
        if (byte_at(text, first) < 0xde)
            continue;
        if (!between(before, 0xb6, 0xc4) && !between(before, 0xca, 0xce) &&
            before != 0xb3)
            return false;
        marks++;
    }
    return marks != 0;
}

size_t charset_weigh_shift_jis(struct str text, size_t at, size_t *weight) {
    int lead = byte_at(text, at), trail = byte_at(text, at + 1);
    *weight = 0;
    if (between(lead, 0xa1, 0xdf)) {
        *weight = is_voiced(text, at) ? 86 : 60;
        return 1;
    }
    if (!between(lead, 0x81, 0x9f) && !between(lead, 0xe0, 0xfc))
        return 0;
    if (!between(trail, 0x40, 0xfc) || trail == 0x7f)
        return 0;
    if ((lead == 0x82 && between(trail, 0x9f, 0xf1)) ||
        (lead == 0x83 && between(trail, 0x40, 0x96)))
        *weight = 100; /* kana */
    else if (charset_is_frequent(FREQUENT_JIS, lead, trail))
        *weight = 95;
    else if (between(lead, 0x88, 0x97))
        *weight = 80;
    else if (between(lead, 0x81, 0x83))
        *weight = 60;
    else if (between(lead, 0x98, 0x9f) || between(lead, 0xe0, 0xea))
        *weight = 20;
    return 2;
}

static bool is_high(struct str text, size_t at) {
    return byte_at(text, at) >= 0x80;
}

/* Whether the byte stands apart from others above 0x7f. */
static bool is_alone(struct str text, size_t at) {
    return (at == 0 || !is_high(text, at - 1)) && !is_high(text, at + 1);
}

static bool touches_letter(struct str text, size_t at) {
    return (at > 0 && ascii_is_alpha(text.ptr[at - 1])) ||
           (at + 1 < text.len && ascii_is_alpha(text.ptr[at + 1]));
}

/* A code page of a Western language, and the letters that are usual in it. */
struct latin {
    uint32_t (*decode)(unsigned char byte);
    const char32_t *letters;
    size_t usual; /* their weight */
};

static const struct latin western = {
    codepage_1252, U"äöüßÄÖÜéèêëàâçîïôûùÉÈÊÀÇñóíáúÑÓÍÁÚåøæÅØÆãõÃÕòìœ", 90};
static const struct latin central = {
    codepage_1250,
    U"ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüßÄÖÜőűŐŰľôŕ", 86};

/* In UTF-32: each byte of a text is asked about. */
static bool holds(const char32_t *set, uint32_t code) {
    while (*set != 0 && *set != code)
        set++;
    return *set != 0;
}

static bool is_letter(uint32_t code) {
    return code < 0x80 ? ascii_is_alpha((char)code)
                       : between((int)code, 0xc0, 0x17f) && code != 0xd7 &&
                             code != 0xf7;
}

static bool is_capital(uint32_t code) {
    return code < 0x80 ? ascii_is_upper((char)code)
                       : holds(U"ÄÖÜÉÈÊÀÇÑÓÍÁÚÅØÆÃÕĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮÝŽŐŰ", code);
}

static bool is_vowel(uint32_t code) {
    return holds(U"aeiouyAEIOUYäöüéèêëàâîïôûùóíáúåøæãõòìœÄÖÜÉÈÊÀÓÍÁÚÅØÆąęóĄĘ"
                 U"ěýůÝŮĚőű",
                 code);
}

/* What stands beside a byte, as the code page has it; 0 at the ends. */
struct beside {
    uint32_t before, after;
};

static struct beside look_beside(const struct latin *latin, struct str text,
                                 size_t at) {
    struct beside beside = {0, 0};
    if (at > 0)
        beside.before = latin->decode((unsigned char)text.ptr[at - 1]);
    if (at + 1 < text.len)
        beside.after = latin->decode((unsigned char)text.ptr[at + 1]);
    return beside;
}

/* Where Western letters do not stand, but those of Polish and Czech with the
   same bytes do: "Wyœwietlacz", "wêglowy", "Spínaè", "mìniè". */
static bool is_foreign(uint32_t code, struct beside beside) {
    switch (code) {
    case 0x153: /* œ */
        return !holds(U"uUi", beside.after);
    case 0xea: /* ê */
        return holds(U"iwkzj", beside.before);
    case 0xe8: /* è */
        return holds(U"aeo", beside.before);
    case 0xec: /* ì */
    case 0xf2: /* ò */
        return is_letter(beside.after);
    default:
        return false;
    }
}

/* "Ilość" would be "Iloœæ" and "Součástka" "Souèástka": no language that is
   written with them has such vowels side by side. */
static bool clashes(uint32_t code, struct beside beside) {
    bool before = is_vowel(beside.before), after = is_vowel(beside.after);
    if (!is_vowel(code))
        return false;
    if ((before && beside.before >= 0x80 && beside.before != code) ||
        (after && beside.after >= 0x80 && beside.after != code))
        return true;
    if (before && after && holds(U"èêàâîûùòìøæœ", code))
        return true;
    return is_foreign(code, beside);
}

static size_t weigh_letter(const struct latin *latin, uint32_t code,
                           struct beside beside) {
    bool before = is_letter(beside.before), after = is_letter(beside.after);
    bool capital = is_capital(code);
    if (code == 0xd8 && beside.after < 0x80 &&
        (ascii_is_digit((char)beside.after) || beside.after == ' '))
        return 90; /* a diameter */
    if (!holds(latin->letters, code) || (!before && !after))
        return 30;
    if (capital ? before && !is_capital(beside.before)
                : is_capital(beside.before) && is_capital(beside.after))
        return 25;
    return clashes(code, beside) ? 45 : latin->usual;
}

/* Signs that open or close what stands beside them. */
static bool is_quote(uint32_t code) { return holds(U"«»‘’“”„…®™", code); }

/* Beside another sign, or a letter above ASCII, they are most often the bytes
   of something else. */
static bool is_crowded(uint32_t code, struct beside beside) {
    bool before = beside.before >= 0x80, after = beside.after >= 0x80;
    if (is_quote(code))
        return (before && !is_letter(beside.before)) ||
               (after && !is_letter(beside.after));
    return before || after;
}

static size_t weigh_sign(uint32_t code, struct beside beside) {
    bool before = is_letter(beside.before), after = is_letter(beside.after);
    bool digit_before =
        beside.before < 0x80 && ascii_is_digit((char)beside.before);
    if (is_crowded(code, beside))
        return 20;
    if (code == 0xb2 && beside.before == 'I') /* I²C, I²S */
        return 95;
    if (before && after)
        return holds(U"’·–", code) ? 85 : 15;
    if (code == 0xb5)
        return before ? 40 : 95;
    if (holds(U"°±×½¼¾", code))
        return before || (after && !holds(U"°½¼¾", code)) ? 50 : 95;
    if (holds(U"²³", code))
        return (before || digit_before) && !after ? 90 : 20;
    if (holds(U"–—·•\u00a0", code) || is_quote(code))
        return 85;
    return holds(U"§©€£", code) ? 60 : 25;
}

static size_t weigh_latin(const struct latin *latin, struct str text, size_t at,
                          size_t *weight) {
    uint32_t code = latin->decode((unsigned char)text.ptr[at]);
    struct beside beside = look_beside(latin, text, at);
    *weight = code == 0         ? 0
              : is_letter(code) ? weigh_letter(latin, code, beside)
                                : weigh_sign(code, beside);
    return 1;
}

size_t charset_weigh_1252(struct str text, size_t at, size_t *weight) {
    return weigh_latin(&western, text, at, weight);
}

/* What both have is more likely Western. */
size_t charset_weigh_1250(struct str text, size_t at, size_t *weight) {
    weigh_latin(&central, text, at, weight);
    *weight -= *weight != 0;
    return 1;
}

/* In Russian text they make words, which begin with the capital if any. */
size_t charset_weigh_1251(struct str text, size_t at, size_t *weight) {
    int byte = byte_at(text, at);
    int before = at > 0 ? byte_at(text, at - 1) : 0;
    bool letter = byte >= 0xc0 || byte == 0xa8 || byte == 0xb8;
    bool alone = is_alone(text, at);
    if (!letter)
        *weight = alone ? 85 : 10;
    else if (touches_letter(text, at))
        *weight = 25;
    else if (alone)
        *weight = at > 0 && ascii_is_digit(text.ptr[at - 1]) ? 60 : 30;
    else
        *weight = between(byte, 0xc0, 0xdf) && before >= 0xe0 ? 70 : 95;
    return 1;
}
