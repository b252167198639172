#include "workbook.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "bom/source.h"
#include "core/mem.h"

static void told(void *ctx, enum bom_severity severity, const char *code,
                 uint32_t line, uint32_t column, const char *message) {
    struct workbook_result *result = ctx;
    (void)message;
    strbuf_printf(&result->told, "%s %s %u:%u\n",
                  severity == BOM_LOST ? "lost" : "note", code, line, column);
}

static void add_row(struct workbook_result *result, const struct row *row) {
    result->row_count++;
    strbuf_printf(&result->rows, "%u:", row->line);
    for (size_t i = 0; i < row->count; i++) {
        if (i != 0)
            strbuf_add_char(&result->rows, '|');
        for (size_t k = 0; k < row->cells[i].len; k++) {
            char c = row->cells[i].ptr[k];
            strbuf_add(&result->rows,
                       c == '\n' ? STR_LIT("\\n") : (struct str){&c, 1});
        }
    }
    strbuf_add_char(&result->rows, '\n');
}

static void read_rows(struct workbook_result *result,
                      const struct reader_format *format, struct source *source,
                      const struct reader_options *options) {
    struct reader *reader = NULL;
    struct reader_facts facts;
    struct row row;
    enum reader_step step;
    result->opened = format->open(&reader, source, options, &result->err);
    if (!result->opened)
        return;
    format->facts(reader, &facts);
    strbuf_add_text(&result->sheet, facts.sheet);
    while ((step = format->next(reader, &row, &result->err)) == READER_ROW)
        add_row(result, &row);
    result->ended = step == READER_END;
    format->close(reader);
}

static void read_source(struct workbook_result *result, struct source *source,
                        struct workbook_how how) {
    struct str head;
    struct reader_options options = {
        .sheet = how.sheet,
        .header_score = how.header_score,
        .diagnostics = {.add = told, .ctx = result},
    };
    if (!source_peek(source, &head, &result->err))
        return;
    const struct reader_format *format = reader_format_find(head, &result->err);
    if (format == NULL)
        return;
    if (how.must_be != NULL)
        cr_expect_str_eq(format->name, how.must_be);
    read_rows(result, format, source, &options);
}

void workbook_read(struct workbook_result *result, struct str bytes,
                   struct workbook_how how) {
    struct source *source = NULL;
    *result = (struct workbook_result){.err = ERR_INIT};
    /* Never NULL, so that a test can print them. */
    strbuf_add_text(&result->rows, "");
    strbuf_add_text(&result->told, "");
    strbuf_add_text(&result->sheet, "");
    cr_assert(source_open_memory(&source, bytes, &result->err));
    read_source(result, source, how);
    source_close(source);
}

void workbook_read_file(struct workbook_result *result, const char *path,
                        struct workbook_how how) {
    FILE *file = fopen(path, "rb");
    struct strbuf bytes = {.ptr = NULL};
    char piece[4096];
    size_t len;
    cr_assert_not_null(file, "%s", path);
    while ((len = fread(piece, 1, sizeof(piece), file)) > 0)
        strbuf_add(&bytes, (struct str){piece, len});
    fclose(file);
    workbook_read(result, strbuf_str(&bytes), how);
    strbuf_dispose(&bytes);
}

/* The eleventh column of index.tsv. */
static size_t part_lines(const char *file) {
    char line[8192];
    size_t lines = 0;
    FILE *index = fopen(BOMGATE_CORPUS "/index.tsv", "r");
    cr_assert_not_null(index);
    while (fgets(line, sizeof(line), index) != NULL) {
        char *at = line;
        if (strncmp(line, file, strlen(file)) != 0)
            continue;
        for (int column = 0; column < 10 && at != NULL; column++)
            at = strchr(at + 1, '\t');
        cr_assert_not_null(at, "%s", line);
        lines = (size_t)strtoul(at + 1, NULL, 10);
    }
    fclose(index);
    return lines;
}

void workbook_expect_corpus(const struct workbook_expected *expected,
                            size_t count, const char *format) {
    FILE *index = fopen(BOMGATE_CORPUS "/index.tsv", "r");
    if (index == NULL)
        cr_skip_test("no corpus at " BOMGATE_CORPUS);
    fclose(index);
    for (size_t i = 0; i < count; i++) {
        struct workbook_result result;
        char path[512];
        snprintf(path, sizeof(path), "%s/boms/%s", BOMGATE_CORPUS,
                 expected[i].file);
        workbook_read_file(&result, path,
                           (struct workbook_how){.must_be = format});
        cr_expect(result.ended, "%s: %s", path, result.err.msg);
        cr_expect(strstr(result.told.ptr, "lost") == NULL, "%s: %s", path,
                  result.told.ptr);
        cr_expect_eq(result.row_count, expected[i].rows, "%s: %zu rows", path,
                     result.row_count);
        cr_expect_gt(part_lines(expected[i].file), 0, "%s", path);
        cr_expect_gt(result.row_count, part_lines(expected[i].file), "%s",
                     path);
        workbook_result_dispose(&result);
    }
}

static bool read_quietly(const struct reader_format *format, struct str bytes,
                         struct err *err) {
    struct source *source = NULL;
    struct reader *reader = NULL;
    struct reader_options options = {.sheet = NULL};
    struct row row;
    enum reader_step step = READER_ERROR;
    if (!source_open_memory(&source, bytes, err))
        return false;
    if (format->open(&reader, source, &options, err)) {
        while ((step = format->next(reader, &row, err)) == READER_ROW) {
        }
        format->close(reader);
    }
    source_close(source);
    return step == READER_END;
}

void workbook_expect_nomem(const struct reader_format *format,
                           struct str bytes) {
    for (size_t nth = 1; nth < 100000; nth++) {
        struct err err = ERR_INIT;
        mem_fail_after(nth);
        bool ok = read_quietly(format, bytes, &err);
        bool failed = mem_failed();
        mem_fail_after(0);
        if (!failed) {
            cr_expect(ok, "%s", err.msg);
            cr_expect_gt(nth, 10);
            return;
        }
        cr_expect_not(ok, "allocation %zu", nth);
        cr_expect_eq(err.code, ERR_NOMEM, "allocation %zu: %s", nth, err.msg);
    }
    cr_assert(false, "it never got through");
}

void workbook_result_dispose(struct workbook_result *result) {
    strbuf_dispose(&result->rows);
    strbuf_dispose(&result->told);
    strbuf_dispose(&result->sheet);
}

static void add_parts(zip_t *archive, const struct workbook_part *parts) {
    for (; parts->name != NULL; parts++) {
        zip_source_t *data =
            zip_source_buffer(archive, parts->data.ptr, parts->data.len, 0);
        cr_assert_not_null(data);
        cr_assert_geq(
            zip_file_add(archive, parts->name, data, ZIP_FL_ENC_UTF_8), 0, "%s",
            parts->name);
    }
}

void workbook_zip(struct strbuf *out, const struct workbook_part *parts) {
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &why);
    cr_assert_not_null(memory);
    zip_source_keep(memory);
    zip_t *archive = zip_open_from_source(memory, ZIP_TRUNCATE, &why);
    cr_assert_not_null(archive);
    add_parts(archive, parts);
    cr_assert_eq(zip_close(archive), 0);
    char piece[4096];
    zip_int64_t len;
    cr_assert_eq(zip_source_open(memory), 0);
    while ((len = zip_source_read(memory, piece, sizeof(piece))) > 0)
        strbuf_add(out, (struct str){piece, (size_t)len});
    zip_source_close(memory);
    zip_source_free(memory);
}
