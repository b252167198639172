#include "bom/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "bom/source.h"
#include "core/codepage.h"
#include "core/lang.h"
#include "core/mem.h"
#include "core/utf8.h"

/* How much text decides on the encoding, from its first byte above 0x7f. */
#define SAMPLE_SIZE (32 * 1024)

/* How much of the line before that byte is looked at with it. */
#define TAIL_MAX 64

/* The longest character that iconv can wait for the rest of is 4 bytes in all
   encodings that are found out, 8 in those that can be asked for. */
#define CARRY_MAX 64

struct encoding {
    struct source *source;
    char name[40];
    bool decided;
    bool converts; /* through `iconv`; otherwise it is UTF-8 already */
    iconv_t iconv;
    struct charset_judge judge;
    const char *doubt;   /* see encoding_doubt() */
    struct strbuf tail;  /* the last of the ASCII before it was decided */
    struct strbuf carry; /* the beginning of a character, without its end */
    struct strbuf joined;
    bool begun; /* something came out, if only a mark */
    bool end;
    uint64_t written; /* bytes of UTF-8 so far */
    struct encoding_fault *faults;
    size_t fault_count, fault_cap, fault_next;
};

static bool choose(struct encoding *encoding, const char *name,
                   const char *iconv_name, struct err *err) {
    strncpy(encoding->name, name, sizeof(encoding->name) - 1);
    encoding->decided = true;
    if (iconv_name == NULL)
        return true;
    encoding->iconv = iconv_open("UTF-8", iconv_name);
    /* The error value of iconv_open() is minus one as a pointer. */
    encoding->converts = (intptr_t)encoding->iconv != -1;
    if (!encoding->converts)
        return err_set(
            err, ERR_INVALID,
            tr("the encoding %s is not known here; names are such as "
               "UTF-8, UTF-16LE, GB18030, Shift_JIS, Windows-1252"),
            name);
    return true;
}

/* iconv takes a name's end as options ("//IGNORE") and builds file names from
   it: only what can be a name goes there. */
static bool is_plain_name(struct str name) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!ascii_is_alnum(c) && c != '-' && c != '_' && c != '.')
            return false;
    }
    return name.len != 0 && name.len < sizeof(((struct encoding *)0)->name);
}

static bool choose_named(struct encoding *encoding, const char *text,
                         struct err *err) {
    struct str name = str_from(text);
    if (!is_plain_name(name))
        return err_set(err, ERR_INVALID,
                       tr("this is no name of an encoding: %s"), text);
    if (str_eq_nocase(name, STR_LIT("UTF-8")) ||
        str_eq_nocase(name, STR_LIT("UTF8")) ||
        str_eq_nocase(name, STR_LIT("ASCII")))
        return choose(encoding, "UTF-8", NULL, err);
    return choose(encoding, text, text, err);
}

static bool choose_by_head(struct encoding *encoding, struct err *err) {
    struct str head;
    if (!source_peek(encoding->source, &head, err))
        return false;
    const struct charset *charset = charset_of_head(head);
    if (charset != NULL)
        return choose(encoding, charset->name, charset->iconv, err);
    strcpy(encoding->name, "ASCII");
    return true;
}

bool encoding_open(struct encoding **out, struct source *source,
                   const char *name, const struct charset_judge *judge,
                   struct err *err) {
    struct encoding *encoding = mem_calloc(1, sizeof(*encoding));
    if (encoding == NULL)
        return err_nomem(err);
    encoding->source = source;
    if (judge != NULL)
        encoding->judge = *judge;
    if (name != NULL ? !choose_named(encoding, name, err)
                     : !choose_by_head(encoding, err)) {
        encoding_close(encoding);
        return false;
    }
    *out = encoding;
    return true;
}

/* A file of nothing but NUL bytes is one fault, however long it is. */
static bool add_fault(struct encoding *encoding, uint64_t offset,
                      enum encoding_repair repair, size_t count) {
    void *items = encoding->faults;
    struct encoding_fault *last =
        encoding->fault_count > encoding->fault_next
            ? &encoding->faults[encoding->fault_count - 1]
            : NULL;
    if (last != NULL && last->offset == offset && last->repair == repair) {
        last->count += count;
        return true;
    }
    if (!mem_grow(&items, &encoding->fault_cap, encoding->fault_count + 1,
                  sizeof(*encoding->faults)))
        return false;
    encoding->faults = items;
    encoding->faults[encoding->fault_count++] =
        (struct encoding_fault){offset, repair, count};
    return true;
}

/* `text` began this call at `start`, which is offset `written` of the whole. */
static void note(struct encoding *encoding, struct strbuf *text, size_t start,
                 enum encoding_repair repair, size_t count) {
    uint64_t offset = encoding->written + (text->len - start);
    if (!add_fault(encoding, offset, repair, count))
        text->failed = true;
}

/* How much of the beginning is ASCII without NUL. */
static size_t plain_length(struct str bytes) {
    size_t at = 0;
#if defined(__SSE2__)
    /* As signed bytes those are all above zero. */
    for (__m128i part[4]; at + sizeof(part) <= bytes.len; at += sizeof(part)) {
        memcpy(part, bytes.ptr + at, sizeof(part));
        __m128i zero = _mm_setzero_si128();
        __m128i low = _mm_and_si128(_mm_cmpgt_epi8(part[0], zero),
                                    _mm_cmpgt_epi8(part[1], zero));
        __m128i high = _mm_and_si128(_mm_cmpgt_epi8(part[2], zero),
                                     _mm_cmpgt_epi8(part[3], zero));
        if (_mm_movemask_epi8(_mm_and_si128(low, high)) != 0xffff)
            break;
    }
#endif
    while (at < bytes.len && (signed char)bytes.ptr[at] > 0)
        at++;
    return at;
}

/* A file with a hole in it has gigabytes of them. */
static size_t zeros_length(struct str bytes) {
    size_t at = 0;
    for (uint64_t part; at + sizeof(part) <= bytes.len; at += sizeof(part)) {
        memcpy(&part, bytes.ptr + at, sizeof(part));
        if (part != 0)
            break;
    }
    while (at < bytes.len && bytes.ptr[at] == '\0')
        at++;
    return at;
}

static size_t ascii_length(struct str bytes) {
    size_t at = plain_length(bytes);
    while (at < bytes.len && bytes.ptr[at] == '\0') {
        at += zeros_length(str_skip(bytes, at));
        at += plain_length(str_skip(bytes, at));
    }
    return at;
}

/* Length of the valid text without NUL at the start of `bytes`. */
static size_t sound_length(struct str bytes) {
    size_t at = plain_length(bytes);
    while (at < bytes.len && bytes.ptr[at] != '\0') {
        uint32_t code;
        size_t taken = utf8_next(str_skip(bytes, at), &code);
        if (taken == 1 && code == 0xFFFD)
            break;
        at += taken;
        at += plain_length(str_skip(bytes, at));
    }
    return at;
}

/* A stray byte in UTF-8 is most often a cell pasted from an old Windows
   program: "2.2\xb5F". */
static enum encoding_repair add_stray(struct strbuf *text, char c) {
    uint32_t code = codepage_1252((unsigned char)c);
    utf8_add(text, code != 0 ? code : 0xFFFD);
    return code != 0 ? ENCODING_GUESSED : ENCODING_REPLACED;
}

/* @return what is left over: the beginning of a character. */
static struct str pass_utf8(struct encoding *encoding, struct str bytes,
                            struct strbuf *text, size_t start) {
    while (bytes.len != 0 && !text->failed) {
        size_t sound = sound_length(bytes);
        strbuf_add(text, str_take(bytes, sound));
        bytes = str_skip(bytes, sound);
        if (bytes.len == 0 || (!encoding->end && utf8_is_cut_short(bytes)))
            break;
        size_t zeros = zeros_length(bytes);
        if (zeros != 0) {
            note(encoding, text, start, ENCODING_DROPPED, zeros);
            bytes = str_skip(bytes, zeros);
            continue;
        }
        size_t before = text->len;
        enum encoding_repair repair = add_stray(text, bytes.ptr[0]);
        size_t after = text->len;
        text->len = before;
        note(encoding, text, start, repair, 1);
        text->len = after;
        bytes = str_skip(bytes, 1);
    }
    return bytes;
}

/* Append what came out of iconv, which may hold NUL characters. */
static void add_converted(struct encoding *encoding, struct str piece,
                          struct strbuf *text, size_t start) {
    for (;;) {
        ptrdiff_t nul = str_find_char(piece, '\0');
        strbuf_add(text, nul < 0 ? piece : str_take(piece, (size_t)nul));
        if (nul < 0)
            return;
        piece = str_skip(piece, (size_t)nul);
        size_t zeros = zeros_length(piece);
        note(encoding, text, start, ENCODING_DROPPED, zeros);
        piece = str_skip(piece, zeros);
    }
}

/* UTF-16 and UTF-32 go on after a whole unit, or all that follows is lost. */
static size_t unit_size(const struct encoding *encoding) {
    struct str name = str_from(encoding->name);
    if (str_starts(name, STR_LIT("UTF-16")))
        return 2;
    return str_starts(name, STR_LIT("UTF-32")) ? 4 : 1;
}

static struct str convert(struct encoding *encoding, struct str bytes,
                          struct strbuf *text, size_t start) {
    while (bytes.len != 0 && !text->failed) {
        char piece[4096];
        /* iconv() does not write through its input, whatever its type says. */
        char *in = (char *)(uintptr_t)bytes.ptr;
        char *out = piece;
        size_t left = bytes.len, room = sizeof(piece);
        size_t status = iconv(encoding->iconv, &in, &left, &out, &room);
        int reason = status == (size_t)-1 ? errno : 0;
        add_converted(encoding, (struct str){piece, sizeof(piece) - room}, text,
                      start);
        bytes = str_skip(bytes, bytes.len - left);
        if (reason == EINVAL && !encoding->end && bytes.len < CARRY_MAX)
            break;
        if (reason == EILSEQ || reason == EINVAL) {
            note(encoding, text, start, ENCODING_REPLACED, 1);
            utf8_add(text, 0xFFFD);
            bytes = str_skip(bytes, unit_size(encoding));
        }
    }
    return bytes;
}

/* What stands before the first character that is not ASCII belongs to a word
   with it; a line break ends it in any table. */
static struct str last_cell(struct str text) {
    size_t at = text.len;
    while (at > 0 && text.len - at < TAIL_MAX && text.ptr[at - 1] != '\n' &&
           text.ptr[at - 1] != '\r')
        at--;
    return str_skip(text, at);
}

/* Where the text is no longer ASCII it shows what it is. The sample does not
   depend on how the source cuts its pieces. Looking ahead invalidates what was
   read, so `*bytes` moves to a buffer of ours. */
static bool decide(struct encoding *encoding, struct str *bytes, size_t ascii,
                   struct err *err) {
    struct strbuf *joined = &encoding->joined;
    struct str ahead = STR_EMPTY;
    size_t len = bytes->len;
    strbuf_clear(joined);
    strbuf_add(joined, *bytes);
    if (len - ascii < SAMPLE_SIZE) {
        if (!source_peek(encoding->source, &ahead, err))
            return false;
        strbuf_add(joined, str_take(ahead, SAMPLE_SIZE - (len - ascii)));
    }
    if (joined->failed)
        return err_nomem(err);
    strbuf_add(&encoding->tail, str_take(strbuf_str(joined), ascii));
    struct str tail = last_cell(strbuf_str(&encoding->tail));
    struct str sample = str_skip(strbuf_str(joined), ascii);
    struct strbuf text = {.ptr = NULL};
    strbuf_add(&text, tail);
    strbuf_add(&text, str_take(sample, SAMPLE_SIZE));
    struct charset_guess guess =
        charset_of_text(strbuf_str(&text), &encoding->judge);
    bool failed = text.failed || encoding->tail.failed;
    strbuf_dispose(&text);
    *bytes = str_take(strbuf_str(joined), len);
    if (!guess.sure && guess.other != NULL)
        encoding->doubt = guess.other->name;
    return !failed ? choose(encoding, guess.charset->name, guess.charset->iconv,
                            err)
                   : err_nomem(err);
}

static bool keep_tail(struct encoding *encoding, struct str ascii) {
    struct strbuf *tail = &encoding->tail;
    if (ascii.len > TAIL_MAX)
        ascii = str_skip(ascii, ascii.len - TAIL_MAX);
    size_t keep = TAIL_MAX - ascii.len;
    if (tail->len > keep) {
        memmove(tail->ptr, tail->ptr + tail->len - keep, keep);
        tail->len = keep;
    }
    strbuf_add(tail, ascii);
    return !tail->failed;
}

static bool keep_rest(struct encoding *encoding, struct str rest,
                      struct err *err) {
    char kept[CARRY_MAX];
    size_t len = rest.len < sizeof(kept) ? rest.len : sizeof(kept);
    if (rest.len != 0)
        memcpy(kept, rest.ptr, len); /* `rest` may lie in the buffer itself */
    strbuf_clear(&encoding->carry);
    strbuf_add(&encoding->carry, (struct str){kept, len});
    return encoding->carry.failed ? err_nomem(err) : true;
}

/* The source's next piece, with what the last one left over before it. */
static bool next_bytes(struct encoding *encoding, struct str *bytes,
                       struct err *err) {
    if (!source_read(encoding->source, bytes, err))
        return false;
    encoding->end = bytes->len == 0;
    if (encoding->carry.len == 0)
        return true;
    strbuf_clear(&encoding->joined);
    strbuf_add(&encoding->joined, strbuf_str(&encoding->carry));
    strbuf_add(&encoding->joined, *bytes);
    *bytes = strbuf_str(&encoding->joined);
    return encoding->joined.failed ? err_nomem(err) : true;
}

static void forget_taken_faults(struct encoding *encoding) {
    if (encoding->fault_next == 0)
        return;
    encoding->fault_count -= encoding->fault_next;
    memmove(encoding->faults, encoding->faults + encoding->fault_next,
            encoding->fault_count * sizeof(*encoding->faults));
    encoding->fault_next = 0;
}

/* Once more, one behind the other: two may be one where the mark was. */
static bool add_faults_again(struct encoding *encoding) {
    size_t count = encoding->fault_count;
    bool ok = true;
    encoding->fault_count = encoding->fault_next;
    for (size_t i = encoding->fault_next; ok && i < count; i++) {
        const struct encoding_fault fault = encoding->faults[i];
        ok = add_fault(encoding, fault.offset, fault.repair, fault.count);
    }
    return ok;
}

/* The first character of the text, if it is a mark; the faults behind it stand
   that much nearer then. */
static void drop_mark(struct encoding *encoding, struct strbuf *text,
                      size_t start) {
    const struct str mark = STR_LIT("\xef\xbb\xbf");
    struct str piece = str_skip(strbuf_str(text), start);
    if (encoding->begun || piece.len == 0)
        return;
    encoding->begun = true;
    if (!str_starts(piece, mark))
        return;
    memmove(text->ptr + start, piece.ptr + mark.len, piece.len - mark.len + 1);
    text->len -= mark.len;
    for (size_t i = 0; i < encoding->fault_count; i++) {
        if (encoding->faults[i].offset >= mark.len)
            encoding->faults[i].offset -= mark.len;
    }
    text->failed |= !add_faults_again(encoding);
}

bool encoding_read(struct encoding *encoding, struct strbuf *text, bool *end,
                   struct err *err) {
    struct str bytes;
    size_t start = text->len;
    forget_taken_faults(encoding);
    if (!next_bytes(encoding, &bytes, err))
        return false;
    if (!encoding->decided) {
        size_t ascii = ascii_length(bytes);
        if (ascii < bytes.len && !decide(encoding, &bytes, ascii, err))
            return false;
        if (!encoding->decided && !keep_tail(encoding, bytes))
            return err_nomem(err);
    }
    bytes = encoding->converts ? convert(encoding, bytes, text, start)
                               : pass_utf8(encoding, bytes, text, start);
    if (text->failed)
        return err_nomem(err);
    if (!keep_rest(encoding, bytes, err))
        return false;
    drop_mark(encoding, text, start);
    encoding->written += text->len - start;
    *end = encoding->end;
    return true;
}

const char *encoding_name(const struct encoding *encoding) {
    return encoding->name;
}

const char *encoding_doubt(const struct encoding *encoding) {
    return encoding->doubt;
}

const struct encoding_fault *encoding_fault(const struct encoding *encoding) {
    return encoding->fault_next < encoding->fault_count
               ? &encoding->faults[encoding->fault_next]
               : NULL;
}

void encoding_take_fault(struct encoding *encoding) { encoding->fault_next++; }

void encoding_close(struct encoding *encoding) {
    if (encoding == NULL)
        return;
    if (encoding->converts)
        iconv_close(encoding->iconv);
    strbuf_dispose(&encoding->tail);
    strbuf_dispose(&encoding->carry);
    strbuf_dispose(&encoding->joined);
    mem_free(encoding->faults);
    mem_free(encoding);
}
