#ifndef BOMGATE_CORE_JSON_FILE_H
#define BOMGATE_CORE_JSON_FILE_H

#include <jansson.h>

#include "core/compiler.h"
#include "core/err.h"

/** Bytes of a JSON file: it is read whole, and takes several times that. */
#define JSON_FILE_MAX (256 * 1024 * 1024)

/**
 * Read a JSON file.
 *
 * @return to be given back with json_decref(); NULL with the file and the line
 *         in err.
 */
NODISCARD json_t *json_file_load(const char *path, struct err *err);

#endif
