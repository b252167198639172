#include "ruleset/builder.h"

/*
 * Most parties have nothing to do with anybody who is listed. Those that may,
 * on whatever day and for whatever part, are marked, so that no list need be
 * asked of the others.
 */

enum { RELATED = 1, HAS_PARTS_OF_RELATED };

static struct rules_party *party_at(struct builder *builder, uint32_t index) {
    return builder_get(builder, SECTION_PARTIES, index);
}

static const struct rules_link *link_at(struct builder *builder,
                                        struct rules_run links, uint32_t i) {
    return builder_get(builder, SECTION_LINKS, links.first + i);
}

/* A party at the other end of the links that is marked. */
static bool leads_to_related(struct builder *builder, struct rules_run links) {
    bool marked = false;
    for (uint32_t i = 0; i < links.count && !marked; i++)
        marked =
            party_at(builder, link_at(builder, links, i)->party)->reached ==
            RELATED;
    return marked;
}

static void mark_listed(struct builder *builder) {
    for (uint32_t i = 0; i < builder_count(builder, SECTION_LISTINGS); i++) {
        const struct rules_listing *listing =
            builder_get(builder, SECTION_LISTINGS, i);
        party_at(builder, listing->party)->reached = RELATED;
    }
}

/* @return how many were marked. */
static uint32_t mark_owners(struct builder *builder,
                            const struct rules_party *party) {
    uint32_t marked = 0;
    for (uint32_t i = 0; i < party->owners.count; i++) {
        struct rules_party *owner =
            party_at(builder, link_at(builder, party->owners, i)->party);
        marked += owner->reached == 0;
        owner->reached = RELATED;
    }
    return marked;
}

/* Who owns a listed party, and who owns that: their other companies may count
   as affiliates. */
static void mark_above(struct builder *builder) {
    uint32_t marked;
    do {
        marked = 0;
        for (uint32_t i = 0; i < builder_count(builder, SECTION_PARTIES); i++) {
            const struct rules_party *party = party_at(builder, i);
            marked += party->reached != 0 ? mark_owners(builder, party) : 0;
        }
    } while (marked != 0);
}

static void mark_below(struct builder *builder) {
    uint32_t marked;
    do {
        marked = 0;
        for (uint32_t i = 0; i < builder_count(builder, SECTION_PARTIES); i++) {
            struct rules_party *party = party_at(builder, i);
            if (party->reached != 0 ||
                !leads_to_related(builder, party->owners))
                continue;
            party->reached = RELATED;
            marked++;
        }
    } while (marked != 0);
}

/* Last, because nobody is reached over what another may contain. */
static void mark_inside(struct builder *builder) {
    for (uint32_t i = 0; i < builder_count(builder, SECTION_PARTIES); i++) {
        struct rules_party *party = party_at(builder, i);
        if (party->reached == 0 &&
            (leads_to_related(builder, party->contains) ||
             leads_to_related(builder, party->sold)))
            party->reached = HAS_PARTS_OF_RELATED;
    }
}

void compile_reach(struct builder *builder) {
    if (builder->failed || builder->problem_count != 0)
        return; /* numbers may be missing */
    mark_listed(builder);
    mark_above(builder);
    mark_below(builder);
    mark_inside(builder);
}
