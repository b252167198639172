#ifndef BOMGATE_BOM_CSV_SLOW_H
#define BOMGATE_BOM_CSV_SLOW_H

#include "bom/reader.h"

/**
 * csv_format.open() without csv_blocks.h: every record goes through csv_scan()
 * and libcsv, which say what both must find. For tests.
 */
NODISCARD bool csv_open_slow(struct reader **out, struct source *source,
                             const struct reader_options *options,
                             struct err *err);

#endif
