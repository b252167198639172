#include <stdio.h>

#include "ruleset/builder.h"

/* Keys a clause shares with its measure: what stands there is the default. */

static uint32_t bits_of(const uint32_t *bits, uint32_t count) {
    uint32_t set = 0;
    for (uint32_t i = 0; i < count; i++)
        set |= bits[i];
    return set;
}

static struct rules_run countries(struct builder *builder,
                                  const struct builder_ref *ref,
                                  const char *key, char *const *codes,
                                  uint32_t count) {
    struct builder_place place =
        builder_place(ref->document, ref->position, "%s", key);
    for (uint32_t i = 0; i < count; i++)
        builder_check_country(builder, codes[i], &place);
    return builder_texts(builder, codes, count);
}

static struct rules_profile make_profile(struct builder *builder,
                                         const struct builder_ref *ref) {
    const struct yaml_profile *from = &ref->document->profiles[ref->position];
    struct builder_place within =
        builder_place(ref->document, ref->position, "within");
    struct builder_place includes =
        builder_place(ref->document, ref->position, "includes");
    struct builder_place supplies =
        builder_place(ref->document, ref->position, "supplies");
    struct rules_profile profile = {
        .id = builder_cstr(builder, from->id),
        .name =
            builder_cstr(builder, from->name != NULL ? from->name : from->id),
        .description = builder_cstr(builder, from->description),
        .within = RULES_NONE,
        .does = bits_of(from->does, from->does_count),
        .includes =
            builder_resolve_list(builder, &builder->profiles, from->includes,
                                 from->includes_count, "profile", &includes),
        .supplies =
            builder_resolve_list(builder, &builder->profiles, from->supplies,
                                 from->supplies_count, "profile", &supplies),
        .prefers = countries(builder, ref, "prefers", from->prefers,
                             from->prefers_count),
        .avoids =
            countries(builder, ref, "avoids", from->avoids, from->avoids_count),
        .file = builder_text(builder, ref->document->file->path),
    };
    if (from->within != NULL)
        profile.within = builder_resolve(builder, &builder->profiles,
                                         from->within, "profile", &within);
    return profile;
}

/* A circle of `within` would never end when a profile's tree is climbed. */
static void check_tree(struct builder *builder, const struct builder_ref *refs,
                       uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t up = i, steps = 0;
        while (up != RULES_NONE && steps++ <= count) {
            const struct rules_profile *profile =
                builder_get(builder, SECTION_PROFILES, up);
            up = profile->within;
        }
        struct builder_place place =
            builder_place(refs[i].document, refs[i].position, "within");
        if (up != RULES_NONE)
            builder_problem(builder, &place,
                            "the profile '%s' lies within itself", refs[i].id);
    }
}

/* `binds: [any]`: whoever goes by these rules, whatever profile he declares. */
static const char any_buyer[] = "any";

void compile_profiles(struct builder *builder) {
    size_t count;
    const struct builder_ref *refs =
        builder_collect(builder, RULE_PROFILES, &builder->profiles, &count);
    if (map_get(&builder->profiles, str_from(any_buyer)) != MAP_NONE)
        builder_problem(builder, &(struct builder_place){refs[0].document, ""},
                        "no profile can be called '%s'", any_buyer);
    for (size_t i = 0; refs != NULL && i < count; i++) {
        struct rules_profile profile = make_profile(builder, &refs[i]);
        builder_add(builder, SECTION_PROFILES, &profile);
    }
    if (refs != NULL && !builder->failed)
        check_tree(builder, refs, (uint32_t)count);
}

static struct rules_listing make_listing(struct builder *builder,
                                         const struct yaml_listing *from,
                                         const struct builder_place *place) {
    struct builder_place covers = builder_below(place, "covers");
    struct rules_listing listing = {
        .party = RULES_NONE,
        .from = builder_date(builder, from->from, place, "from"),
        .until = builder_date(builder, from->until, place, "until"),
        .covers =
            builder_resolve_list(builder, &builder->categories, from->covers,
                                 from->covers_count, "category", &covers),
        .confidence =
            from->confidence != 0 ? from->confidence - 1 : RULES_OFFICIAL_TEXT,
    };
    if ((from->party != NULL) == (from->name != NULL))
        builder_problem(builder, place,
                        "an entry names either a 'party' or, for one without "
                        "a party file, a 'name'");
    const char *id = from->party;
    if (id == NULL && from->name != NULL) {
        id = builder_listed_id(builder, from->name);
        if (id == NULL)
            builder_problem(builder, place, "the name '%s' holds no letter",
                            from->name);
    }
    if (id != NULL)
        listing.party =
            builder_resolve(builder, &builder->parties, id, "party", place);
    builder_check_span(builder, listing.from, listing.until, place);
    return listing;
}

static struct rules_run add_listings(struct builder *builder,
                                     const struct yaml_listing *listings,
                                     uint32_t count,
                                     const struct builder_ref *ref,
                                     const char *key) {
    struct rules_run run = {builder_count(builder, SECTION_LISTINGS), 0};
    for (uint32_t i = 0; i < count; i++) {
        struct builder_place place = builder_place(ref->document, ref->position,
                                                   "%s %u", key, (unsigned)i);
        struct rules_listing listing =
            make_listing(builder, &listings[i], &place);
        builder_add(builder, SECTION_LISTINGS, &listing);
    }
    run.count = builder_count(builder, SECTION_LISTINGS) - run.first;
    return run;
}

/* Whom a clause binds: profiles, or any buyer. */
struct bound {
    struct rules_run profiles;
    bool any;
};

static struct bound resolve_bound(struct builder *builder, char *const *names,
                                  uint32_t count,
                                  const struct builder_place *place) {
    struct bound bound = {.any = false};
    for (uint32_t i = 0; i < count; i++)
        bound.any =
            bound.any || str_eq(str_from(names[i]), str_from(any_buyer));
    if (bound.any && count > 1)
        builder_problem(builder, place,
                        "who binds '%s' buyer need name no other", any_buyer);
    if (!bound.any)
        bound.profiles = builder_resolve_list(builder, &builder->profiles,
                                              names, count, "profile", place);
    return bound;
}

static bool binds_nobody(const struct bound *bound) {
    return !bound->any && bound->profiles.count == 0;
}

/* What a clause takes from its measure. */
struct defaults {
    const struct yaml_measure *from;
    uint32_t measure;
    struct bound binds;
    struct rules_run covers, listings;
    int32_t announced;
};

static struct builder_place clause_place(const struct builder_ref *ref,
                                         unsigned index, const char *key) {
    return builder_place(ref->document, ref->position, "clauses %u%s%s", index,
                         key[0] == '\0' ? "" : " ", key);
}

static void check_clause(struct builder *builder,
                         const struct rules_clause *clause,
                         const struct yaml_clause *from,
                         const struct builder_place *place) {
    bool origin = clause->made_in.count + clause->not_made_in.count +
                      clause->maker_in.count + clause->not_maker_in.count !=
                  0;
    if (clause->binds.count == 0 && (clause->flags & RULES_BINDS_ANY) == 0)
        builder_problem(builder, place, "clause '%s' binds no profile",
                        from->id);
    if (clause->covers.count == 0)
        builder_problem(builder, place, "clause '%s' covers no category",
                        from->id);
    if (clause->listings.count == 0 && !origin && from->hits == 0)
        builder_problem(builder, place, "clause '%s' names no party", from->id);
    builder_check_span(builder, clause->from, clause->until, place);
    if (clause->from.last != DATE_NONE && clause->announced > clause->from.last)
        builder_problem(builder, place,
                        "clause '%s' is in force before it was announced",
                        from->id);
}

static struct rules_run run_or(struct rules_run own, struct rules_run other) {
    return own.count != 0 ? own : other;
}

/* A measure may leave the scope to the entries of its list. */
static bool entries_cover(struct builder *builder, struct rules_run listings) {
    for (uint32_t i = 0; i < listings.count; i++) {
        const struct rules_listing *listing =
            builder_get(builder, SECTION_LISTINGS, listings.first + i);
        if (listing->covers.count == 0)
            return false;
    }
    return listings.count != 0;
}

/* A rule of origin hits where a part, or its maker, comes from: the measure's
   list is another rule beside it. */
static bool asks_origin(const struct yaml_clause *from) {
    return from->made_in_count + from->not_made_in_count +
               from->maker_in_count + from->not_maker_in_count !=
           0;
}

static void set_scope(struct builder *builder, struct rules_clause *clause,
                      const struct yaml_clause *from,
                      const struct defaults *defaults,
                      const struct builder_ref *ref, unsigned index) {
    struct builder_place binds = clause_place(ref, index, "binds");
    struct builder_place covers = clause_place(ref, index, "covers");
    char key[48];
    snprintf(key, sizeof(key), "clauses %u parties", index);
    struct bound bound =
        resolve_bound(builder, from->binds, from->binds_count, &binds);
    if (binds_nobody(&bound))
        bound = defaults->binds;
    clause->binds = bound.profiles;
    clause->flags |= bound.any ? RULES_BINDS_ANY : 0;
    clause->covers =
        run_or(builder_resolve_list(builder, &builder->categories, from->covers,
                                    from->covers_count, "category", &covers),
               defaults->covers);
    clause->listings =
        add_listings(builder, from->parties, from->parties_count, ref, key);
    if (!asks_origin(from))
        clause->listings = run_or(clause->listings, defaults->listings);
    const uint32_t everything = 0;
    if (clause->covers.count == 0 && entries_cover(builder, clause->listings))
        clause->covers = builder_items(builder, &everything, 1);
}

static struct rules_run add_countries(struct builder *builder,
                                      char *const *countries, uint32_t count,
                                      const struct builder_ref *ref,
                                      unsigned index, const char *key) {
    for (uint32_t i = 0; i < count; i++) {
        struct builder_place place =
            builder_place(ref->document, ref->position, "clauses %u %s %u",
                          index, key, (unsigned)i);
        builder_check_country(builder, countries[i], &place);
    }
    return builder_texts(builder, countries, count);
}

static void set_origin(struct builder *builder, struct rules_clause *clause,
                       const struct yaml_clause *from,
                       const struct builder_ref *ref, unsigned index) {
    clause->made_in = add_countries(builder, from->made_in, from->made_in_count,
                                    ref, index, "made-in");
    clause->not_made_in =
        add_countries(builder, from->not_made_in, from->not_made_in_count, ref,
                      index, "not-made-in");
    clause->maker_in = add_countries(
        builder, from->maker_in, from->maker_in_count, ref, index, "maker-in");
    clause->not_maker_in =
        add_countries(builder, from->not_maker_in, from->not_maker_in_count,
                      ref, index, "not-maker-in");
}

/* The less sure of the two: an unconfirmed measure has no confirmed clause. */
static uint32_t confidence_of(uint32_t measure, uint32_t clause) {
    uint32_t of_measure = measure != 0 ? measure - 1 : RULES_SECONDARY;
    uint32_t of_clause = clause != 0 ? clause - 1 : of_measure;
    return of_measure > of_clause ? of_measure : of_clause;
}

static struct rules_clause make_clause(struct builder *builder,
                                       const struct defaults *defaults,
                                       const struct builder_ref *ref,
                                       unsigned index) {
    const struct yaml_measure *measure = defaults->from;
    const struct yaml_clause *from = &measure->clauses[index];
    struct builder_place place = clause_place(ref, index, "");
    struct date_span announced =
        builder_date(builder, from->announced, &place, "announced");
    uint32_t reach = from->reach != 0 ? from->reach : measure->reach;
    struct rules_clause clause = {
        .measure = defaults->measure,
        .id = builder_cstr(builder, from->id),
        .effect = from->effect - 1,
        .reach = reach != 0 ? reach - 1 : RULES_NAMED,
        .flags = (from->hits != 0 ? RULES_HITS_UNLISTED : 0) |
                 (from->inside ? RULES_INSIDE : 0),
        .activities = bits_of(from->activities, from->activities_count),
        .confidence = confidence_of(measure->confidence, from->confidence),
        .announced =
            from->announced != NULL ? announced.first : defaults->announced,
        .from = builder_date(builder, from->from, &place, "from"),
        .until = builder_date(builder, from->until, &place, "until"),
        .advice = builder_cstr(builder, from->advice),
    };
    set_scope(builder, &clause, from, defaults, ref, index);
    set_origin(builder, &clause, from, ref, index);
    check_clause(builder, &clause, from, &place);
    return clause;
}

static void add_clauses(struct builder *builder,
                        const struct defaults *defaults,
                        const struct builder_ref *ref,
                        struct rules_measure *measure) {
    struct map ids = {.slots = NULL};
    measure->clauses.first = builder_count(builder, SECTION_CLAUSES);
    for (uint32_t i = 0; i < defaults->from->clauses_count; i++) {
        struct rules_clause clause =
            make_clause(builder, defaults, ref, (unsigned)i);
        struct builder_place place = clause_place(ref, (unsigned)i, "id");
        const char *id = defaults->from->clauses[i].id;
        if (map_get(&ids, str_from(id)) != MAP_NONE)
            builder_problem(builder, &place, "the clause '%s' is there twice",
                            id);
        if (!map_put(&ids, str_from(id), i))
            builder->failed = true;
        builder_add(builder, SECTION_CLAUSES, &clause);
    }
    measure->clauses.count =
        builder_count(builder, SECTION_CLAUSES) - measure->clauses.first;
    map_dispose(&ids);
}

/* Clauses come later: they may use the parties of any other measure. */
static void add_measure(struct builder *builder,
                        const struct builder_ref *ref) {
    const struct yaml_measure *from = &ref->document->measures[ref->position];
    struct builder_place place =
        builder_place(ref->document, ref->position, "%s", "");
    struct rules_measure measure = {
        .id = builder_cstr(builder, from->id),
        .title = builder_cstr(builder, from->title),
        .original_title = builder_cstr(builder, from->original_title),
        .authority = builder_cstr(builder, from->authority),
        .jurisdiction = builder_cstr(builder, from->jurisdiction),
        .citation = builder_cstr(builder, from->citation),
        .announced =
            builder_date(builder, from->announced, &place, "announced"),
        .known_to = builder_date(builder, from->known_to, &place, "known-to"),
        .confidence = confidence_of(from->confidence, 0),
        .partial = from->partial,
        .listings = add_listings(builder, from->parties, from->parties_count,
                                 ref, "parties"),
        .approvals = compile_approved(builder, ref),
        .blind = builder_texts(builder, from->blind, from->blind_count),
        .sources = builder_sources(builder, from->sources, from->sources_count,
                                   &place),
        .exceptions = builder_cstr(builder, from->exceptions),
        .file = builder_text(builder, ref->document->file->path),
    };
    if (from->approved_count != 0 && from->parties_count != 0)
        builder_problem(builder, &place,
                        "a measure has either 'parties' or 'approved'");
    if (from->sources_count == 0)
        builder_problem(builder, &place, "the measure '%s' names no source",
                        from->id);
    builder_add(builder, SECTION_MEASURES, &measure);
}

static void use_list_of(struct builder *builder, const struct builder_ref *ref,
                        struct defaults *defaults) {
    const char *list = defaults->from->parties_of;
    if (list == NULL)
        return;
    struct builder_place place =
        builder_place(ref->document, ref->position, "parties-of");
    uint32_t number =
        builder_resolve(builder, &builder->measures, list, "measure", &place);
    if (number == RULES_NONE)
        return;
    const struct rules_measure *other =
        builder_get(builder, SECTION_MEASURES, number);
    if (defaults->listings.count != 0)
        builder_problem(builder, &place,
                        "a measure has either 'parties' or 'parties-of'");
    if (other->listings.count == 0)
        builder_problem(builder, &place, "the measure '%s' has no list", list);
    defaults->listings = other->listings;
}

static void finish_measure(struct builder *builder,
                           const struct builder_ref *ref, uint32_t number) {
    const struct yaml_measure *from = &ref->document->measures[ref->position];
    struct builder_place binds =
        builder_place(ref->document, ref->position, "binds");
    struct builder_place covers =
        builder_place(ref->document, ref->position, "covers");
    struct rules_measure measure =
        *(struct rules_measure *)builder_get(builder, SECTION_MEASURES, number);
    struct defaults defaults = {
        .from = from,
        .measure = number,
        .binds = resolve_bound(builder, from->binds, from->binds_count, &binds),
        .covers =
            builder_resolve_list(builder, &builder->categories, from->covers,
                                 from->covers_count, "category", &covers),
        .listings = measure.listings,
        .announced = measure.announced.first,
    };
    use_list_of(builder, ref, &defaults);
    add_clauses(builder, &defaults, ref, &measure);
    *(struct rules_measure *)builder_get(builder, SECTION_MEASURES, number) =
        measure;
}

void compile_measures(struct builder *builder) {
    size_t count;
    const struct builder_ref *refs =
        builder_collect(builder, RULE_MEASURE, &builder->measures, &count);
    for (size_t i = 0; refs != NULL && i < count; i++)
        add_measure(builder, &refs[i]);
    for (size_t i = 0; refs != NULL && !builder->failed && i < count; i++)
        finish_measure(builder, &refs[i], (uint32_t)i);
}
