#ifndef BOMGATE_RUN_CONFIG_H
#define BOMGATE_RUN_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "run/products.h"

#define CONFIG_NAME ".bomgate.yaml"
/** The name of the setting `policy: {risk-accepted: …}`. */
#define CONFIG_RISK_ACCEPTED "policy-risk-accepted"
/** Profiles that a product's facts say do not apply. */
#define CONFIG_NOT_PROFILE "not-profile"

/**
 * A company's settings, kept beside its BOMs: `.bomgate.yaml`. What it says is
 * named as the command line's options, and stands behind them.
 */
struct config;

/**
 * Find the settings for these BOMs and read them: from the folder that they
 * have in common up to the root of its repository; outside a repository in
 * that folder only.
 *
 * @param[out] out  NULL when there are none. Free with config_free().
 * @param paths     Files, folders, "-" (which stands for the working folder).
 * @return false when the file cannot be read, or holds a key or a word that is
 *         not known; err names file and line.
 */
NODISCARD bool config_find(struct config **out, const char *const *paths,
                           size_t path_count, struct err *err);

/**
 * The same in another commit: what a change that is to be merged there may not
 * set itself.
 *
 * @param ref  As git_file_read() takes it, and fails for it.
 */
NODISCARD bool config_find_in(struct config **out, const char *ref,
                              const char *const *paths, size_t path_count,
                              struct err *err);

/** Is it the same text in the same place? Both may be NULL. */
bool config_is_same(const struct config *a, const struct config *b);

/** Read one file; relative folders in it are relative to it. */
NODISCARD bool config_read(struct config **out, const char *path,
                           struct err *err);

/** The same from its text; `path` is what messages name. */
NODISCARD bool config_parse(struct config **out, struct str text,
                            const char *path, struct err *err);

/** Accepts NULL. */
void config_free(struct config *config);

/** Where it was read from. */
const char *config_path(const struct config *config);

/** The value of an option that has one; NULL when it is not set. */
const char *config_value(const struct config *config, const char *option);

/** The i-th value of an option that repeats ("profile", "map"; "rules-added":
    folders of the company's own rules);
    NULL beyond the last. */
const char *config_value_at(const struct config *config, const char *option,
                            size_t i);

/** The line that a value, one of those returned here, stands in; 0: it is not
    known. */
uint32_t config_line(const struct config *config, const char *value);

/** None: a count of 0. */
const struct products *config_products(const struct config *config);

/**
 * The settings as they are for one of their products, which goes before what
 * they say of all.
 *
 * @param[out] out  Free with config_free(), before `config`.
 * @param variant   Or NULL.
 * @return false only when memory is out.
 */
NODISCARD bool config_for_product(struct config **out,
                                  const struct config *config,
                                  const struct product *product,
                                  const struct product_variant *variant,
                                  struct err *err);

#endif
