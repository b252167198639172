#include "bom/reader.h"

#include "bom/formats.h"

const struct reader_format *const reader_formats[] = {
    &csv_format, &fixed_format, &ods_format, &xls_format, &xlsx_format, NULL,
};

/* A format as sure as this has seen the file's own signature. */
#define SURE 85

struct stranger {
    struct str start;
    const char *what, *advice;
};

/* What people take for a BOM, or hand over by mistake: by what no table
   starts with. */
static const struct stranger strangers[] = {
    {{"%PDF-", 5}, "a PDF", "export the BOM as .xlsx or .csv instead"},
    {{"\x89PNG", 4}, "a PNG picture", "a table is needed, as .xlsx or .csv"},
    {{"\xff\xd8\xff", 3},
     "a JPEG picture",
     "a table is needed, as .xlsx or .csv"},
    {{"\x7f\x45LF", 4}, "a program", "choose the BOM itself"},
    {{"\xd0\xcf\x11\xe0", 4},
     "an old Office document without a readable sheet",
     "save it as .xlsx or .csv"},
    {{"PK\x03\x04", 4},
     "a ZIP archive that is no spreadsheet",
     "unpack it and choose the BOM in it"},
    {{"PK\x05\x06", 4}, "an empty ZIP archive", "choose the BOM itself"},
    {{"7z\xbc\xaf", 4}, "a 7z archive", "unpack it and choose the BOM in it"},
    {{"\xfd\x37zXZ", 5}, "an xz archive", "unpack it first"},
    {{"\x1f\x8b\x08", 3}, "a gzip file packed twice", "unpack it once"},
    {{"{\\rtf", 5}, "an RTF document", "save the table as .csv"},
    {{"<!doctype", 9}, "a web page", "save its table as .xlsx or .csv"},
    {{"<html", 5}, "a web page", "save its table as .xlsx or .csv"},
    {{"<table", 6}, "a web page", "save its table as .xlsx or .csv"},
    {{"<?xml", 5}, "an XML document", "export the BOM as .xlsx or .csv"},
    {{"{\"", 2}, "a JSON document", "export the BOM as .xlsx or .csv"},
    {{"{\n", 2}, "a JSON document", "export the BOM as .xlsx or .csv"},
    {{"(kicad", 6}, "a KiCad design file", "export its BOM as .csv"},
    {{"(export", 7}, "a KiCad netlist", "export the BOM as .csv"},
};

/* A part number could start with these too, so they count only for bytes that
   are no text. */
static const struct stranger binaries[] = {
    {{"MZ", 2}, "a Windows program", "choose the BOM itself"},
    {{"GIF8", 4}, "a GIF picture", "a table is needed, as .xlsx or .csv"},
    {{"Rar!", 4}, "a RAR archive", "unpack it and choose the BOM in it"},
    {{"BZh", 3}, "a bzip2 archive", "unpack it first"},
    {{"SQLite format 3", 15}, "an SQLite database", "export it as .csv"},
};

static bool starts_nocase(struct str text, struct str start) {
    return str_eq_nocase(str_take(text, start.len), start);
}

static bool is_stranger(struct str head, const struct stranger *known,
                        size_t count, struct err *err) {
    for (size_t i = 0; i < count; i++) {
        if (starts_nocase(head, known[i].start)) {
            err_set(err, ERR_FOREIGN, "this is no BOM but %s: %s",
                    known[i].what, known[i].advice);
            return true;
        }
    }
    return false;
}

static bool starts_strange(struct str head, struct err *err) {
    if (str_starts(head, STR_LIT("\xef\xbb\xbf")))
        head = str_skip(head, 3);
    while (head.len != 0 && ascii_is_space(head.ptr[0]))
        head = str_skip(head, 1);
    return is_stranger(head, strangers, ARRAY_LEN(strangers), err);
}

static const struct reader_format *surest(struct str head, int *sure) {
    const struct reader_format *best = NULL;
    *sure = 0;
    for (size_t i = 0; reader_formats[i] != NULL; i++) {
        int found = reader_formats[i]->sniff(head);
        if (found > *sure) {
            *sure = found;
            best = reader_formats[i];
        }
    }
    return best;
}

const struct reader_format *reader_format_find(struct str head,
                                               struct err *err) {
    int sure;
    const struct reader_format *best = surest(head, &sure);
    if (sure >= SURE)
        return best;
    if (head.len == 0)
        err_set(err, ERR_FOREIGN, "the file is empty");
    else if (str_trim(head).len == 0)
        err_set(err, ERR_FOREIGN, "the file holds nothing but blanks");
    else if (starts_strange(head, err))
        return NULL;
    else if (best == NULL &&
             !is_stranger(head, binaries, ARRAY_LEN(binaries), err))
        err_set(err, ERR_FOREIGN,
                "this is no BOM: neither text nor a spreadsheet");
    return best;
}
