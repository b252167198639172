#ifndef BOMGATE_BOM_GUNZIP_H
#define BOMGATE_BOM_GUNZIP_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/** A gzip stream being unpacked. */
struct gunzip;

/** True when the file starts as gzip does. */
bool gunzip_sniff(struct str head);

/** @return NULL when memory is out; free with gunzip_free(). */
NODISCARD struct gunzip *gunzip_new(void);

/**
 * Unpack from `*packed`, cutting off what was used.
 *
 * @param[in,out] packed  The next bytes of the file; empty at its end.
 * @param[out] bytes      Empty when more packed bytes are needed or all is
 *                        done. Borrowed until the next call.
 * @return false when it is damaged, ends early, or unpacks to too much.
 */
NODISCARD bool gunzip_step(struct gunzip *gunzip, struct str *packed,
                           struct str *bytes, struct err *err);

/** Accepts NULL. */
void gunzip_free(struct gunzip *gunzip);

#endif
