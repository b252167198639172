#ifndef BOMGATE_RULESET_YAML_PLACE_H
#define BOMGATE_RULESET_YAML_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

/*
 * Where in a YAML file something stands. libcyaml forgets the lines of what it
 * has read, so a message that needs one walks the file a second time.
 */

/** True when the document's top level is a list. */
bool yaml_starts_with_sequence(struct str text);

/** Line of the first mapping key `key` at or after `from_line`; 0: none. */
uint32_t yaml_line_of_key(struct str text, struct str key, uint32_t from_line);

/**
 * Line of the node at `path`: keys and list positions from 0, separated by
 * blanks ("3 owned-by 0 party"). 0 when there is none.
 */
uint32_t yaml_line_of_path(struct str text, struct str path);

#endif
