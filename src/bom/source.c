#include "bom/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bom/gunzip.h"
#include "bom/source_chunked.h"
#include "core/digest.h"
#include "core/lang.h"
#include "core/mem.h"

#define PIECE_SIZE (64 * 1024)

struct source {
    int fd; /* -1: memory */
    bool owns_fd;
    struct str memory; /* what is left of it */
    size_t chunk;      /* the most that one read hands out */
    char *piece;       /* of a file: where its bytes are read to */
    struct str raw;    /* pulled from the file, not yet unpacked */
    bool started;
    uint64_t size, pulled; /* bytes of a file, and those read of them */
    struct gunzip *gunzip; /* NULL: not packed */
    struct digest *digest;
    bool digest_wanted;
    struct strbuf ahead; /* unpacked, looked at, from `taken` not yet read */
    size_t taken;
};

static bool source_new(struct source **out, struct source init,
                       struct err *err) {
    struct source *source = mem_alloc(sizeof(*source));
    char *piece = init.fd < 0 ? NULL : mem_alloc(PIECE_SIZE);
    if (source == NULL || (piece == NULL && init.fd >= 0)) {
        mem_free(source);
        mem_free(piece);
        return err_nomem(err);
    }
    *source = init;
    source->piece = piece;
    *out = source;
    return true;
}

bool source_open_chunked(struct source **out, struct str bytes, size_t chunk,
                         struct err *err) {
    struct source init = {.fd = -1, .memory = bytes, .chunk = chunk};
    return source_new(out, init, err);
}

bool source_open_memory(struct source **out, struct str bytes,
                        struct err *err) {
    return source_open_chunked(out, bytes, 0, err);
}

static bool cannot_read(struct err *err, const char *path) {
    err_set(err, ERR_IO, tr("cannot read: %s"), strerror(errno));
    return err_at(err, path, 0, 0);
}

bool source_open_file(struct source **out, const char *path, struct err *err) {
    if (strcmp(path, "-") == 0)
        return source_new(out, (struct source){.fd = STDIN_FILENO}, err);
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return cannot_read(err, path);
    bool opened = false;
    if (fstat(fd, &st) != 0)
        cannot_read(err, path);
    else if (S_ISDIR(st.st_mode)) {
        err_set(err, ERR_IO, tr("cannot read: it is a folder"));
        err_at(err, path, 0, 0);
    } else
        opened = source_new(out,
                            (struct source){.fd = fd,
                                            .owns_fd = true,
                                            .size = (uint64_t)st.st_size},
                            err);
    if (!opened)
        close(fd);
    return opened;
}

/* The file's next bytes as they stand; empty at the end. */
static bool pull_file(struct source *source, size_t from, size_t *len,
                      struct err *err) {
    ssize_t got;
    do
        got = read(source->fd, source->piece + from, PIECE_SIZE - from);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_set(err, ERR_IO, tr("cannot read: %s"), strerror(errno));
    *len = (size_t)got;
    return true;
}

static bool pull_raw(struct source *source, struct str *bytes,
                     struct err *err) {
    if (source->fd < 0) {
        *bytes = str_take(source->memory, PIECE_SIZE);
        source->memory = str_skip(source->memory, bytes->len);
    } else {
        size_t len;
        if (!pull_file(source, 0, &len, err))
            return false;
        /* A pipe may give single bytes; a gzip file shows in three. */
        for (size_t more = len; !source->started && more != 0 && len < 3;
             len += more) {
            if (!pull_file(source, len, &more, err))
                return false;
        }
        *bytes = (struct str){source->piece, len};
        source->pulled += len;
    }
    if (source->digest != NULL && bytes->len != 0)
        digest_add(source->digest, *bytes);
    return true;
}

double source_share(const struct source *source) {
    return source->size == 0 ? -1
                             : (double)source->pulled / (double)source->size;
}

/* A packed file's bytes are gone once unpacked, so its digest begins here,
   whether it will be asked for or not. */
static bool begin_gunzip(struct source *source, struct err *err) {
    source->gunzip = gunzip_new();
    if (source->digest == NULL) {
        source->digest = digest_new();
        if (source->digest != NULL)
            digest_add(source->digest, source->raw);
    }
    if (source->gunzip == NULL || source->digest == NULL)
        return err_nomem(err);
    return true;
}

static bool pull_unpacked(struct source *source, struct str *bytes,
                          struct err *err) {
    *bytes = STR_EMPTY;
    for (;;) {
        bool ended = false;
        if (source->raw.len == 0) {
            if (!pull_raw(source, &source->raw, err))
                return false;
            ended = source->raw.len == 0;
        }
        if (!gunzip_step(source->gunzip, &source->raw, bytes, err))
            return false;
        if (bytes->len != 0 || ended)
            return true;
    }
}

static bool pull(struct source *source, struct str *bytes, struct err *err) {
    if (source->gunzip != NULL)
        return pull_unpacked(source, bytes, err);
    if (!pull_raw(source, bytes, err))
        return false;
    if (source->started || !gunzip_sniff(*bytes)) {
        source->started = true;
        return true;
    }
    source->started = true;
    source->raw = *bytes;
    return begin_gunzip(source, err) && pull_unpacked(source, bytes, err);
}

static struct str waiting(const struct source *source) {
    return str_skip(strbuf_str(&source->ahead), source->taken);
}

/* Move what still waits to the front, so that the buffer stays small. */
static void drop_taken(struct source *source) {
    struct str rest = waiting(source);
    if (source->taken == 0)
        return;
    if (rest.len != 0)
        memmove(source->ahead.ptr, rest.ptr, rest.len);
    source->ahead.len = rest.len;
    source->taken = 0;
}

bool source_peek(struct source *source, struct str *head, struct err *err) {
    drop_taken(source);
    while (source->ahead.len < SOURCE_PEEK_MAX) {
        struct str bytes;
        if (!pull(source, &bytes, err))
            return false;
        if (bytes.len == 0)
            break;
        strbuf_add(&source->ahead, bytes);
        if (source->ahead.failed)
            return err_nomem(err);
    }
    *head = str_take(waiting(source), SOURCE_PEEK_MAX);
    return true;
}

bool source_read(struct source *source, struct str *bytes, struct err *err) {
    *bytes = waiting(source);
    if (bytes->len == 0) {
        if (!pull(source, bytes, err))
            return false;
        if (source->chunk == 0 || bytes->len <= source->chunk)
            return true;
        strbuf_clear(&source->ahead);
        source->taken = 0;
        strbuf_add(&source->ahead, *bytes);
        if (source->ahead.failed)
            return err_nomem(err);
        *bytes = waiting(source);
    }
    if (source->chunk != 0)
        *bytes = str_take(*bytes, source->chunk);
    source->taken += bytes->len;
    return true;
}

bool source_digest_begin(struct source *source, struct err *err) {
    source->digest_wanted = true;
    if (source->digest != NULL)
        return true;
    source->digest = digest_new();
    if (source->digest == NULL)
        return err_nomem(err);
    digest_add(source->digest, waiting(source));
    return true;
}

void source_digest_end(struct source *source, char hex[65]) {
    hex[0] = '\0';
    if (source->digest == NULL || !source->digest_wanted)
        return;
    digest_hex(source->digest, hex);
    digest_free(source->digest);
    source->digest = NULL;
}

void source_close(struct source *source) {
    if (source == NULL)
        return;
    if (source->owns_fd)
        close(source->fd);
    gunzip_free(source->gunzip);
    digest_free(source->digest);
    strbuf_dispose(&source->ahead);
    mem_free(source->piece);
    mem_free(source);
}
