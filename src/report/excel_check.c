#include "report/excel_check.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include <lazy/zip.h>

#include "core/str.h"

/* What a sheet's part is called, by its number. */
#define SHEET_PART "xl/worksheets/sheet%zu.xml"

/* Tags as they pass by. What writes them leaves no "<" and no ">" in texts or
   attributes, and no comments; so a part that is cut off, or lacks a stretch,
   ends inside a tag or an element, or with another count. */
struct tags {
    struct excel_content found;
    uint64_t elements, open;
    bool inside, broken;
    char head[4]; /* what a tag begins with; a longer name is of no matter */
    size_t len;   /* of it, so far */
    char last;    /* before the ">" */
};

static bool is_named(const struct tags *tags, struct str name) {
    struct str head = {tags->head, tags->len};
    return str_starts(head, name) &&
           (head.len == name.len || head.ptr[name.len] == ' ' ||
            head.ptr[name.len] == '/');
}

static void end_tag(struct tags *tags) {
    tags->inside = false;
    if (tags->len == 0 || tags->head[0] == '?')
        return;
    tags->found.rows += is_named(tags, STR_LIT("row"));
    tags->found.cells += is_named(tags, STR_LIT("c"));
    if (tags->head[0] == '/') {
        tags->broken = tags->broken || tags->open == 0;
        tags->open--;
        return;
    }
    tags->elements++;
    tags->open += tags->last != '/';
}

static void begin_tag(struct tags *tags) {
    tags->inside = true;
    tags->len = 0;
}

/* The text of a tag, or the next piece of it. */
static void add_tag(struct tags *tags, struct str text) {
    if (text.len == 0)
        return;
    for (size_t i = 0; i < text.len && tags->len < sizeof(tags->head); i++)
        tags->head[tags->len++] = text.ptr[i];
    tags->last = text.ptr[text.len - 1];
    tags->broken = tags->broken || str_find_char(text, '<') >= 0;
}

static void add_block(struct tags *tags, struct str block) {
    while (block.len != 0) {
        ptrdiff_t at = str_find_char(block, tags->inside ? '>' : '<');
        struct str before = at < 0 ? block : str_take(block, (size_t)at);
        if (tags->inside)
            add_tag(tags, before);
        if (at < 0)
            return;
        if (tags->inside)
            end_tag(tags);
        else
            begin_tag(tags);
        block = str_skip(block, (size_t)at + 1);
    }
}

static bool are_whole(const struct tags *tags) {
    return !tags->broken && !tags->inside && tags->elements != 0 &&
           tags->open == 0;
}

static bool damaged(struct err *err, const char *part, const char *how) {
    return err_set(err, ERR_IO,
                   "the workbook was not written whole: %s %s (is the disk or "
                   "the temporary folder full?)",
                   part, how);
}

static bool read_tags(zip_file_t *file, struct tags *tags, const char *part,
                      struct err *err) {
    char block[16 * 1024];
    zip_int64_t got;
    while ((got = zip_fread(file, block, sizeof(block))) > 0)
        add_block(tags, (struct str){block, (size_t)got});
    if (got < 0)
        return damaged(err, part, "cannot be unpacked");
    return are_whole(tags) || damaged(err, part, "is not well-formed");
}

static bool read_part(zip_t *zip, zip_uint64_t index, const char *part,
                      struct excel_content *found, struct err *err) {
    struct tags tags = {.inside = false};
    zip_file_t *file = zip_fopen_index(zip, index, 0);
    if (file == NULL)
        return damaged(err, part, "cannot be opened");
    bool ok = read_tags(file, &tags, part, err);
    *found = tags.found;
    if (zip_fclose(file) != 0 && ok)
        ok = damaged(err, part, "has a wrong checksum");
    return ok;
}

static bool check_sheet(zip_t *zip, size_t number,
                        const struct excel_content *written, struct err *err) {
    char part[64];
    struct excel_content found = {.rows = 0};
    snprintf(part, sizeof(part), SHEET_PART, number);
    zip_int64_t index = zip_name_locate(zip, part, 0);
    if (index < 0)
        return damaged(err, part, "is missing");
    if (!read_part(zip, (zip_uint64_t)index, part, &found, err))
        return false;
    if (found.rows == written->rows && found.cells == written->cells)
        return true;
    char how[128];
    snprintf(how, sizeof(how),
             "holds %" PRIu64 " of %" PRIu64 " rows and %" PRIu64 " of %" PRIu64
             " cells",
             found.rows, written->rows, found.cells, written->cells);
    return damaged(err, part, how);
}

static bool check_parts(zip_t *zip, const struct excel_content *written,
                        size_t count, struct err *err) {
    zip_int64_t parts = zip_get_num_entries(zip, 0);
    for (zip_int64_t i = 0; i < parts; i++) {
        struct excel_content ignored = {.rows = 0};
        const char *name = zip_get_name(zip, (zip_uint64_t)i, 0);
        if (name == NULL)
            return damaged(err, "a part", "has no name");
        /* The sheets are read by their number, once, below. */
        if (str_starts(str_from(name), STR_LIT("xl/worksheets/sheet")))
            continue;
        if (!read_part(zip, (zip_uint64_t)i, name, &ignored, err))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!check_sheet(zip, i + 1, &written[i], err))
            return false;
    }
    return true;
}

bool excel_check(const char *path, const struct excel_content *written,
                 size_t count, struct err *err) {
    int code = 0;
    if (!lazy_zip_load(err))
        return false;
    zip_t *zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (zip == NULL)
        return damaged(err, "the file", "is no whole archive");
    bool ok = check_parts(zip, written, count, err);
    zip_discard(zip);
    return ok;
}
