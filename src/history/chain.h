#ifndef BOMGATE_HISTORY_CHAIN_H
#define BOMGATE_HISTORY_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/digest.h"
#include "core/err.h"
#include "history/store.h"

/*
 * Each run carries the hash of the run before it, over everything that was
 * recorded: a record that was changed, removed or put between shows.
 */

/** The digest of every column of every row that a statement gives, in order,
    NULLs apart. `id` is its ?1, if it has one. */
NODISCARD bool chain_rows(struct history *history, const char *sql, int64_t id,
                          char out[DIGEST_HEX_SIZE], struct err *err);

/** The hash of a recorded run, from what the history holds now. */
NODISCARD bool chain_hash(struct history *history, int64_t run,
                          char out[DIGEST_HEX_SIZE], struct err *err);

/** The digest of a BOM's recorded lines, from what the history holds now. */
NODISCARD bool chain_content(struct history *history, int64_t content,
                             char out[DIGEST_HEX_SIZE], struct err *err);

/** The digest of what a rule set changed, from what the history holds now. */
NODISCARD bool chain_changes(struct history *history, int64_t ruleset,
                             char out[DIGEST_HEX_SIZE], struct err *err);

/** The digest of all that a forgotten run left. */
NODISCARD bool chain_seal(struct history *history, int64_t run,
                          char out[DIGEST_HEX_SIZE], struct err *err);

/** The hash of the newest run up to a time, "" for none; NULL: of all. */
NODISCARD bool chain_head(struct history *history, const char *until,
                          char out[DIGEST_HEX_SIZE], struct err *err);

struct chain_told {
    /** Told of every fault, one sentence. */
    void (*fault)(void *ctx, const char *sentence);
    void *ctx;
};

struct chain_sums {
    uint32_t runs, forgotten, contents, faults;
    char head[DIGEST_HEX_SIZE];
};

/**
 * Compute every hash again.
 *
 * @param printed  A head that was printed before, which must stand in the
 *                 chain; or NULL.
 */
NODISCARD bool chain_verify(struct history *history, const char *printed,
                            const struct chain_told *told,
                            struct chain_sums *sums, struct err *err);

#endif
