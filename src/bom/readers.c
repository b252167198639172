#include "bom/reader.h"

#include "bom/formats.h"
#include "core/lang.h"

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
    {{"%PDF-", 5}, N_("a PDF"), N_("export the BOM as .xlsx or .csv instead")},
    {{"\x89PNG", 4},
     N_("a PNG picture"),
     N_("a table is needed, as .xlsx or .csv")},
    {{"\xff\xd8\xff", 3},
     N_("a JPEG picture"),
     N_("a table is needed, as .xlsx or .csv")},
    {{"\x7f\x45LF", 4}, N_("a program"), N_("choose the BOM itself")},
    {{"\xd0\xcf\x11\xe0", 4},
     N_("an old Office document without a readable sheet"),
     N_("save it as .xlsx or .csv")},
    {{"PK\x03\x04", 4},
     N_("a ZIP archive that is no spreadsheet"),
     N_("unpack it and choose the BOM in it")},
    {{"PK\x05\x06", 4},
     N_("an empty ZIP archive"),
     N_("choose the BOM itself")},
    {{"7z\xbc\xaf", 4},
     N_("a 7z archive"),
     N_("unpack it and choose the BOM in it")},
    {{"\xfd\x37zXZ", 5}, N_("an xz archive"), N_("unpack it first")},
    {{"\x1f\x8b\x08", 3}, N_("a gzip file packed twice"), N_("unpack it once")},
    {{"{\\rtf", 5}, N_("an RTF document"), N_("save the table as .csv")},
    {{"<!doctype", 9}, N_("a web page"), N_("save its table as .xlsx or .csv")},
    {{"<html", 5}, N_("a web page"), N_("save its table as .xlsx or .csv")},
    {{"<table", 6}, N_("a web page"), N_("save its table as .xlsx or .csv")},
    {{"<?xml", 5},
     N_("an XML document"),
     N_("export the BOM as .xlsx or .csv")},
    {{"{\"", 2}, N_("a JSON document"), N_("export the BOM as .xlsx or .csv")},
    {{"{\n", 2}, N_("a JSON document"), N_("export the BOM as .xlsx or .csv")},
    {{"(kicad", 6}, N_("a KiCad design file"), N_("export its BOM as .csv")},
    {{"(export", 7}, N_("a KiCad netlist"), N_("export the BOM as .csv")},
};

/* A part number could start with these too, so they count only for bytes that
   are no text. */
static const struct stranger binaries[] = {
    {{"MZ", 2}, N_("a Windows program"), N_("choose the BOM itself")},
    {{"GIF8", 4},
     N_("a GIF picture"),
     N_("a table is needed, as .xlsx or .csv")},
    {{"Rar!", 4},
     N_("a RAR archive"),
     N_("unpack it and choose the BOM in it")},
    {{"BZh", 3}, N_("a bzip2 archive"), N_("unpack it first")},
    {{"SQLite format 3", 15},
     N_("an SQLite database"),
     N_("export it as .csv")},
};

static bool starts_nocase(struct str text, struct str start) {
    return str_eq_nocase(str_take(text, start.len), start);
}

static bool is_stranger(struct str head, const struct stranger *known,
                        size_t count, struct err *err) {
    for (size_t i = 0; i < count; i++) {
        if (starts_nocase(head, known[i].start)) {
            err_set(err, ERR_FOREIGN, tr("this is no BOM but %s: %s"),
                    tr(known[i].what), tr(known[i].advice));
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
        err_set(err, ERR_FOREIGN, tr("the file is empty"));
    else if (str_trim(head).len == 0)
        err_set(err, ERR_FOREIGN, tr("the file holds nothing but blanks"));
    else if (starts_strange(head, err))
        return NULL;
    else if (best == NULL &&
             !is_stranger(head, binaries, ARRAY_LEN(binaries), err))
        err_set(err, ERR_FOREIGN,
                tr("this is no BOM: neither text nor a spreadsheet"));
    return best;
}
