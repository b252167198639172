#ifndef BOMGATE_MAKER_FACTS_H
#define BOMGATE_MAKER_FACTS_H

#include "maker/maker.h"

/** Nothing is known yet. */
struct part_facts facts_none(void);

/** All parameters that are set come from there. */
void facts_mark(struct part_facts *facts, const char *source);

/** Take the parameters that `to` lacks from `from`, as that source's. */
void facts_fill(struct part_facts *to, const struct part_facts *from,
                const char *source);

#endif
