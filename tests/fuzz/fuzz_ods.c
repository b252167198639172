/* An OpenDocument spreadsheet with bent content is read or refused, the same
   way each time; one that is written well is read as it was written. */
#include "fuzz_sheets.h"
#include "fuzz_zip.h"

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define BEGIN                                                                  \
    "<office:document-content xmlns:office='" OASIS                            \
    "office:1.0' xmlns:table='" OASIS "table:1.0' xmlns:text='" OASIS          \
    "text:1.0' xmlns:style='" OASIS "style:1.0' xmlns:draw='" OASIS            \
    "drawing:1.0'><office:automatic-styles/><office:body>"                     \
    "<office:spreadsheet><table:table table:name='BOM'>"
#define END                                                                    \
    "</table:table></office:spreadsheet></office:body>"                        \
    "</office:document-content>"

static struct str zip_of(struct fuzz_zip *zip, struct str content) {
    fuzz_zip_add(zip, "mimetype",
                 STR_LIT("application/vnd.oasis.opendocument.spreadsheet"));
    fuzz_zip_add(zip, "content.xml", content);
    return fuzz_zip_end(zip);
}

/* Rows may come without their frame. */
static void check_bent(struct str content) {
    struct strbuf framed = {.ptr = NULL};
    struct fuzz_zip zip = {.count = 0};
    if (str_starts(content, STR_LIT("<table:"))) {
        strbuf_add_text(&framed, BEGIN);
        strbuf_add(&framed, content);
        strbuf_add_text(&framed, END);
        content = strbuf_str(&framed);
    }
    fuzz_check_sheets(&ods_format, zip_of(&zip, content));
    fuzz_zip_dispose(&zip);
    strbuf_dispose(&framed);
}

/* ---- what is written is read back ---- */

/* Blanks in a row are written by their number in this format. */
static bool is_kept(struct str cell) {
    return fuzz_is_plain(cell) && cell.len != 0 &&
           str_find_char(cell, '\t') < 0 && str_find_char(cell, ' ') < 0;
}

static bool write_row(struct strbuf *content, struct strbuf *want,
                      struct str line, unsigned row) {
    struct str cell;
    size_t columns = 0;
    strbuf_add_text(content, "<table:table-row>");
    strbuf_printf(want, "%u", row);
    while (str_split(&line, '\x1f', &cell)) {
        if (!is_kept(cell) || ++columns > 20)
            return false;
        strbuf_add_text(content, "<table:table-cell office:value-type='string'>"
                                 "<text:p>");
        fuzz_add_escaped(content, cell);
        strbuf_add_text(content, "</text:p></table:table-cell>");
        strbuf_add_char(want, '\x1f');
        strbuf_add(want, cell);
    }
    strbuf_add_text(content, "</table:table-row>");
    strbuf_add_char(want, '\n');
    return true;
}

static void check_written(struct str rest) {
    struct strbuf content = {.ptr = NULL}, want = {.ptr = NULL},
                  read = {.ptr = NULL};
    struct fuzz_zip zip = {.count = 0};
    struct str line;
    unsigned row = 0;
    bool plain = true;
    strbuf_add_text(&content, BEGIN);
    while (plain && str_split(&rest, '\n', &line))
        plain = write_row(&content, &want, line, ++row);
    strbuf_add_text(&content, END);
    if (plain) {
        fuzz_read_sheets(&ods_format, zip_of(&zip, strbuf_str(&content)),
                         &read);
        must_be_same(&want, &read, "what is written is read back");
    }
    fuzz_zip_dispose(&zip);
    strbuf_dispose(&content);
    strbuf_dispose(&want);
    strbuf_dispose(&read);
}

/* What begins with a tag is content.xml, or its rows; all else are cells. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = {(const char *)data, size};
    if (size != 0 && bytes.ptr[0] == '<')
        check_bent(bytes);
    else if (size != 0)
        check_written(bytes);
    return 0;
}
