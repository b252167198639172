#include "run/settle.h"

#include "core/lang.h"

/* Do the name and the number on the line agree on somebody else? Then the file
   does not speak of this part. */
static bool find_other(struct maker_resolver *resolver,
                       const struct ruleset *rules,
                       const struct parts_said *said,
                       const struct maker_query *asked, struct maker *out,
                       bool *found, struct err *err) {
    struct maker_query query = *asked;
    *found = false;
    if (said->named.len == 0 || said->choice->party == RULES_NONE)
        return true;
    query.manufacturer = said->named;
    if (!maker_resolve(resolver, &query, out, err))
        return false;
    const struct maker_candidate *own = maker_certain(out);
    *found = own != NULL && (own->matched_by & MAKER_BY_MPN) != 0 &&
             !maker_linked(rules, own->party, said->choice->party);
    return true;
}

static struct str say_where(struct arena *arena,
                            const struct parts_said *said) {
    const struct parts_row *row = said->row;
    struct str ground = row->by;
    if (row->date.len != 0)
        ground = arena_printf(arena, "%.*s%s%.*s", STR_ARG(ground),
                              ground.len != 0 ? ", " : "", STR_ARG(row->date));
    if (row->evidence.len != 0)
        ground =
            arena_printf(arena, "%.*s%s%.*s", STR_ARG(ground),
                         ground.len != 0 ? ": " : "", STR_ARG(row->evidence));
    if (ground.len == 0)
        ground = str_from(tr("nobody signed it"));
    return arena_printf(arena, tr("the parts file says so (%s, line %u: %.*s)"),
                        parts_file_path(said->file),
                        (unsigned)row->source->line, STR_ARG(ground));
}

static unsigned matched_by(const struct maker *maker, uint32_t party) {
    for (size_t i = 0; i < maker->candidate_count; i++) {
        if (maker->candidates[i].party == party)
            return maker->candidates[i].matched_by;
    }
    return 0;
}

/* The file's word for it. */
static bool believe(struct maker_resolver *resolver, struct arena *arena,
                    const struct parts_said *said,
                    const struct maker_query *query, struct maker *out,
                    struct err *err) {
    uint32_t party = said->choice->party;
    unsigned bits = matched_by(out, party) & ~(unsigned)MAKER_CONTRADICTED;
    bool overruled = maker_is_contradicted(out);
    /* What another maker's number says of the part is not true of this one. */
    if (overruled) {
        struct maker_query without = *query;
        without.mpn = without.value = STR_EMPTY;
        if (!maker_resolve(resolver, &without, out, err))
            return false;
    }
    struct maker_candidate *candidate = arena_alloc(arena, sizeof(*candidate));
    if (candidate == NULL)
        return err_nomem(err);
    *candidate = (struct maker_candidate){
        .party = party,
        .confidence = MAKER_CERTAIN,
        .matched_by = bits | MAKER_BY_PARTS_FILE,
        .name = RULES_NONE,
    };
    out->candidates = candidate;
    out->candidate_count = 1;
    out->overruled = overruled;
    out->evidence = say_where(arena, said);
    return !arena->failed || err_nomem(err);
}

bool settle_maker(struct maker_resolver *resolver, const struct ruleset *rules,
                  struct arena *arena, const struct parts_said *said,
                  const struct maker_query *query, struct maker *out,
                  struct err *err) {
    bool other;
    if (!find_other(resolver, rules, said, query, out, &other, err))
        return false;
    if (other)
        return true;
    if (!maker_resolve(resolver, query, out, err))
        return false;
    if (said->choice->party != RULES_NONE &&
        (!maker_is_contradicted(out) || parts_row_is_signed(said->row)))
        return believe(resolver, arena, said, query, out, err);
    out->evidence =
        arena_printf(arena, "%.*s; %.*s", STR_ARG(say_where(arena, said)),
                     STR_ARG(out->evidence));
    return !arena->failed || err_nomem(err);
}
