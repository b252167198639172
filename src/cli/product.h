#ifndef BOMGATE_CLI_PRODUCT_H
#define BOMGATE_CLI_PRODUCT_H

#include "cli/cli.h"
#include "run/config.h"

/** A product of the settings that is checked, with what it says in place of
    what was given. */
struct cli_product {
    struct cli_args args;
    const struct product *product; /* NULL: BOMs were named */
    const struct product_variant *variant;
    struct config *config;
    const char **paths;
    const char *name; /* "Gateway", "Gateway/lite" */
    struct arena arena;
};

#define CLI_VARIANT_OPTION                                                     \
    {                                                                          \
        "variant", 0, "NAME", false,                                           \
            "of the settings' product: what it leaves out is not fitted"       \
    }

/**
 * Where no BOM is named: those of the product that --product names.
 *
 * @param[out] out  Dispose of with cli_product_dispose().
 * @return false when there is none of that name, or a BOM of it is not there.
 */
NODISCARD bool cli_choose_product(const struct cli_args *args,
                                  struct cli_product *out, struct err *err);
/** The product's, or the variant's own. */
const struct product_boms *cli_product_boms(const struct cli_product *chosen);
/** Is it the product's contract that says by which day to judge? */
bool cli_product_by_contract(const struct cli_product *chosen);
/** Say on the diagnostic stream what of the product's days is past. */
void cli_product_tell(const struct cli_product *chosen, int32_t as_of);
void cli_product_dispose(struct cli_product *chosen);

#endif
