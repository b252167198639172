#ifndef BOMGATE_RUN_WAIVERS_H
#define BOMGATE_RUN_WAIVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "ruleset/ruleset.h"

#define WAIVERS_NAME ".bomgate-waivers.yaml"

/** Recorded decisions to accept findings: `.bomgate-waivers.yaml`. */
struct waivers;

struct waivers_options {
    const struct ruleset *rules; /* must outlive the waivers */
    int32_t as_of;
    const char *path; /* the file; NULL: none is read from the working tree */
    const char *base; /* a commit: what is not there too is pending; or NULL */
    enum verdict risk_limit; /* the worst that "risk-accepted" covers */
};

/**
 * Read and check the waivers.
 *
 * @param[out] out  Free with waivers_free().
 * @return false when the file cannot be read, or one of them lacks kind,
 *         reason, end or approver, or names what the rules do not know; err
 *         names file and line.
 */
NODISCARD bool waivers_read(struct waivers **out,
                            const struct waivers_options *options,
                            struct err *err);
/** Accepts NULL. */
void waivers_free(struct waivers *waivers);

/**
 * Find the waiver that is meant for a finding, the one that holds before
 * others, and set the finding's `waiver` and `waived`. What became of the
 * waiver is remembered.
 *
 * @param product  What the BOM is for.
 * @param place    The BOM, from place_of().
 * @return false only when memory is out.
 */
NODISCARD bool waivers_apply(struct waivers *waivers, struct str product,
                             const char *place, struct finding *finding);

/** All of them, as they stand in the file. */
const struct waiver *waivers_all(const struct waivers *waivers, size_t *count);

/** Is it meant for this BOM, by what that is for or by its file? */
bool waiver_is_for(const struct waiver *waiver, struct str product,
                   const char *place);

/** Is it one of "exception", "licence", …? */
bool waiver_kind_is_known(struct str kind);

#endif
