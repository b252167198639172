#ifndef BOMGATE_RULESET_COUNTRY_H
#define BOMGATE_RULESET_COUNTRY_H

#include "core/str.h"
#include "ruleset/ruleset.h"

/**
 * The ISO 3166 code of a country as a BOM writes it: "China", "CHN", "cn" and
 * "中国" are "CN"; "CN-XJ" stays. The word lists `country/XX` say which word is
 * which.
 *
 * @param[out] out  Cleared first; empty when it is no country that is known,
 *                  for then nobody can say what it is not.
 */
void country_code(struct strbuf *out, const struct ruleset *rules,
                  struct str text);

#endif
