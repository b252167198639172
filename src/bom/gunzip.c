#include "bom/gunzip.h"

#include <limits.h>
#include <stdint.h>

#include "core/lang.h"
#include "core/mem.h"

#define ZLIB_CONST
#include <zlib.h>

#define PIECE_SIZE (64 * 1024)

/* A bomb is stopped by what it grows to, and before that by how fast it
   grows. The most repetitive real BOM packs 40 to 1. */
#define UNPACKED_MAX (UINT64_C(1) << 30)
#define RATIO_MAX 400
#define RATIO_FROM (UINT64_C(4) << 20)

struct gunzip {
    z_stream stream;
    uint64_t packed, unpacked;
    bool member_ended; /* between two members, or after the last */
    Bytef piece[PIECE_SIZE];
};

bool gunzip_sniff(struct str head) {
    return str_starts(head, STR_LIT("\x1f\x8b\x08"));
}

static voidpf zlib_alloc(voidpf ctx, uInt count, uInt size) {
    (void)ctx;
    return mem_calloc(count, size);
}

static void zlib_free(voidpf ctx, voidpf ptr) {
    (void)ctx;
    mem_free(ptr);
}

struct gunzip *gunzip_new(void) {
    struct gunzip *gunzip = mem_calloc(1, sizeof(*gunzip));
    if (gunzip == NULL)
        return NULL;
    gunzip->stream.zalloc = zlib_alloc;
    gunzip->stream.zfree = zlib_free;
    if (inflateInit2(&gunzip->stream, 16 + MAX_WBITS) != Z_OK) {
        mem_free(gunzip);
        return NULL;
    }
    return gunzip;
}

static bool within_limits(const struct gunzip *gunzip, struct err *err) {
    if (gunzip->unpacked > UNPACKED_MAX)
        return err_set(err, ERR_LIMIT,
                       tr("the gzip file unpacks to more than 1 GiB"));
    if (gunzip->unpacked > RATIO_FROM &&
        gunzip->unpacked / RATIO_MAX > gunzip->packed)
        return err_set(
            err, ERR_LIMIT,
            tr("the gzip file unpacks to more than %d times its size"),
            RATIO_MAX);
    return true;
}

/* Members may follow each other, and zeros the last one; anything else is what
   a damaged file is left with. */
static bool next_member(struct gunzip *gunzip, struct str *packed,
                        struct err *err) {
    while (packed->len != 0 && packed->ptr[0] == '\0')
        *packed = str_skip(*packed, 1);
    if (packed->len == 0)
        return true;
    if ((unsigned char)packed->ptr[0] != 0x1f ||
        inflateReset(&gunzip->stream) != Z_OK)
        return err_set(
            err, ERR_SYNTAX,
            tr("the gzip file is damaged: something else follows it"));
    gunzip->member_ended = false;
    return true;
}

static bool inflate_piece(struct gunzip *gunzip, struct str *packed,
                          struct str *bytes, struct err *err) {
    z_stream *stream = &gunzip->stream;
    size_t offered = packed->len < INT_MAX ? packed->len : INT_MAX;
    stream->next_in = (const Bytef *)packed->ptr;
    stream->avail_in = (uInt)offered;
    stream->next_out = gunzip->piece;
    stream->avail_out = PIECE_SIZE;
    int status = inflate(stream, Z_NO_FLUSH);
    if (status == Z_MEM_ERROR)
        return err_nomem(err);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        return err_set(err, ERR_SYNTAX, tr("the gzip file is damaged"));
    size_t taken = offered - stream->avail_in;
    *bytes = (struct str){(const char *)gunzip->piece,
                          PIECE_SIZE - stream->avail_out};
    *packed = str_skip(*packed, taken);
    gunzip->packed += taken;
    gunzip->unpacked += bytes->len;
    gunzip->member_ended = status == Z_STREAM_END;
    return within_limits(gunzip, err);
}

bool gunzip_step(struct gunzip *gunzip, struct str *packed, struct str *bytes,
                 struct err *err) {
    *bytes = STR_EMPTY;
    if (packed->len == 0) {
        if (gunzip->member_ended)
            return true;
        /* What inflate still holds back comes out without new input. */
        if (!inflate_piece(gunzip, packed, bytes, err))
            return false;
        if (bytes->len == 0 && !gunzip->member_ended)
            return err_set(err, ERR_SYNTAX, tr("the gzip file ends too early"));
        return true;
    }
    if (gunzip->member_ended && !next_member(gunzip, packed, err))
        return false;
    if (gunzip->member_ended)
        return true;
    return inflate_piece(gunzip, packed, bytes, err);
}

void gunzip_free(struct gunzip *gunzip) {
    if (gunzip == NULL)
        return;
    inflateEnd(&gunzip->stream);
    mem_free(gunzip);
}
