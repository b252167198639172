#include "maker/maker.h"

#include "core/mem.h"
#include "maker/evidence.h"
#include "maker/facts.h"
#include "maker/resolver_inside.h"
#include "ruleset/name.h"

#define CELL_MAX 2048 /* bytes of a cell that are read */

static const char *const match_names[MAKER_MATCH_COUNT] = {
    "manufacturer-name", "core-name",  "shared-name",  "similar-name",
    "mpn-grammar",       "mpn-prefix", "contradicted", "parts-file",
};

const char *maker_match_name(unsigned i) {
    return i < MAKER_MATCH_COUNT ? match_names[i] : "";
}

/* What the line says that the part is. */
struct described {
    uint32_t category; /* RULES_NONE when it does not say */
    const char *source;
};

/* One query on its way to its answer. */
struct resolving {
    struct maker_resolver *resolver;
    struct maker_query query; /* cut to CELL_MAX, placeholders emptied */
    struct evidence evidence;
    struct described described;
    struct name_answer name;
    struct name_hit leading;
    struct mpn_match parts;
    enum part_cell cell;
    bool elsewhere; /* the part number is not in the cell that should have it */
    struct maker_candidate *candidates;
    size_t count;
    struct part_facts facts;
};

struct maker_resolver *maker_resolver_new(const struct ruleset *rules) {
    struct maker_resolver *r = mem_calloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    r->rules = rules;
    r->passive = rules_find_category(rules, STR_LIT("passive"));
    r->placeholders = rules_find_words(rules, STR_LIT("placeholder"));
    name_matcher_init(&r->names, rules);
    if (!hash_key_make(&r->texts.key) || !mpn_matcher_init(&r->mpns, rules) ||
        !describer_init(&r->describer, rules)) {
        maker_resolver_free(r);
        return NULL;
    }
    return r;
}

void maker_resolver_free(struct maker_resolver *resolver) {
    if (resolver == NULL)
        return;
    name_matcher_dispose(&resolver->names);
    mpn_matcher_dispose(&resolver->mpns);
    describer_dispose(&resolver->describer);
    strbuf_dispose(&resolver->text);
    strbuf_dispose(&resolver->sentence);
    arena_dispose(&resolver->arena);
    name_memo_dispose(&resolver->name_memo);
    text_memo_dispose(&resolver->texts);
    map_dispose(&resolver->readings);
    arena_dispose(&resolver->reading_keys);
    strbuf_dispose(&resolver->reading);
    mem_free(resolver);
}

/* ---- names ---- */

/* "YAGEO CC0402KRX7R7BB104" in one cell, and no cell for the maker. */
static bool find_leading_name(struct resolving *q) {
    const struct {
        struct str cell;
        bool prose;
    } cells[] = {{q->query.mpn, false},
                 {q->query.value, true},
                 {q->query.description, true}};
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
        struct str rest;
        int found = name_match_leading(&q->resolver->names, cells[i].cell,
                                       cells[i].prose, &q->leading, &rest);
        if (found < 0)
            return false;
        if (found > 0) {
            q->name.hits = &q->leading;
            q->name.count = 1;
            return true;
        }
    }
    return true;
}

/* A column of both: "C&K Components KMR231GLFS" under "Manufacturer/MPN". */
static bool find_joint_name(struct resolving *q) {
    struct str rest;
    int found = name_match_leading(&q->resolver->names, q->query.manufacturer,
                                   true, &q->leading, &rest);
    if (found < 0)
        return false;
    if (found > 0) {
        q->name.state = NAME_FOUND;
        q->name.hits = &q->leading;
        q->name.count = 1;
        if (q->query.mpn.len == 0)
            q->query.mpn = rest;
    }
    return true;
}

static bool find_names(struct resolving *q) {
    struct maker_resolver *r = q->resolver;
    if (!name_memo_find(&r->name_memo, &r->names, q->query.manufacturer,
                        &q->name))
        return false;
    if (cell_is_placeholder(r, cell_ask(r, q->query.mpn)))
        q->query.mpn = STR_EMPTY;
    if (q->name.state == NAME_FOUND)
        return true;
    return q->name.state == NAME_UNKNOWN ? find_joint_name(q)
                                         : find_leading_name(q);
}

/* ---- what the line says of the part ---- */

static bool is_within(const struct ruleset *rules, uint32_t category,
                      uint32_t above) {
    return category != RULES_NONE && above != RULES_NONE &&
           rules_category_within(rules, category, above);
}

static void describe(struct resolving *q, struct str text, bool column) {
    if (q->described.category != RULES_NONE || text.len == 0)
        return;
    q->described.category =
        cell_category(q->resolver, cell_ask(q->resolver, text), column);
    if (q->described.category != RULES_NONE)
        q->described.source = column ? "column" : "description";
}

/* Does the line say that it is a part of that family? "Memory" or "radio
   module", at the top of the tree, says too little. */
static bool is_described(const struct resolving *q, const struct mpn_hit *hit) {
    const struct ruleset *rules = q->resolver->rules;
    uint32_t said = q->described.category, fits = hit->facts.category;
    if (is_within(rules, said, fits))
        return true;
    return is_within(rules, fits, said) &&
           rules_category(rules, said)->parent != 0;
}

/* ---- part numbers ---- */

/* Is the hit of a company that the names name, or one linked with it? */
static bool is_named(const struct resolving *q, const struct mpn_hit *hit) {
    for (size_t i = 0; i < q->name.count; i++)
        if (maker_linked(q->resolver->rules, q->name.hits[i].party, hit->party))
            return true;
    return false;
}

/* A part number outside of its column may be left from a library, and must
   not contradict what the line says of its maker. */
static bool is_usable(const struct resolving *q) {
    if (q->parts.count == 0 || q->parts.mended)
        return false;
    return !q->elsewhere || q->name.count == 0 ||
           is_named(q, &q->parts.hits[0]);
}

/* Where columns were taken for each other the maker's cell has the part. */
static bool find_swapped_part(struct resolving *q) {
    q->cell = PART_MANUFACTURER;
    if (!mpn_match_cell(&q->resolver->mpns, q->query.manufacturer, true,
                        &q->parts))
        return false;
    if (q->parts.mended)
        q->parts.count = 0;
    if (q->parts.count > 0) {
        q->name.state = NAME_NOT_GIVEN;
        q->elsewhere = true;
    }
    return true;
}

static bool find_part(struct resolving *q) {
    struct mpn_matcher *mpns = &q->resolver->mpns;
    q->cell = PART_MPN;
    if (!mpn_match_cell(mpns, q->query.mpn, false, &q->parts))
        return false;
    if (q->parts.count > 0)
        return true;
    q->elsewhere = q->query.mpn.len > 0;
    q->cell = PART_VALUE;
    if (!mpn_match_cell(mpns, q->query.value,
                        q->elsewhere || q->described.category == RULES_NONE,
                        &q->parts))
        return false;
    if (is_usable(q))
        return true;
    q->cell = PART_DESCRIPTION;
    if (!mpn_match_prose(mpns, q->query.description, &q->parts))
        return false;
    if (is_usable(q))
        return true;
    q->parts.count = 0;
    return q->name.state != NAME_UNKNOWN || find_swapped_part(q);
}

/* ---- names and part numbers together ---- */

static struct maker_candidate *add_candidate(struct resolving *q,
                                             uint32_t party, uint32_t name,
                                             enum maker_confidence confidence,
                                             unsigned matched_by) {
    q->candidates[q->count] =
        (struct maker_candidate){party, confidence, matched_by, name};
    return &q->candidates[q->count++];
}

static void add_named(struct resolving *q) {
    for (size_t i = 0; i < q->name.count; i++) {
        const struct name_hit *hit = &q->name.hits[i];
        add_candidate(q, hit->party, hit->name, hit->confidence,
                      hit->matched_by);
    }
}

static unsigned part_bit(const struct mpn_hit *hit) {
    return hit->tier == RULES_TIER_HIGH ? MAKER_BY_MPN : MAKER_BY_MPN_PREFIX;
}

static void use_part(struct resolving *q, const struct mpn_hit *hit) {
    q->evidence.parts = q->parts;
    q->evidence.part = hit;
    q->evidence.cell = q->cell;
    q->facts = hit->facts;
}

/* Does the part number settle who is meant? A full shape does; of companies
   that share a name a shorter one does, too. */
static bool settles(const struct maker_candidate *candidate,
                    const struct mpn_hit *hit) {
    return hit->tier == RULES_TIER_HIGH ||
           (hit->tier == RULES_TIER_MEDIUM && !hit->ambiguous &&
            (candidate->matched_by & MAKER_BY_SHARED) != 0);
}

/* A proposal that the part number does not bear out goes when it bears out
   another one; what is certain stays. */
static void drop_unborne(struct resolving *q) {
    size_t kept = 0;
    for (size_t i = 0; i < q->count; i++)
        if (q->candidates[i].confidence == MAKER_CERTAIN)
            q->candidates[kept++] = q->candidates[i];
    q->count = kept;
}

/* Part numbers of others beside the one that fits: "K4B4G1646E / MT41K256M16"
   under the name of one of them. */
static void add_unnamed(struct resolving *q, const struct mpn_hit *named) {
    for (size_t i = 0; i < q->parts.count; i++) {
        const struct mpn_hit *hit = &q->parts.hits[i];
        if (hit->tier == RULES_TIER_HIGH && hit->text.ptr != named->text.ptr &&
            !is_named(q, hit))
            add_candidate(q, hit->party, RULES_NONE, MAKER_PROBABLE,
                          MAKER_BY_MPN);
    }
}

/* Who was owned once may still be sold under the old number: Micron's under
   the name of Lexar, which left it, is Micron's part perhaps. */
static void add_former_owner(struct resolving *q, const struct mpn_hit *hit) {
    size_t named = q->count;
    for (size_t i = 0; i < named && hit->tier == RULES_TIER_HIGH; i++)
        if (maker_left(q->resolver->rules, q->candidates[i].party, hit->party))
            add_candidate(q, hit->party, RULES_NONE, MAKER_PROBABLE,
                          MAKER_BY_MPN);
}

/* The part number fits a company that is named. */
static void agree(struct resolving *q, const struct mpn_hit *hit) {
    bool borne = false;
    add_named(q);
    for (size_t i = 0; i < q->count; i++) {
        struct maker_candidate *candidate = &q->candidates[i];
        if (!maker_linked(q->resolver->rules, candidate->party, hit->party))
            continue;
        candidate->matched_by |= part_bit(hit);
        if (settles(candidate, hit)) {
            candidate->confidence = MAKER_CERTAIN;
            borne = true;
        }
    }
    if (borne)
        drop_unborne(q);
    add_former_owner(q, hit);
    add_unnamed(q, hit);
    use_part(q, hit);
}

static void contradict(struct resolving *q) {
    add_named(q);
    for (size_t i = 0; i < q->parts.count; i++)
        add_candidate(q, q->parts.hits[i].party, RULES_NONE, MAKER_PROBABLE,
                      part_bit(&q->parts.hits[i]));
    for (size_t i = 0; i < q->count; i++) {
        q->candidates[i].confidence = MAKER_PROBABLE;
        q->candidates[i].matched_by |= MAKER_CONTRADICTED;
    }
    q->evidence.contradicted = true;
    use_part(q, &q->parts.hits[0]);
}

static void combine_named(struct resolving *q) {
    for (size_t i = 0; i < q->parts.count; i++)
        if (is_named(q, &q->parts.hits[i])) {
            agree(q, &q->parts.hits[i]);
            return;
        }
    if (q->parts.count > 0 && q->parts.hits[0].tier == RULES_TIER_HIGH &&
        !q->parts.mended)
        contradict(q);
    else
        add_named(q);
}

/* High-tier part numbers and nobody named: they claim their makers. */
static void claim(struct resolving *q) {
    bool unknown = q->name.state == NAME_UNKNOWN;
    for (size_t i = 0; i < q->parts.count; i++) {
        const struct mpn_hit *hit = &q->parts.hits[i];
        bool sure =
            !unknown && !hit->ambiguous && !q->parts.mended && !q->elsewhere;
        add_candidate(q, hit->party, RULES_NONE,
                      sure ? MAKER_CERTAIN : MAKER_PROBABLE,
                      MAKER_BY_MPN | (unknown ? MAKER_CONTRADICTED : 0));
    }
    q->evidence.contradicted = unknown;
    use_part(q, &q->parts.hits[0]);
}

/* Does any text of the line name the company? */
static bool is_mentioned(struct resolving *q, uint32_t party) {
    struct maker_resolver *r = q->resolver;
    const struct str cells[] = {q->query.description, q->query.value,
                                q->query.mpn};
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
        name_fold(&r->text, cells[i]);
        if (name_mentioned(r->rules, party, strbuf_str(&r->text)))
            return true;
    }
    return false;
}

/* Shapes that others use too count for whom the line mentions, or where it
   says that it is such a part; in the cell for part numbers a medium one
   proposes its maker when the line names nobody. */
static void propose(struct resolving *q) {
    bool unknown = q->name.state == NAME_UNKNOWN;
    for (size_t i = 0; i < q->parts.count; i++) {
        const struct mpn_hit *hit = &q->parts.hits[i];
        bool medium = hit->tier == RULES_TIER_MEDIUM;
        bool mentioned = is_mentioned(q, hit->party);
        bool described = !hit->ambiguous && is_described(q, hit);
        if (!mentioned && !described &&
            (unknown || !medium || q->cell != PART_MPN))
            continue;
        bool sure = (mentioned || described) && medium && !unknown;
        add_candidate(q, hit->party, RULES_NONE,
                      sure ? MAKER_CERTAIN : MAKER_PROBABLE,
                      MAKER_BY_MPN_PREFIX | (mentioned ? MAKER_BY_NAME : 0));
        if (q->count == 1) {
            use_part(q, hit);
            q->evidence.mentioned = mentioned;
            q->evidence.described = described;
        }
    }
    if (q->count == 0 && q->parts.count > 0 && q->cell == PART_MPN)
        q->evidence.unproven = &q->parts.hits[0];
}

static bool combine(struct resolving *q) {
    q->candidates =
        arena_array(&q->resolver->arena, q->name.count + q->parts.count,
                    sizeof(*q->candidates));
    if (q->resolver->arena.failed)
        return false;
    if (q->name.count > 0)
        combine_named(q);
    else if (q->parts.count > 0 && q->parts.hits[0].tier == RULES_TIER_HIGH)
        claim(q);
    else
        propose(q);
    return true;
}

/* ---- what the part is ---- */

/* What the part number leaves open, from one cell of the line. */
static bool read_cell(struct resolving *q, struct str cell) {
    struct maker_resolver *r = q->resolver;
    struct description said;
    if (cell.len == 0)
        return true;
    name_fold(&r->text, cell);
    if (!describe_memory(&r->describer, cell, strbuf_str(&r->text),
                         q->facts.category, &said))
        return false;
    if (said.density_sure && q->evidence.said_mbit == 0)
        q->evidence.said_mbit = said.facts.density_mbit;
    if (q->facts.category != said.facts.category)
        q->facts.category_source = "description";
    q->facts.category = said.facts.category;
    facts_fill(&q->facts, &said.facts, "description");
    return true;
}

static bool find_facts(struct resolving *q) {
    const struct describer *describer = &q->resolver->describer;
    if (q->facts.category == RULES_NONE) {
        describe(q, q->query.mpn, false);
        q->facts.category = q->described.category;
        q->facts.category_source = q->described.source;
    }
    if (!describe_is_memory(describer, q->facts.category))
        return true;
    return read_cell(q, q->query.description) && read_cell(q, q->query.value) &&
           (q->facts.family != RULES_NONE || read_cell(q, q->query.mpn));
}

static bool is_passive(const struct resolving *q) {
    return q->count == 0 && q->name.state != NAME_UNKNOWN &&
           !mpn_looks_like(q->query.mpn) &&
           is_within(q->resolver->rules, q->facts.category,
                     q->resolver->passive);
}

/* ---- an answer ---- */

static bool answer(struct resolving *q, struct maker *out) {
    struct maker_resolver *r = q->resolver;
    if (!find_names(q))
        return false;
    describe(q, q->query.category, true);
    describe(q, q->query.description, false);
    describe(q, q->query.value, false);
    if (!find_part(q) || !combine(q) || !find_facts(q))
        return false;
    q->evidence.rules = r->rules;
    q->evidence.query = &q->query;
    q->evidence.state = q->name.state;
    q->evidence.names = q->name.hits;
    q->evidence.name_count = q->name.count;
    strbuf_clear(&r->sentence);
    if (!q->query.brief)
        evidence_write(&r->sentence, &q->evidence);
    *out = (struct maker){
        .candidates = q->candidates,
        .candidate_count = q->count,
        .facts = q->facts,
        .evidence = arena_str(&r->arena, strbuf_str(&r->sentence)),
        .passive = is_passive(q),
    };
    return !r->arena.failed && !r->text.failed && !r->sentence.failed;
}

/* No real cell is so long; a hostile one must not take seconds. */
struct maker_query cell_cut_query(const struct maker_query *query, bool *cut) {
    struct maker_query out = *query;
    struct str *const cells[] = {&out.manufacturer, &out.mpn, &out.value,
                                 &out.description, &out.category};
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
        *cut = *cut || cells[i]->len > CELL_MAX;
        *cells[i] = str_trim(str_take(*cells[i], CELL_MAX));
    }
    return out;
}

bool maker_resolve(struct maker_resolver *resolver,
                   const struct maker_query *query, struct maker *out,
                   struct err *err) {
    struct resolving q = {.resolver = resolver,
                          .described = {RULES_NONE, ""},
                          .facts = facts_none()};
    q.query = cell_cut_query(query, &q.evidence.cut);
    arena_reset(&resolver->arena);
    strbuf_clear(&resolver->text); /* and what failed in the last call */
    return answer(&q, out) || err_nomem(err);
}
