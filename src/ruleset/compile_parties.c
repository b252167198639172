#include "ruleset/builder.h"

static struct rules_link make_link(struct builder *builder,
                                   const struct yaml_link *from,
                                   const struct builder_place *place) {
    struct builder_place covers = builder_below(place, "covers");
    struct rules_link link = {
        .party = builder_resolve(builder, &builder->parties, from->party,
                                 "party", place),
        .from = builder_date(builder, from->from, place, "from"),
        .until = builder_date(builder, from->until, place, "until"),
        .covers =
            builder_resolve_list(builder, &builder->categories, from->covers,
                                 from->covers_count, "category", &covers),
        .confidence =
            from->confidence != 0 ? from->confidence - 1 : RULES_SECONDARY,
        .share = from->share != 0 ? from->share : RULES_NONE,
    };
    builder_check_span(builder, link.from, link.until, place);
    if (from->share > 100)
        builder_problem(builder, place, "a share of %u per cent",
                        (unsigned)from->share);
    return link;
}

static struct rules_run add_links(struct builder *builder,
                                  const struct yaml_link *links, uint32_t count,
                                  const struct builder_ref *ref,
                                  const char *key) {
    struct rules_run run = {builder_count(builder, SECTION_LINKS), 0};
    for (uint32_t i = 0; i < count; i++) {
        struct builder_place place = builder_place(ref->document, ref->position,
                                                   "%s %u", key, (unsigned)i);
        struct rules_link link = make_link(builder, &links[i], &place);
        if (str_eq(str_from(links[i].party), str_from(ref->id)))
            builder_problem(builder, &place,
                            "the party '%s' is linked to itself", ref->id);
        if (link.party != RULES_NONE)
            builder_add(builder, SECTION_LINKS, &link);
    }
    run.count = builder_count(builder, SECTION_LINKS) - run.first;
    return run;
}

static struct rules_run add_made(struct builder *builder, char *const *made,
                                 uint32_t count, const struct builder_ref *ref,
                                 const char *key) {
    struct builder_place place =
        builder_place(ref->document, ref->position, "%s", key);
    return builder_resolve_list(builder, &builder->categories, made, count,
                                "category", &place);
}

static void add_party(struct builder *builder, const struct builder_ref *ref) {
    const struct yaml_party *from = &ref->document->parties[ref->position];
    struct builder_place place =
        builder_place(ref->document, ref->position, "%s", "");
    struct builder_place country = builder_below(&place, "country");
    builder_check_country(builder, from->country, &country);
    struct rules_party party = {
        .id = builder_cstr(builder, from->id),
        .name = builder_cstr(builder, from->name),
        .country = builder_cstr(builder, from->country),
        .confidence =
            from->confidence != 0 ? from->confidence - 1 : RULES_SECONDARY,
        .dies = from->dies != 0 ? from->dies - 1 : RULES_DIES_UNKNOWN,
        .owners = add_links(builder, from->owned_by, from->owned_by_count, ref,
                            "owned-by"),
        .contains = add_links(builder, from->may_contain,
                              from->may_contain_count, ref, "may-contain"),
        .sold = add_links(builder, from->sold, from->sold_count, ref, "sold"),
        .makes =
            add_made(builder, from->makes, from->makes_count, ref, "makes"),
        .legacy =
            add_made(builder, from->legacy, from->legacy_count, ref, "legacy"),
        .sources = builder_sources(builder, from->sources, from->sources_count,
                                   &place),
        .file = builder_text(builder, ref->document->file->path),
    };
    builder_add(builder, SECTION_PARTIES, &party);
}

void compile_parties(struct builder *builder) {
    size_t count;
    const struct builder_ref *refs =
        builder_collect(builder, RULE_PARTIES, &builder->parties, &count);
    for (size_t i = 0; refs != NULL && i < count; i++)
        add_party(builder, &refs[i]);
    builder->party_refs = refs;
    builder->party_ref_count = refs == NULL ? 0 : count;
}
