#include "run/declarations.h"

#include <string.h>

#include "core/lang.h"
#include "core/map.h"
#include "core/mem.h"
#include "ruleset/name.h"
#include "run/declaration_table.h"

#define NO_ITEM UINT32_MAX

/* A declaration, and what it is compared by. */
struct item {
    struct declaration declaration;
    struct str key;   /* of its part number, from mpn_key(); empty: any */
    size_t exactness; /* how closely it says which part */
    uint32_t next;    /* of those under the same key, or NO_ITEM */
};

struct declarations {
    const struct ruleset *rules;
    struct declaration_reader *reader; /* owns the texts */
    struct arena arena;
    struct item *items;
    size_t count;
    struct map by_mpn, by_party; /* to the first item under a key */
    uint32_t beginnings;         /* the first with a *, or NO_ITEM */
    struct declared_file file;
    struct strbuf key;
};

/* ---- reading ---- */

static bool is_beginning(const struct declaration *declaration) {
    return declaration->mpn != NULL && strchr(declaration->mpn, '*') != NULL;
}

static struct str party_key(const uint32_t *party) {
    return (struct str){(const char *)party, sizeof(*party)};
}

static bool put_first(struct declarations *all, struct map *map, struct str key,
                      uint32_t index) {
    uint32_t first = map_get(map, key);
    all->items[index].next = first == MAP_NONE ? NO_ITEM : first;
    return map_put(map, key, index);
}

/* A whole part number is surer than its beginning, and that than a company. */
static bool add_item(struct declarations *all, struct item *item,
                     uint32_t index) {
    const struct declaration *declaration = &item->declaration;
    if (declaration->mpn == NULL)
        return put_first(all, &all->by_party, party_key(&declaration->party),
                         index);
    mpn_key(&all->key, str_from(declaration->mpn));
    item->key = arena_str(&all->arena, strbuf_str(&all->key));
    if (all->key.failed || all->arena.failed)
        return false;
    item->exactness = item->key.len;
    if (is_beginning(declaration)) {
        item->next = all->beginnings;
        all->beginnings = index;
        return true;
    }
    item->exactness = SIZE_MAX;
    return put_first(all, &all->by_mpn, item->key, index);
}

/* ---- what is said twice ---- */

/* Of what a row speaks, and on which day. */
static struct str subject_of(struct declarations *all,
                             const struct item *item) {
    const struct declaration *declaration = &item->declaration;
    strbuf_clear(&all->key);
    strbuf_printf(&all->key, "%u %u %d %d %d ", (unsigned)declaration->party,
                  (unsigned)declaration->measure, (int)declaration->date,
                  is_beginning(declaration),
                  declaration->statement == DECLARES_ORIGIN);
    strbuf_add(&all->key, item->key);
    return arena_str(&all->arena, strbuf_str(&all->key));
}

static bool says_the_same(const struct declaration *a,
                          const struct declaration *b) {
    return a->statement == b->statement &&
           (a->country == NULL || strcmp(a->country, b->country) == 0);
}

/* The later row is told of, with the line of the earlier. */
static bool compare(struct declarations *all,
                    const struct declarations_options *options,
                    struct map *seen, uint32_t index) {
    struct str subject = subject_of(all, &all->items[index]);
    uint32_t first = map_get(seen, subject);
    if (all->key.failed || all->arena.failed)
        return false;
    if (first == MAP_NONE)
        return map_put(seen, subject, index);
    const struct declaration *before = &all->items[first].declaration,
                             *now = &all->items[index].declaration;
    struct err note = ERR_INIT;
    err_set(&note, ERR_INVALID,
            says_the_same(before, now)
                ? tr("declares the same as line %u; one of them is enough")
                : tr("declares something else than line %u of the same parts, "
                     "on the same day; one of them is wrong"),
            (unsigned)before->line);
    err_at(&note, options->named, now->line, 0);
    if (options->note != NULL)
        options->note(options->ctx, &note);
    return true;
}

static bool compare_rows(struct declarations *all,
                         const struct declarations_options *options) {
    struct map seen = {.count = 0};
    bool ok = true;
    for (uint32_t i = 0; ok && i < all->count; i++)
        ok = compare(all, options, &seen, i);
    map_dispose(&seen);
    return ok;
}

static bool read_rows(struct declarations *all, const struct named_table *table,
                      struct err *err) {
    all->items = mem_calloc(table->count + 1, sizeof(*all->items));
    if (all->items == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < table->count; i++) {
        struct item *item = &all->items[i];
        if (!declaration_reader_row(all->reader, &table->rows[i],
                                    &item->declaration, err))
            return false;
        if (!add_item(all, item, (uint32_t)i))
            return err_nomem(err);
        all->file.expired += item->declaration.state == DECLARATION_EXPIRED;
        all->count++;
    }
    return true;
}

static bool read_all(struct declarations *all,
                     const struct declarations_options *options,
                     struct err *err) {
    if (!declaration_reader_new(&all->reader, options, err))
        return false;
    const struct named_table *table = declaration_reader_table(all->reader);
    all->rules = options->rules;
    if (!read_rows(all, table, err))
        return false;
    if (!compare_rows(all, options))
        return err_nomem(err);
    all->file.path = arena_str(&all->arena, str_from(options->named)).ptr;
    all->file.sha256 = table->sha256;
    all->file.count = all->count;
    return !all->arena.failed || err_nomem(err);
}

bool declarations_read(struct declarations **out,
                       const struct declarations_options *options,
                       struct err *err) {
    struct declarations *all = mem_calloc(1, sizeof(*all));
    if (all == NULL)
        return err_nomem(err);
    all->beginnings = NO_ITEM;
    if (read_all(all, options, err)) {
        *out = all;
        return true;
    }
    declarations_free(all);
    return false;
}

void declarations_free(struct declarations *all) {
    if (all == NULL)
        return;
    declaration_reader_free(all->reader);
    map_dispose(&all->by_mpn);
    map_dispose(&all->by_party);
    mem_free(all->items);
    strbuf_dispose(&all->key);
    arena_dispose(&all->arena);
    mem_free(all);
}

const struct declared_file *declarations_file(const struct declarations *all) {
    return &all->file;
}

/* ---- asking ---- */

/* What is said of one thing so far: by what holds, by what does not, and of
   that by what says that something is there. */
struct answers {
    const struct item *holds, *fails, *against; /* or NULL */
};

/* One part, and the best answers to it so far. */
struct asking {
    struct declarations *all;
    uint32_t party;           /* whose it surely is, or RULES_NONE */
    struct answers *contents; /* of each measure; NULL until there is one */
    struct answers origin;
    const struct item *other; /* as good as what holds of the origin, for
                                 another country */
    struct arena *arena;
};

/* Does it say of which part, and for which measure, more exactly, or else
   later? */
static bool goes_before(const struct item *a, const struct item *b) {
    const struct declaration *left = &a->declaration, *right = &b->declaration;
    bool named = left->measure != RULES_NONE;
    if (a->exactness != b->exactness)
        return a->exactness > b->exactness;
    if (named != (right->measure != RULES_NONE))
        return named;
    if (left->date != right->date)
        return left->date > right->date;
    return left->statement > right->statement;
}

static void take_first(const struct item **first, const struct item *item) {
    if (*first == NULL || goes_before(item, *first))
        *first = item;
}

/* What did hold speaks before what is to. */
static void take_failing(const struct item **first, const struct item *item) {
    if (*first != NULL && (*first)->declaration.state != item->declaration.state
            ? item->declaration.state < (*first)->declaration.state
            : *first == NULL || goes_before(item, *first))
        *first = item;
}

static void take_for(struct answers *answers, const struct item *item) {
    if (item->declaration.state == DECLARATION_HOLDS) {
        take_first(&answers->holds, item);
        return;
    }
    take_failing(&answers->fails, item);
    if (item->declaration.statement != DECLARES_NONE)
        take_first(&answers->against, item);
}

/* Does what holds no more still stand against what does? It then says more
   exactly, or later, what the other denies. */
static bool is_opposed(const struct answers *answers) {
    return answers->holds != NULL && answers->against != NULL &&
           goes_before(answers->against, answers->holds);
}

static bool make_answers(struct asking *asking) {
    size_t count = rules_measure_count(asking->all->rules);
    asking->contents =
        arena_array(asking->arena, count, sizeof(*asking->contents));
    for (size_t i = 0; asking->contents != NULL && i < count; i++)
        asking->contents[i] = (struct answers){.holds = NULL};
    return asking->contents != NULL;
}

static bool take_contents(struct asking *asking, const struct item *item) {
    uint32_t measure = item->declaration.measure;
    if (asking->contents == NULL && !make_answers(asking))
        return false;
    if (measure != RULES_NONE)
        take_for(&asking->contents[measure], item);
    for (uint32_t i = 0;
         measure == RULES_NONE && i < rules_measure_count(asking->all->rules);
         i++)
        take_for(&asking->contents[i], item);
    return true;
}

static bool is_same_country(const struct item *a, const struct item *b) {
    return strcmp(a->declaration.country, b->declaration.country) == 0;
}

static void take_origin(struct asking *asking, const struct item *item) {
    const struct item *before = asking->origin.holds;
    take_for(&asking->origin, item);
    if (item->declaration.state != DECLARATION_HOLDS || before == NULL)
        return;
    if (asking->origin.holds == item)
        asking->other = NULL;
    else if (!goes_before(before, item) && !is_same_country(before, item))
        asking->other = item;
}

static bool take(struct asking *asking, const struct item *item) {
    const struct declaration *declaration = &item->declaration;
    if (declaration->party != RULES_NONE && declaration->party != asking->party)
        return true;
    if (declaration->statement != DECLARES_ORIGIN)
        return take_contents(asking, item);
    take_origin(asking, item);
    return true;
}

static bool take_chain(struct asking *asking, uint32_t first) {
    bool ok = true;
    for (uint32_t i = first; ok && i != NO_ITEM; i = asking->all->items[i].next)
        ok = take(asking, &asking->all->items[i]);
    return ok;
}

static uint32_t first_of(const struct map *map, struct str key) {
    uint32_t first = map_get(map, key);
    return first == MAP_NONE ? NO_ITEM : first;
}

static bool take_beginnings(struct asking *asking, struct str key) {
    bool ok = true;
    for (uint32_t i = asking->all->beginnings; ok && i != NO_ITEM;
         i = asking->all->items[i].next) {
        if (str_starts(key, asking->all->items[i].key))
            ok = take(asking, &asking->all->items[i]);
    }
    return ok;
}

static bool take_all(struct asking *asking, struct str mpn) {
    struct declarations *all = asking->all;
    mpn_key(&all->key, mpn);
    struct str key = strbuf_str(&all->key);
    return !all->key.failed &&
           (key.len == 0 || (take_chain(asking, first_of(&all->by_mpn, key)) &&
                             take_beginnings(asking, key))) &&
           (asking->party == RULES_NONE ||
            take_chain(asking,
                       first_of(&all->by_party, party_key(&asking->party))));
}

static enum contents contents_of(const struct declaration *declaration) {
    bool listed = declaration->statement == DECLARES_LISTED;
    if (declaration->state == DECLARATION_HOLDS)
        return listed ? CONTENTS_LISTED : CONTENTS_NONE;
    return listed && declaration->state == DECLARATION_EXPIRED ? CONTENTS_LAPSED
                                                               : CONTENTS_OPEN;
}

/* What decides on a measure; NULL: nothing is declared. */
static const struct declaration *decide(const struct answers *answers) {
    const struct item *item = answers->holds;
    if (item == NULL)
        item = answers->fails;
    else if (item->declaration.statement == DECLARES_NONE &&
             is_opposed(answers))
        item = answers->against;
    return item == NULL ? NULL : &item->declaration;
}

static bool answer_contents(struct asking *asking, struct part_declared *out) {
    size_t count = rules_measure_count(asking->all->rules);
    uint8_t *contents = arena_array(asking->arena, count, sizeof(*contents));
    const struct declaration **by_measure =
        arena_array(asking->arena, count, sizeof(*by_measure));
    if (contents == NULL || by_measure == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        by_measure[i] = decide(&asking->contents[i]);
        contents[i] =
            (uint8_t)(by_measure[i] == NULL ? CONTENTS_OPEN
                                            : contents_of(by_measure[i]));
    }
    out->contents = contents;
    out->by_measure = by_measure;
    return true;
}

static void answer_origin(struct asking *asking, struct part_declared *out) {
    const struct answers *origin = &asking->origin;
    if (origin->holds == NULL)
        return;
    if (asking->other == NULL && is_opposed(origin) &&
        !is_same_country(origin->against, origin->holds))
        asking->other = origin->against;
    out->origin = &origin->holds->declaration;
    out->other = asking->other == NULL ? NULL : &asking->other->declaration;
}

bool declarations_of(struct declarations *all, const struct maker *maker,
                     struct str mpn, struct arena *arena,
                     struct part_declared *out) {
    struct asking asking = {.all = all, .party = RULES_NONE, .arena = arena};
    *out = (struct part_declared){.contents = NULL};
    const struct maker_candidate *certain = maker_certain(maker);
    if (certain != NULL)
        asking.party = certain->party;
    if (!take_all(&asking, mpn))
        return false;
    answer_origin(&asking, out);
    return asking.contents == NULL || answer_contents(&asking, out);
}
