#include "cli/product.h"

#include <unistd.h>

#include "core/mem.h"

static bool refuse_unknown(const struct cli_args *args, const char *name,
                           struct err *err) {
    const struct products *products = config_products(args->config);
    struct strbuf known = {.ptr = NULL};
    for (size_t i = 0; i < products->count; i++)
        strbuf_printf(&known, "%s%s", i == 0 ? "" : ", ",
                      products->items[i].name);
    err_set(err, ERR_INVALID,
            "no product is named '%s' here, and no BOM is given; one of %s",
            name, known.failed ? "those in it" : known.ptr);
    strbuf_dispose(&known);
    return err_at(err, config_path(args->config), 0, 0);
}

static bool find_product(const struct cli_args *args, struct cli_product *out,
                         struct err *err) {
    const char *name = cli_value(args, "product");
    if (name == NULL || args->config == NULL ||
        config_products(args->config)->count == 0)
        return err_set(err, ERR_INVALID,
                       "check needs a BOM: a file, a folder, or -");
    out->product = products_find(config_products(args->config), name);
    return out->product != NULL || refuse_unknown(args, name, err);
}

static bool find_variant(const struct cli_args *args, struct cli_product *out,
                         struct err *err) {
    const char *name = cli_value(args, "variant");
    if (name == NULL)
        return true;
    out->variant = product_find_variant(out->product, name);
    if (out->variant != NULL)
        return true;
    err_set(err, ERR_INVALID, "the product '%s' has no variant '%s'",
            out->product->name, name);
    return err_at(err, config_path(args->config), out->product->line, 0);
}

const struct product_boms *cli_product_boms(const struct cli_product *chosen) {
    bool own = chosen->variant != NULL && chosen->variant->boms.count != 0;
    return own ? &chosen->variant->boms : &chosen->product->boms;
}

static bool take_boms(const struct cli_args *args, struct cli_product *out,
                      struct err *err) {
    const struct product_boms *boms = cli_product_boms(out);
    out->paths = mem_calloc(boms->count, sizeof(*out->paths));
    if (out->paths == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < boms->count; i++) {
        out->paths[i] = boms->items[i].path;
        if (access(out->paths[i], F_OK) == 0)
            continue;
        err_set(err, ERR_IO, "the BOM %s of the product '%s' is not there",
                out->paths[i], out->product->name);
        return err_at(err, config_path(args->config), boms->items[i].line, 0);
    }
    return true;
}

static bool choose(const struct cli_args *args, struct cli_product *out,
                   struct err *err) {
    if (!find_product(args, out, err) || !find_variant(args, out, err) ||
        !take_boms(args, out, err) ||
        !config_for_product(&out->config, args->config, out->product,
                            out->variant, err))
        return false;
    out->name = out->product->name;
    if (out->variant != NULL)
        out->name = arena_printf(&out->arena, "%s/%s", out->product->name,
                                 out->variant->name)
                        .ptr;
    if (out->arena.failed)
        return err_nomem(err);
    out->args.config = out->config;
    out->args.operands = out->paths;
    out->args.operand_count = cli_product_boms(out)->count;
    return true;
}

bool cli_choose_product(const struct cli_args *args, struct cli_product *out,
                        struct err *err) {
    *out = (struct cli_product){.args = *args};
    if (args->operand_count != 0)
        return cli_value(args, "variant") == NULL ||
               err_set(err, ERR_INVALID,
                       "--variant goes with --product, and without a BOM");
    if (choose(args, out, err))
        return true;
    cli_product_dispose(out);
    return false;
}

void cli_product_dispose(struct cli_product *chosen) {
    config_free(chosen->config);
    mem_free(chosen->paths);
    arena_dispose(&chosen->arena);
}
