#include "report/excel_check.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include <expat.h>
#include <lazy/zip.h>

#include "core/str.h"

/* What a sheet's part is called, by its number. */
#define SHEET_PART "xl/worksheets/sheet%zu.xml"

static void XMLCALL count_element(void *ctx, const XML_Char *name,
                                  const XML_Char **attributes) {
    struct excel_content *found = ctx;
    struct str element = str_from(name);
    (void)attributes;
    found->rows += str_eq(element, STR_LIT("row"));
    found->cells += str_eq(element, STR_LIT("c"));
}

static bool damaged(struct err *err, const char *part, const char *how) {
    return err_set(err, ERR_IO,
                   "the workbook was not written whole: %s %s (is the disk or "
                   "the temporary folder full?)",
                   part, how);
}

/* An empty part, as a full disk leaves it, is not well-formed either. */
static bool parse(zip_file_t *file, XML_Parser parser, const char *part,
                  struct err *err) {
    char block[16 * 1024];
    zip_int64_t got;
    do {
        got = zip_fread(file, block, sizeof(block));
        if (got < 0)
            return damaged(err, part, "cannot be unpacked");
        if (XML_Parse(parser, block, (int)got, got == 0) != XML_STATUS_OK)
            return damaged(err, part, "is not well-formed");
    } while (got != 0);
    return true;
}

static bool read_part(zip_t *zip, zip_uint64_t index, const char *part,
                      struct excel_content *found, struct err *err) {
    zip_file_t *file = zip_fopen_index(zip, index, 0);
    if (file == NULL)
        return damaged(err, part, "cannot be opened");
    XML_Parser parser = XML_ParserCreate(NULL);
    bool ok = false;
    if (parser == NULL) {
        err_nomem(err);
    } else {
        XML_SetUserData(parser, found);
        XML_SetElementHandler(parser, count_element, NULL);
        ok = parse(file, parser, part, err);
        XML_ParserFree(parser);
    }
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
