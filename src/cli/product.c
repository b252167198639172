#include "cli/product.h"

#include <unistd.h>

#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"

static bool refuse_unknown(const struct cli_args *args, const char *name,
                           struct err *err) {
    const struct products *products = config_products(args->config);
    struct strbuf known = {.ptr = NULL};
    for (size_t i = 0; i < products->count; i++)
        strbuf_printf(&known, "%s%s", i == 0 ? "" : ", ",
                      products->items[i].name);
    err_set(err, ERR_INVALID,
            tr("no product is named '%s' here, and no BOM is given; one of %s"),
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
    err_set(err, ERR_INVALID, tr("the product '%s' has no variant '%s'"),
            out->product->name, name);
    return err_at(err, config_path(args->config), out->product->line, 0);
}

const struct product_boms *cli_product_boms(const struct cli_product *chosen) {
    bool own = chosen->variant != NULL && chosen->variant->boms.count != 0;
    return own ? &chosen->variant->boms : &chosen->product->boms;
}

bool cli_product_by_contract(const struct cli_product *chosen) {
    return chosen->product != NULL && chosen->product->contract.text != NULL &&
           cli_value(&chosen->args, "as-of") == chosen->product->contract.text;
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
        err_set(err, ERR_IO, tr("the BOM %s of the product '%s' is not there"),
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
                       tr("--variant goes with --product, and without a "
                          "BOM"));
    if (choose(args, out, err))
        return true;
    cli_product_dispose(out);
    return false;
}

/* At the line of the settings that says it. */
static void tell_at(const struct cli_product *chosen, uint32_t line,
                    struct err *note) {
    err_at(note, config_path(chosen->config), line, 0);
    cli_print_problem(NULL, note);
}

void cli_product_tell(const struct cli_product *chosen, int32_t as_of) {
    const struct product_word *sold = &chosen->product->sold_until;
    int32_t last;
    char day[DATE_TEXT_SIZE];
    struct err note = ERR_INIT;
    date_format(as_of, day);
    if (cli_product_by_contract(chosen) && as_of < date_today()) {
        err_set(&note, ERR_INVALID,
                tr("the product '%s' is judged as of %s, the day of its "
                   "contract, which is past; what came into force later is "
                   "not asked, unless --as-of names a later day"),
                chosen->product->name, day);
        tell_at(chosen, chosen->product->contract.line, &note);
    }
    if (sold->text != NULL &&
        cli_value(&chosen->args, "sold-until") == sold->text &&
        date_parse(str_from(sold->text), &last) && last < as_of) {
        err_set(&note, ERR_INVALID,
                tr("the product '%s' was sold until %s, before %s, by which "
                   "it is judged; nothing that is upcoming fails"),
                chosen->product->name, sold->text, day);
        tell_at(chosen, sold->line, &note);
    }
}

void cli_product_dispose(struct cli_product *chosen) {
    config_free(chosen->config);
    mem_free(chosen->paths);
    arena_dispose(&chosen->arena);
}
