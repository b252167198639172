#include "screen/differences.h"

/* What is being said, and how often so far. */
struct telling {
    struct strbuf *out;
    unsigned count;
};

static struct strbuf *begin(struct telling *telling) {
    telling->count++;
    if (telling->out->len != 0)
        strbuf_add_text(telling->out, "; ");
    return telling->out;
}

static void tell_text(struct telling *telling, const char *what,
                      const char *wanted, const char *offered) {
    if (*wanted != '\0' && *offered != '\0' &&
        !str_eq(str_from(wanted), str_from(offered)))
        strbuf_printf(begin(telling), "%s%s, not %s", what, offered, wanted);
}

static void tell_number(struct telling *telling, const char *what,
                        uint32_t wanted, uint32_t offered, const char *unit) {
    if (wanted != 0 && offered != 0 && wanted != offered)
        strbuf_printf(begin(telling), "%s%u, not %u%s", what, (unsigned)offered,
                      (unsigned)wanted, unit);
}

static const char *kind(const struct ruleset *rules, uint32_t category) {
    return category == RULES_NONE
               ? ""
               : rules_text(rules, rules_category(rules, category)->name);
}

unsigned part_differences(struct strbuf *out, const struct ruleset *rules,
                          const struct part_facts *wanted,
                          const struct part_facts *offered) {
    struct telling telling = {.out = out};
    tell_text(&telling, "", kind(rules, wanted->category),
              kind(rules, offered->category));
    tell_number(&telling, "density ", wanted->density_mbit,
                offered->density_mbit, " Mbit");
    tell_number(&telling, "width ", wanted->width, offered->width, " bits");
    tell_number(&telling, "voltage ", wanted->voltage_mv, offered->voltage_mv,
                " mV");
    tell_text(&telling, "interface ", wanted->interface, offered->interface);
    tell_text(&telling, "package ", wanted->package, offered->package);
    if (offered->speed_mts < wanted->speed_mts)
        tell_number(&telling, "slower: ", wanted->speed_mts, offered->speed_mts,
                    " MT/s");
    tell_text(&telling, "temperature ", wanted->temperature,
              offered->temperature);
    tell_number(&telling, "dies: ", wanted->dies, offered->dies, "");
    return telling.count;
}
