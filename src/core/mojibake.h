#ifndef BOMGATE_CORE_MOJIBAKE_H
#define BOMGATE_CORE_MOJIBAKE_H

#include <stdbool.h>

#include "core/str.h"

/**
 * Undo what reading text in a wrong encoding did to it before it was saved as
 * valid UTF-8: UTF-8 taken for Windows-1252 or Latin-1 ("WÃ¼rth"), as often as
 * it happened, and Windows-1252 or CP850 taken for Latin-1, which leaves
 * control characters ("B\u0081rklin").
 *
 * Only what cannot be meant as it stands is touched; "IRMÃ", "±5 °C" and
 * "2 µF" stay. Idempotent.
 *
 * @param[in,out] out  Cleared.
 * @return false when there is nothing to undo.
 */
bool mojibake_mend(struct strbuf *out, struct str text);

#endif
