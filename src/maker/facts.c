#include "maker/facts.h"

static const char *const names[PART_PARAMETER_COUNT] = {
    [PART_DENSITY] = "density_mbit",
    [PART_WIDTH] = "width",
    [PART_SPEED] = "speed_mts",
    [PART_VOLTAGE] = "voltage_mv",
    [PART_DIES] = "dies",
    [PART_PACKAGE] = "package",
    [PART_TEMPERATURE] = "temperature",
    [PART_INTERFACE] = "interface",
};

const char *part_parameter_name(enum part_parameter parameter) {
    return names[parameter];
}

struct part_facts facts_none(void) {
    struct part_facts facts = {
        .category = RULES_NONE,
        .category_source = "",
        .package = "",
        .temperature = "",
        .interface = "",
        .family = RULES_NONE,
    };
    for (size_t i = 0; i < PART_PARAMETER_COUNT; i++)
        facts.sources[i] = "";
    return facts;
}

/* The numbers, in the order of enum part_parameter. */
static uint32_t *number_of(struct part_facts *facts,
                           enum part_parameter parameter) {
    uint32_t *const numbers[] = {
        [PART_DENSITY] = &facts->density_mbit,
        [PART_WIDTH] = &facts->width,
        [PART_SPEED] = &facts->speed_mts,
        [PART_VOLTAGE] = &facts->voltage_mv,
        [PART_DIES] = &facts->dies,
    };
    return parameter < ARRAY_LEN(numbers) ? numbers[parameter] : NULL;
}

static const char **text_of(struct part_facts *facts,
                            enum part_parameter parameter) {
    switch (parameter) {
    case PART_PACKAGE:
        return &facts->package;
    case PART_TEMPERATURE:
        return &facts->temperature;
    default:
        return &facts->interface;
    }
}

static bool is_set(struct part_facts *facts, enum part_parameter parameter) {
    const uint32_t *number = number_of(facts, parameter);
    return number != NULL ? *number != 0
                          : (*text_of(facts, parameter))[0] != '\0';
}

void facts_mark(struct part_facts *facts, const char *source) {
    for (unsigned i = 0; i < PART_PARAMETER_COUNT; i++)
        facts->sources[i] = is_set(facts, i) ? source : "";
}

void facts_fill(struct part_facts *to, const struct part_facts *from,
                const char *source) {
    struct part_facts more = *from;
    for (unsigned i = 0; i < PART_PARAMETER_COUNT; i++) {
        if (is_set(to, i) || !is_set(&more, i))
            continue;
        uint32_t *number = number_of(to, i);
        if (number != NULL)
            *number = *number_of(&more, i);
        else
            *text_of(to, i) = *text_of(&more, i);
        to->sources[i] = source;
    }
}
