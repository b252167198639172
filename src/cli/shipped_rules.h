#ifndef BOMGATE_CLI_SHIPPED_RULES_H
#define BOMGATE_CLI_SHIPPED_RULES_H

#include <stddef.h>
#include <stdint.h>

/** The index of the rules in rules/, made by the build; 8-byte aligned. */
extern const uint64_t shipped_rules[];
extern const size_t shipped_rules_size; /* bytes */

#endif
