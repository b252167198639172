/* An Excel workbook with bent parts is read or refused, the same way each time;
   one that is written well is read as it was written. */
#include "fuzz_sheets.h"
#include "fuzz_zip.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS                                                              \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

/* A part, and what it is where the input leaves it out. */
static const struct {
    const char *name, *usual;
} parts[] = {
    {"xl/worksheets/one.xml",
     "<worksheet xmlns='" MAIN "'><sheetData/></worksheet>"},
    {"xl/texts.xml", "<sst xmlns='" MAIN "'><si><t>MPN</t></si></sst>"},
    {"xl/styles.xml",
     "<styleSheet xmlns='" MAIN
     "'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"},
    {"xl/workbook.xml",
     "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONS
     "'><sheets><sheet name='BOM' sheetId='1' r:id='a'/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns='" PACKAGE "'>"
     "<Relationship Id='a' Type='" RELATIONS
     "/worksheet' Target='worksheets/one.xml'/>"
     "<Relationship Id='s' Type='" RELATIONS
     "/sharedStrings' Target='texts.xml'/>"
     "<Relationship Id='y' Type='" RELATIONS
     "/styles' Target='styles.xml'/></Relationships>"},
    {"_rels/.rels",
     "<Relationships xmlns='" PACKAGE "'><Relationship Id='r1' Type='" RELATIONS
     "/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
};

static struct str zip_of(struct fuzz_zip *zip, const struct str *given) {
    fuzz_zip_add(zip, "[Content_Types].xml", STR_LIT("<Types/>"));
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        fuzz_zip_add(zip, parts[i].name,
                     given[i].len != 0 ? given[i] : str_from(parts[i].usual));
    return fuzz_zip_end(zip);
}

/* ---- parts as they come ---- */

/* \x1e stands between the parts. A sheet may come without its frame. */
static void check_bent(struct str rest) {
    struct str given[ARRAY_LEN(parts)] = {STR_EMPTY};
    struct strbuf sheet = {.ptr = NULL};
    struct fuzz_zip zip = {.count = 0};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (!str_split(&rest, '\x1e', &given[i]))
            break;
    if (str_starts(given[0], STR_LIT("<row")) ||
        str_starts(given[0], STR_LIT("<c"))) {
        strbuf_printf(&sheet, "<worksheet xmlns='%s'><sheetData>", MAIN);
        strbuf_add(&sheet, given[0]);
        strbuf_add_text(&sheet, "</sheetData></worksheet>");
        given[0] = strbuf_str(&sheet);
    }
    fuzz_check_sheets(&xlsx_format, zip_of(&zip, given));
    fuzz_zip_dispose(&zip);
    strbuf_dispose(&sheet);
}

/* ---- what is written is read back ---- */

struct book {
    struct strbuf sheet, strings, want;
    unsigned shared;
};

/* Excel's own way to write a character by its number would be undone. */
static bool says_number(struct str cell) {
    return str_find(cell, STR_LIT("_x")) >= 0 ||
           str_find(cell, STR_LIT("_X")) >= 0;
}

/* Texts in each of the ways that a workbook has for them. */
static void write_cell(struct book *book, struct str cell, unsigned way) {
    struct strbuf *out = &book->sheet;
    if (way % 3 == 0) {
        strbuf_printf(out, "<c t='s'><v>%u</v></c>", book->shared++);
        strbuf_add_text(&book->strings, "<si><t xml:space='preserve'>");
        fuzz_add_escaped(&book->strings, cell);
        strbuf_add_text(&book->strings, "</t></si>");
        return;
    }
    strbuf_add_text(out, way % 3 == 1
                             ? "<c t='inlineStr'><is><t xml:space='preserve'>"
                             : "<c t='str'><v>");
    fuzz_add_escaped(out, cell);
    strbuf_add_text(out, way % 3 == 1 ? "</t></is></c>" : "</v></c>");
}

static bool write_row(struct book *book, struct str line, unsigned row,
                      unsigned way) {
    struct str cell;
    size_t columns = 0;
    strbuf_printf(&book->sheet, "<row r='%u'>", row);
    strbuf_printf(&book->want, "%u", row);
    while (str_split(&line, '\x1f', &cell)) {
        if (!fuzz_is_plain(cell) || says_number(cell) || cell.len == 0 ||
            ++columns > 20)
            return false;
        write_cell(book, cell, way++);
        strbuf_add_char(&book->want, '\x1f');
        strbuf_add(&book->want, cell);
    }
    strbuf_add_text(&book->sheet, "</row>");
    strbuf_add_char(&book->want, '\n');
    return true;
}

static void check_written(struct str rest, unsigned way) {
    struct book book = {.shared = 0};
    struct strbuf read = {.ptr = NULL};
    struct fuzz_zip zip = {.count = 0};
    struct str line, given[ARRAY_LEN(parts)] = {STR_EMPTY};
    unsigned row = 0;
    bool plain = true;
    strbuf_printf(&book.sheet, "<worksheet xmlns='%s'><sheetData>", MAIN);
    strbuf_printf(&book.strings, "<sst xmlns='%s'>", MAIN);
    while (plain && str_split(&rest, '\n', &line))
        plain = write_row(&book, line, ++row, way);
    strbuf_add_text(&book.sheet, "</sheetData></worksheet>");
    strbuf_add_text(&book.strings, "</sst>");
    given[0] = strbuf_str(&book.sheet);
    given[1] = strbuf_str(&book.strings);
    if (plain) {
        fuzz_read_sheets(&xlsx_format, zip_of(&zip, given), &read);
        must_be_same(&book.want, &read, "what is written is read back");
    }
    fuzz_zip_dispose(&zip);
    strbuf_dispose(&book.sheet);
    strbuf_dispose(&book.strings);
    strbuf_dispose(&book.want);
    strbuf_dispose(&read);
}

/* What begins with a tag is the parts; all else are cells. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = {(const char *)data, size};
    if (size != 0 && (bytes.ptr[0] == '<' || bytes.ptr[0] == '\x1e'))
        check_bent(bytes);
    else if (size != 0)
        check_written(str_skip(bytes, 1), data[0]);
    return 0;
}
