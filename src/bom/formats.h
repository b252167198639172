#ifndef BOMGATE_BOM_FORMATS_H
#define BOMGATE_BOM_FORMATS_H

#include "bom/reader.h"

/* Every kind of file that can be read; listed in readers.c. */
extern const struct reader_format csv_format;
extern const struct reader_format fixed_format;
extern const struct reader_format ods_format;
extern const struct reader_format xls_format;
extern const struct reader_format xlsx_format;

#endif
