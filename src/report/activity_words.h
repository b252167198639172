#ifndef BOMGATE_REPORT_ACTIVITY_WORDS_H
#define BOMGATE_REPORT_ACTIVITY_WORDS_H

#include <stdbool.h>

/* The words of an activity, one enum rules_activity bit, in the language in
   use. What a supplier sells its `customer` buys. */

/** What is forbidden: "purchase". */
const char *activity_noun(unsigned activity, bool customer);

/** What may not be done: "bought". */
const char *activity_done(unsigned activity, bool customer);

#endif
