/* Settings are refused in words, or say the same each time, each value in a
   line of the file. */
#include <string.h>

#include "fuzz.h"
#include "run/config.h"

static const char *const options[] = {
    "profile",          "activity",     "fail-on",  "map",
    "rules-added",      "parts",        "history",  "min-resolved",
    "waivers",          "declarations", "company",  "lang",
    "prefer",           "avoid",        "encoding", CONFIG_RISK_ACCEPTED,
    CONFIG_NOT_PROFILE, "colour"};

static unsigned lines_of(struct str text) {
    unsigned lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n' || text.ptr[i] == '\r';
    return lines;
}

static void add_values(struct strbuf *out, const struct config *config,
                       struct str text) {
    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        const char *value;
        for (size_t k = 0;
             (value = config_value_at(config, options[i], k)) != NULL; k++) {
            must_be_text(str_from(value), "a value is UTF-8");
            must(config_line(config, value) <= lines_of(text),
                 "it stands in the file");
            strbuf_printf(out, "%s=%s\n", options[i], value);
        }
    }
}

static void add_products(struct strbuf *out, const struct config *config) {
    const struct products *products = config_products(config);
    for (size_t i = 0; i < products->count; i++) {
        const struct product *product = &products->items[i];
        struct config *own;
        struct err err = ERR_INIT;
        must(product->name != NULL && product->name[0] != '\0',
             "a product has a name");
        must(products_find(products, product->name) == product,
             "it is found by it");
        must(config_for_product(&own, config, product, NULL, &err), "memory");
        strbuf_printf(out, "%s: %zu BOMs, %zu variants\n", product->name,
                      product->boms.count, product->variant_count);
        config_free(own);
    }
}

static void read_once(struct str text, struct strbuf *out) {
    struct config *config;
    struct err err = ERR_INIT;
    if (!config_parse(&config, text, "boards/" CONFIG_NAME, &err)) {
        must_say_why(&err);
        must(err.line <= lines_of(text) + 1, "and where");
        strbuf_add_text(out, err.msg);
        return;
    }
    add_values(out, config, text);
    add_products(out, config);
    must(config_is_same(config, config), "it is itself");
    config_free(config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    struct strbuf one = {.ptr = NULL}, two = {.ptr = NULL};
    read_once(text, &one);
    read_once(text, &two);
    must_be_same(&one, &two, "the same again");
    strbuf_dispose(&one);
    strbuf_dispose(&two);
    return 0;
}
