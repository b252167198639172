#include "core/mojibake.h"

#include "core/codepage.h"
#include "core/utf8.h"

/* A word of non-ASCII characters is looked at as a whole; longer ones are
   text that was never mistaken. */
#define RUN_BYTES_MAX 4096

static bool between(uint32_t code, uint32_t low, uint32_t high) {
    return code >= low && code <= high;
}

static bool is_control(uint32_t code) { return between(code, 0x80, 0x9f); }

/* Two that are written on purpose: a line break, and what begins a terminal's
   escape sequence. */
static bool is_in_use(uint32_t code) { return code == 0x85 || code == 0x9b; }

static bool is_latin_letter(uint32_t code) {
    return between(code, 0xc0, 0x17f) && code != 0xd7 && code != 0xf7;
}

/* Latin capitals and small letters alternate above U+0100. */
static bool is_small(uint32_t code) {
    return code < 0x100 ? code >= 0xdf : (code & 1) != 0;
}

static bool is_cyrillic(uint32_t code) { return between(code, 0x400, 0x45f); }

/* Punctuation, units, arrows, signs of mathematics. */
static bool is_sign(uint32_t code) {
    return between(code, 0xa0, 0xbf) || code == 0xd7 || code == 0xf7 ||
           between(code, 0x2010, 0x203a) || code == 0x20ac ||
           between(code, 0x2100, 0x2265);
}

static bool is_eastern(uint32_t code) {
    return between(code, 0x3000, 0x30ff) || between(code, 0x4e00, 0x9fff) ||
           between(code, 0xac00, 0xd7a3) || between(code, 0xff00, 0xffef);
}

/* What parts lists are written in. */
static bool is_usual(uint32_t code) {
    return is_sign(code) || is_latin_letter(code) || is_cyrillic(code) ||
           between(code, 0x391, 0x3c9) || is_eastern(code) || code == 0xfeff;
}

/* Characters above ASCII that stand together, and what is beside them. */
struct run {
    struct str text;
    char before, after; /* 0 at the ends */
};

static struct run find_run(struct str text, size_t at) {
    size_t end = at;
    while (end < text.len && (unsigned char)text.ptr[end] >= 0x80)
        end++;
    return (struct run){{text.ptr + at, end - at},
                        at != 0 ? text.ptr[at - 1] : '\0',
                        end < text.len ? text.ptr[end] : '\0'};
}

/* The bytes that the run was before each of them became a character. */
static bool run_bytes(struct strbuf *bytes, struct str text) {
    strbuf_clear(bytes);
    while (text.len != 0) {
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        int byte = codepage_byte(code);
        if (byte < 0x80)
            return false;
        strbuf_add_char(bytes, (char)byte);
        text = str_skip(text, taken);
    }
    return !bytes->failed;
}

/* "IRMÃ»" ends a quotation, and "5Å±1" has a unit: a letter that stands alone
   among ASCII must be one where a letter is expected. */
static bool fits_alone(const struct run *run, uint32_t code) {
    bool small_after = ascii_is_lower(run->after);
    if (is_latin_letter(code)) {
        if (ascii_is_digit(run->before) ||
            (!ascii_is_alpha(run->before) && !ascii_is_alpha(run->after)))
            return false;
        return !is_small(code) || small_after || !ascii_is_upper(run->before);
    }
    if (is_eastern(code))
        return !ascii_is_alpha(run->before);
    return !is_cyrillic(code);
}

/* Was the run UTF-8, and text that one would write? */
static bool was_utf8(const struct run *run, struct str bytes) {
    size_t count = 0;
    uint32_t code = 0;
    if (!utf8_valid(bytes))
        return false;
    for (; bytes.len != 0; count++) {
        bytes = str_skip(bytes, utf8_next(bytes, &code));
        if (!is_usual(code))
            return false;
    }
    return count > 1 || fits_alone(run, code);
}

/* A no-break blank whose second byte became a common one: "MicronÂ Tech". */
static bool is_lost_blank(const struct run *run) {
    return str_eq(run->text, STR_LIT("\xC3\x82")) && run->after == ' ' &&
           run->before != '\0' && !ascii_is_upper(run->before);
}

/* One step back. */
static bool mend_twice_encoded(struct strbuf *out, struct str text) {
    struct strbuf bytes = {.ptr = NULL};
    bool mended = false;
    strbuf_clear(out);
    for (size_t at = 0; at < text.len;) {
        struct run run = find_run(text, at);
        if (run.text.len == 0) {
            strbuf_add_char(out, text.ptr[at++]);
            continue;
        }
        bool twice = run.text.len <= RUN_BYTES_MAX &&
                     run_bytes(&bytes, run.text) &&
                     was_utf8(&run, strbuf_str(&bytes));
        bool lost = !twice && is_lost_blank(&run);
        if (!lost)
            strbuf_add(out, twice ? strbuf_str(&bytes) : run.text);
        mended |= twice || lost;
        at += run.text.len;
    }
    strbuf_dispose(&bytes);
    return mended;
}

/* "B\u0081rklin": in CP850 the control is a letter where one must be, in
   Windows-1252 none. */
static bool is_dos_letter(uint32_t code, char before, char after) {
    uint32_t dos = codepage_850((unsigned char)code);
    uint32_t windows = codepage_1252((unsigned char)code);
    if (!is_control(code) || is_in_use(code) || !is_latin_letter(dos) ||
        is_latin_letter(windows))
        return false;
    bool high_after = (unsigned char)after >= 0x80;
    if (is_small(dos))
        return ascii_is_alpha(before) && (ascii_is_lower(after) || high_after);
    return !ascii_is_alpha(before) && (ascii_is_alpha(after) || high_after);
}

struct controls {
    bool any, dos;
};

static struct controls look_for_controls(struct str text) {
    struct controls found = {false, false};
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t taken = utf8_next(str_skip(text, at), &code);
        char before = at != 0 ? text.ptr[at - 1] : '\0';
        char after = at + taken < text.len ? text.ptr[at + taken] : '\0';
        found.any |= is_control(code);
        found.dos |= is_dos_letter(code, before, after);
        at += taken;
    }
    return found;
}

static bool mend_controls(struct strbuf *out, struct str text) {
    struct controls controls = look_for_controls(text);
    bool mended = false;
    strbuf_clear(out);
    while (controls.any && text.len != 0) {
        uint32_t code, meant = 0;
        text = str_skip(text, utf8_next(text, &code));
        if (controls.dos && between(code, 0x80, 0xff))
            meant = codepage_850((unsigned char)code);
        else if (is_control(code) && !is_in_use(code))
            meant = codepage_1252((unsigned char)code);
        mended |= meant != 0;
        utf8_add(out, meant != 0 ? meant : code);
    }
    return mended;
}

/* All of it has a letter of U+00C2 to U+00EF, or a control. */
static bool may_be_mistaken(struct str text) {
    for (size_t i = 0; i + 1 < text.len; i++) {
        unsigned char lead = (unsigned char)text.ptr[i];
        unsigned char next = (unsigned char)text.ptr[i + 1];
        if (lead == 0xc3 || (lead == 0xc2 && next < 0xa0))
            return true;
    }
    return false;
}

bool mojibake_mend(struct strbuf *out, struct str text) {
    struct strbuf step = {.ptr = NULL};
    bool mended = false;
    strbuf_clear(out);
    if (!may_be_mistaken(text))
        return false;
    strbuf_add(out, text);
    while (mend_twice_encoded(&step, strbuf_str(out)) ||
           mend_controls(&step, strbuf_str(out))) {
        strbuf_clear(out);
        strbuf_add(out, strbuf_str(&step));
        mended = true;
    }
    out->failed |= step.failed;
    strbuf_dispose(&step);
    return mended;
}
