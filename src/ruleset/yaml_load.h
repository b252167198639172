#ifndef BOMGATE_RULESET_YAML_LOAD_H
#define BOMGATE_RULESET_YAML_LOAD_H

#include <stdbool.h>

#include <cyaml/cyaml.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * Read YAML by a libcyaml schema: no unknown or repeated keys, no aliases.
 *
 * @param[out] out    Free with yaml_load_free(). Untouched on failure.
 * @param[out] count  Items of a list; NULL for a mapping.
 * @param[out] err    The reason and the line; the caller adds the file.
 * @return false when it is not what the schema asks for, or is empty.
 */
NODISCARD bool yaml_load(struct str text, const cyaml_schema_value_t *schema,
                         void **out, unsigned *count, struct err *err);

/** `count` as yaml_load() gave it, 0 for a mapping. */
void yaml_load_free(const cyaml_schema_value_t *schema, void *data,
                    unsigned count);

/** Read "yes", "no", "true" or "false", in any case: libcyaml takes any other
    word for a yes. @return false when it is none of them. */
NODISCARD bool yaml_yes_no(const char *text, bool *out);

#endif
