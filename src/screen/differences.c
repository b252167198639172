#include "screen/differences.h"

#include "core/lang.h"

/* What is being said, and how often so far. */
struct telling {
    struct strbuf *out;
    unsigned count;
};

static struct strbuf *begin(struct telling *telling) {
    telling->count++;
    if (telling->out->len != 0)
        strbuf_add_text(telling->out, tr("; "));
    return telling->out;
}

static bool texts_differ(const char *wanted, const char *offered) {
    return *wanted != '\0' && *offered != '\0' &&
           !str_eq(str_from(wanted), str_from(offered));
}

static bool numbers_differ(uint32_t wanted, uint32_t offered) {
    return wanted != 0 && offered != 0 && wanted != offered;
}

static const char *kind(const struct ruleset *rules, uint32_t category) {
    return category == RULES_NONE
               ? ""
               : rules_text(rules, rules_category(rules, category)->name);
}

static void tell_memory(struct telling *telling,
                        const struct part_facts *wanted,
                        const struct part_facts *offered) {
    if (numbers_differ(wanted->density_mbit, offered->density_mbit))
        strbuf_printf(begin(telling), tr("density %u, not %u Mbit"),
                      (unsigned)offered->density_mbit,
                      (unsigned)wanted->density_mbit);
    if (numbers_differ(wanted->width, offered->width))
        strbuf_printf(begin(telling), tr("width %u, not %u bits"),
                      (unsigned)offered->width, (unsigned)wanted->width);
    if (numbers_differ(wanted->voltage_mv, offered->voltage_mv))
        strbuf_printf(begin(telling), tr("voltage %u, not %u mV"),
                      (unsigned)offered->voltage_mv,
                      (unsigned)wanted->voltage_mv);
}

unsigned part_differences(struct strbuf *out, const struct ruleset *rules,
                          const struct part_facts *wanted,
                          const struct part_facts *offered) {
    struct telling telling = {.out = out};
    const char *wanted_kind = kind(rules, wanted->category);
    const char *offered_kind = kind(rules, offered->category);
    if (texts_differ(wanted_kind, offered_kind))
        strbuf_printf(begin(&telling), tr("%s, not %s"), tr(offered_kind),
                      tr(wanted_kind));
    tell_memory(&telling, wanted, offered);
    if (texts_differ(wanted->interface, offered->interface))
        strbuf_printf(begin(&telling), tr("interface %s, not %s"),
                      offered->interface, wanted->interface);
    if (texts_differ(wanted->package, offered->package))
        strbuf_printf(begin(&telling), tr("package %s, not %s"),
                      offered->package, wanted->package);
    if (offered->speed_mts < wanted->speed_mts &&
        numbers_differ(wanted->speed_mts, offered->speed_mts))
        strbuf_printf(begin(&telling), tr("slower: %u, not %u MT/s"),
                      (unsigned)offered->speed_mts,
                      (unsigned)wanted->speed_mts);
    if (texts_differ(wanted->temperature, offered->temperature))
        strbuf_printf(begin(&telling), tr("temperature %s, not %s"),
                      tr(offered->temperature), tr(wanted->temperature));
    if (numbers_differ(wanted->dies, offered->dies))
        strbuf_printf(begin(&telling), tr("dies: %u, not %u"),
                      (unsigned)offered->dies, (unsigned)wanted->dies);
    return telling.count;
}
