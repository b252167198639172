#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <zlib.h>

#include "bom/source_chunked.h"
#include "core/digest.h"
#include "core/mem.h"

TestSuite(source, .timeout = 30);

static struct strbuf read_all(struct source *source) {
    struct strbuf all = {.ptr = NULL};
    struct err err = ERR_INIT;
    struct str bytes;
    do {
        cr_assert(source_read(source, &bytes, &err), "%s", err.msg);
        strbuf_add(&all, bytes);
    } while (bytes.len != 0);
    return all;
}

static struct strbuf pattern(size_t len) {
    struct strbuf text = {.ptr = NULL};
    unsigned seed = 3;
    for (size_t i = 0; i < len; i++) {
        seed = seed * 1103515245u + 12345u;
        strbuf_add_char(&text, (char)(seed >> 16));
    }
    return text;
}

static void sha256(struct str bytes, char hex[DIGEST_HEX_SIZE]) {
    struct digest *digest = digest_new();
    digest_add(digest, bytes);
    digest_hex(digest, hex);
    digest_free(digest);
}

static char *temp_file(struct str bytes) {
    static char path[64];
    snprintf(path, sizeof(path), "/tmp/bomgate-source-XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    cr_assert_eq(write(fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
    close(fd);
    return path;
}

static struct strbuf gzip(struct str bytes) {
    struct strbuf packed = {.ptr = NULL};
    z_stream stream = {.zalloc = NULL};
    char piece[4096];
    cr_assert_eq(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9,
                              Z_DEFAULT_STRATEGY),
                 Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    int status;
    do {
        stream.next_out = (Bytef *)piece;
        stream.avail_out = sizeof(piece);
        status = deflate(&stream, Z_FINISH);
        strbuf_add(&packed,
                   (struct str){piece, sizeof(piece) - stream.avail_out});
    } while (status == Z_OK);
    cr_assert_eq(status, Z_STREAM_END);
    deflateEnd(&stream);
    return packed;
}

Test(source, looking_ahead_takes_nothing) {
    struct strbuf text = pattern(200000);
    for (size_t chunk = 0; chunk < 100000; chunk = 3 * chunk + 1) {
        struct source *source;
        struct err err = ERR_INIT;
        struct str head, bytes;
        cr_assert(source_open_chunked(&source, strbuf_str(&text), chunk, &err));
        cr_assert(source_peek(source, &head, &err));
        cr_expect_eq(head.len, SOURCE_PEEK_MAX);
        cr_assert(source_read(source, &bytes, &err));
        cr_expect(str_starts(strbuf_str(&text), bytes));
        struct str rest = str_skip(strbuf_str(&text), bytes.len);
        cr_assert(source_peek(source, &head, &err));
        cr_expect(str_starts(rest, head), "chunk %zu", chunk);
        struct strbuf all = read_all(source);
        cr_expect(str_eq(strbuf_str(&all), rest), "chunk %zu", chunk);
        strbuf_dispose(&all);
        source_close(source);
    }
    strbuf_dispose(&text);
}

Test(source, a_short_file_is_seen_whole) {
    struct source *source;
    struct err err = ERR_INIT;
    struct str head;
    cr_assert(source_open_memory(&source, STR_LIT("a,b\n"), &err));
    cr_assert(source_peek(source, &head, &err));
    cr_expect(str_eq(head, STR_LIT("a,b\n")));
    source_close(source);
}

Test(source, an_empty_source_ends_at_once) {
    struct source *source;
    struct err err = ERR_INIT;
    struct str bytes;
    cr_assert(source_open_memory(&source, STR_EMPTY, &err));
    cr_assert(source_peek(source, &bytes, &err));
    cr_expect_eq(bytes.len, 0);
    cr_assert(source_read(source, &bytes, &err));
    cr_expect_eq(bytes.len, 0);
    source_close(source);
}

Test(source, a_file_is_read_and_hashed_whole) {
    struct strbuf text = pattern(300000);
    char *path = temp_file(strbuf_str(&text));
    char want[DIGEST_HEX_SIZE], got[65];
    struct source *source;
    struct err err = ERR_INIT;
    struct str head;
    cr_assert(source_open_file(&source, path, &err));
    /* Looking ahead before the digest is asked for must not lose bytes. */
    cr_assert(source_peek(source, &head, &err));
    cr_assert(source_digest_begin(source, &err));
    struct strbuf all = read_all(source);
    source_digest_end(source, got);
    sha256(strbuf_str(&text), want);
    cr_expect_str_eq(got, want);
    cr_expect(str_eq(strbuf_str(&all), strbuf_str(&text)));
    source_close(source);
    unlink(path);
    strbuf_dispose(&all);
    strbuf_dispose(&text);
}

Test(source, a_digest_that_was_not_asked_for_is_empty) {
    struct source *source;
    struct err err = ERR_INIT;
    char hex[65] = "x";
    cr_assert(source_open_memory(&source, STR_LIT("a"), &err));
    source_digest_end(source, hex);
    cr_expect_str_eq(hex, "");
    source_close(source);
}

Test(source, dash_is_standard_input) {
    int pipe_ends[2];
    struct source *source;
    struct err err = ERR_INIT;
    cr_assert_eq(pipe(pipe_ends), 0);
    cr_assert_eq(write(pipe_ends[1], "a,b\n", 4), 4);
    close(pipe_ends[1]);
    cr_assert(dup2(pipe_ends[0], STDIN_FILENO) >= 0);
    cr_assert(source_open_file(&source, "-", &err));
    struct strbuf all = read_all(source);
    cr_expect_str_eq(all.ptr, "a,b\n");
    strbuf_dispose(&all);
    source_close(source);
    close(pipe_ends[0]);
}

Test(source, a_missing_file_and_a_folder_are_errors_that_say_so) {
    struct source *source;
    struct err err = ERR_INIT;
    cr_expect(!source_open_file(&source, "/nowhere/bom.csv", &err));
    cr_expect_eq(err.code, ERR_IO);
    cr_expect_str_eq(err.file, "/nowhere/bom.csv");
    err = ERR_INIT;
    cr_expect(!source_open_file(&source, "/tmp", &err));
    cr_expect(strstr(err.msg, "folder") != NULL, "%s", err.msg);
}

Test(source, a_gzip_file_gives_what_is_in_it_and_the_digest_of_itself) {
    struct strbuf text = {.ptr = NULL};
    for (int i = 0; i < 20000; i++)
        strbuf_printf(&text, "R%d,10k,Yageo\n", i);
    struct strbuf packed = gzip(strbuf_str(&text));
    char want[DIGEST_HEX_SIZE], got[65];
    sha256(strbuf_str(&packed), want);
    char *path = temp_file(strbuf_str(&packed));
    for (int from_file = 0; from_file < 2; from_file++) {
        struct source *source;
        struct err err = ERR_INIT;
        struct str head;
        cr_assert(from_file ? source_open_file(&source, path, &err)
                            : source_open_chunked(&source, strbuf_str(&packed),
                                                  7, &err));
        cr_assert(source_peek(source, &head, &err));
        cr_expect(str_starts(head, STR_LIT("R0,10k,Yageo\n")));
        cr_assert(source_digest_begin(source, &err));
        struct strbuf all = read_all(source);
        cr_expect(str_eq(strbuf_str(&all), strbuf_str(&text)));
        source_digest_end(source, got);
        cr_expect_str_eq(got, want);
        strbuf_dispose(&all);
        source_close(source);
    }
    unlink(path);
    strbuf_dispose(&packed);
    strbuf_dispose(&text);
}

Test(source, gzip_members_follow_each_other_and_padding_is_passed_over) {
    struct strbuf one = gzip(STR_LIT("a,b\n")), two = gzip(STR_LIT("1,2\n"));
    struct source *source;
    struct err err = ERR_INIT;
    strbuf_add(&one, strbuf_str(&two));
    strbuf_add(&one, (struct str){"\0\0\0\0", 4});
    cr_assert(source_open_memory(&source, strbuf_str(&one), &err));
    struct strbuf all = read_all(source);
    cr_expect_str_eq(all.ptr, "a,b\n1,2\n");
    strbuf_dispose(&all);
    source_close(source);
    strbuf_dispose(&one);
    strbuf_dispose(&two);
}

static bool drain(struct str packed, struct err *err) {
    struct source *source;
    struct str bytes;
    bool read;
    cr_assert(source_open_memory(&source, packed, err));
    do
        read = source_read(source, &bytes, err);
    while (read && bytes.len != 0);
    source_close(source);
    return read;
}

Test(source, a_damaged_gzip_file_is_an_error) {
    struct strbuf packed = gzip(STR_LIT("a,b\n1,2\n3,4\n5,6\n"));
    struct err err = ERR_INIT;
    cr_expect(!drain(str_take(strbuf_str(&packed), packed.len - 4), &err));
    cr_expect(strstr(err.msg, "too early") != NULL, "%s", err.msg);
    strbuf_add_text(&packed, "U9,1,Micron");
    err = ERR_INIT;
    cr_expect(!drain(strbuf_str(&packed), &err));
    cr_expect(strstr(err.msg, "something else") != NULL, "%s", err.msg);
    packed.ptr[12] ^= 0x55;
    err = ERR_INIT;
    cr_expect(!drain(strbuf_str(&packed), &err));
    cr_expect_eq(err.code, ERR_SYNTAX);
    strbuf_dispose(&packed);
}

Test(source, a_gzip_bomb_is_stopped) {
    size_t size = (size_t)64 << 20;
    char *zeros = calloc(1, size);
    struct strbuf packed = gzip((struct str){zeros, size});
    struct err err = ERR_INIT;
    free(zeros);
    cr_expect(!drain(strbuf_str(&packed), &err));
    cr_expect_eq(err.code, ERR_LIMIT, "%s", err.msg);
    strbuf_dispose(&packed);
}

Test(source, every_failed_allocation_is_an_error) {
    struct strbuf packed = gzip(STR_LIT("a,b\n1,2\n"));
    for (size_t n = 1; n < 50; n++) {
        struct source *source = NULL;
        struct err err = ERR_INIT;
        struct str head;
        mem_fail_after(n);
        bool read = source_open_memory(&source, strbuf_str(&packed), &err) &&
                    source_digest_begin(source, &err) &&
                    source_peek(source, &head, &err);
        bool failed = mem_failed();
        mem_fail_after(0);
        source_close(source);
        cr_expect_eq(read, !failed, "allocation %zu", n);
        if (!failed)
            break;
        cr_expect_eq(err.code, ERR_NOMEM);
    }
    strbuf_dispose(&packed);
}
