#include "run/list_companies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/map.h"
#include "ruleset/name.h"

/* An entry with its comparable name, for sorting. */
struct keyed {
    struct str key;
    const struct list_entry *entry;
};

struct making {
    const struct list_companies_options *options;
    struct arena *arena;
    struct list_companies *out;
    struct map primary; /* names of new companies -> their number */
    struct map aliases; /* theirs -> the first company that has it */
    struct map slugs;   /* how often an id would be given */
    struct map listed;  /* known parties that are listed for certain */
    struct map doubted; /* known parties -> index into out->doubts */
    size_t doubt_room;
    bool failed;
    struct err *err;
};

static void put(struct making *making, struct map *map, struct str key,
                size_t value) {
    if (!map_put(map, key, (uint32_t)value))
        making->failed = true;
}

static void note(struct making *making, uint32_t line, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

static void note(struct making *making, uint32_t line, const char *fmt, ...) {
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    making->options->note(making->options->ctx, line, text);
}

static struct str normalised(struct making *making, struct str name) {
    struct strbuf text = {.ptr = NULL};
    name_normalise(&text, name, making->options->names->words);
    struct str key = arena_str(making->arena, strbuf_str(&text));
    making->failed = making->failed || text.failed;
    strbuf_dispose(&text);
    return key;
}

/* Companies apart from persons, then by name; the rest makes the order the
   same whatever that of the rows is. */
static int by_name(const void *a, const void *b) {
    const struct keyed *left = a, *right = b;
    if (left->entry->company != right->entry->company)
        return left->entry->company ? -1 : 1;
    int order = str_cmp(left->key, right->key);
    if (order == 0)
        order = str_cmp(left->entry->name, right->entry->name);
    if (order == 0)
        order = str_cmp(left->entry->from, right->entry->from);
    if (order == 0)
        order = str_cmp(left->entry->until, right->entry->until);
    if (order == 0)
        order = str_cmp(left->entry->url, right->entry->url);
    return order != 0 ? order
                      : str_cmp(left->entry->title, right->entry->title);
}

static struct keyed *sort_entries(struct making *making) {
    const struct list_table *table = making->options->table;
    struct keyed *list =
        arena_array(making->arena, table->count, sizeof(*list));
    for (size_t i = 0; list != NULL && i < table->count; i++) {
        list[i].entry = &table->entries[i];
        list[i].key = normalised(making, table->entries[i].name);
        if (making->failed || making->arena->failed) {
            err_nomem(making->err);
            return NULL;
        }
        if (list[i].key.len != 0)
            continue;
        err_set(making->err, ERR_SYNTAX, "the name '%.*s' holds no letter",
                STR_ARG(table->entries[i].name));
        making->err->line = table->entries[i].line;
        return NULL;
    }
    if (list == NULL)
        err_nomem(making->err);
    else if (table->count > 1)
        qsort(list, table->count, sizeof(*list), by_name);
    return list;
}

/* Does `a` hold whenever `b` does? */
static bool contains(const struct list_span *a, const struct list_span *b) {
    bool from = a->from.len == 0 ||
                (b->from.len != 0 && str_cmp(a->from, b->from) <= 0);
    bool until = a->until.len == 0 ||
                 (b->until.len != 0 && str_cmp(b->until, a->until) <= 0);
    return from && until;
}

static void add_span(struct list_company *company, struct list_span span) {
    size_t kept = 0;
    for (size_t i = 0; i < company->span_count; i++) {
        if (contains(&company->spans[i], &span))
            return;
    }
    for (size_t i = 0; i < company->span_count; i++) {
        if (!contains(&span, &company->spans[i]))
            company->spans[kept++] = company->spans[i];
    }
    company->spans[kept++] = span;
    company->span_count = kept;
}

static int by_key(const void *a, const void *b) {
    const struct list_alias *left = a, *right = b;
    int order = str_cmp(left->key, right->key);
    return order != 0 ? order : str_cmp(left->raw, right->raw);
}

/* Each name once, and not the company's own. */
static void settle_aliases(struct list_company *company) {
    size_t kept = 0;
    if (company->alias_count > 1)
        qsort(company->aliases, company->alias_count, sizeof(*company->aliases),
              by_key);
    for (size_t i = 0; i < company->alias_count; i++) {
        struct list_alias alias = company->aliases[i];
        if (alias.key.len == 0 || str_eq(alias.key, company->key) ||
            (kept > 0 && str_eq(alias.key, company->aliases[kept - 1].key)))
            continue;
        company->aliases[kept++] = alias;
    }
    company->alias_count = kept;
}

static struct str first_of(struct str a, struct str b) {
    return a.len != 0 ? a : b;
}

static void take_entry(struct making *making, struct list_company *company,
                       const struct list_entry *entry) {
    struct list_span span = {entry->from, entry->until};
    if (span.from.len == 0)
        span.from = making->options->from;
    add_span(company, span);
    if (entry->name.len > company->name.len)
        company->name = entry->name; /* the fullest of its spellings */
    company->country = first_of(company->country, entry->country);
    company->url = first_of(company->url, entry->url);
    company->title = first_of(company->title, entry->title);
    if (entry->line < company->line)
        company->line = entry->line;
    for (size_t i = 0; i < entry->alias_count; i++)
        company->aliases[company->alias_count++] =
            (struct list_alias){.key = normalised(making, entry->aliases[i]),
                                .raw = entry->aliases[i]};
}

static bool same_company(const struct keyed *a, const struct keyed *b) {
    return a->entry->company == b->entry->company && str_eq(a->key, b->key);
}

static void add_company(struct making *making, const struct keyed *entries,
                        size_t count) {
    struct list_company *company = &making->out->items[making->out->count++];
    size_t aliases = 0;
    *company = (struct list_company){
        .key = entries[0].key,
        .name = entries[0].entry->name,
        .company = entries[0].entry->company,
        .line = entries[0].entry->line,
    };
    for (size_t i = 0; i < count; i++)
        aliases += entries[i].entry->alias_count;
    company->aliases =
        arena_array(making->arena, aliases, sizeof(*company->aliases));
    company->spans = arena_array(making->arena, count, sizeof(*company->spans));
    if (making->arena->failed)
        return;
    for (size_t i = 0; i < count; i++)
        take_entry(making, company, entries[i].entry);
    settle_aliases(company);
}

static bool group(struct making *making) {
    size_t count = making->options->table->count;
    const struct keyed *entries = sort_entries(making);
    if (entries == NULL)
        return false;
    making->out->items =
        arena_array(making->arena, count, sizeof(*making->out->items));
    for (size_t i = 0; making->out->items != NULL && i < count;) {
        size_t end = i + 1;
        while (end < count && same_company(&entries[i], &entries[end]))
            end++;
        add_company(making, &entries[i], end - i);
        i = end;
    }
    return true;
}

#define SLUG_MAX 48 /* bytes; a trade name has ten */

/* "Acme Micro (Shenzhen)" is acme-micro-shenzhen; 海思 gives nothing. */
static struct str slug_of(struct making *making, struct str key) {
    char slug[SLUG_MAX];
    size_t len = 0;
    for (size_t i = 0; i < key.len && len < SLUG_MAX; i++) {
        char c = ascii_lower(key.ptr[i]);
        if (ascii_is_alnum(c))
            slug[len++] = c;
        else if (len > 0 && slug[len - 1] != '-')
            slug[len++] = '-';
    }
    while (len > 0 && slug[len - 1] == '-')
        len--;
    return arena_str(making->arena, (struct str){slug, len});
}

static bool is_new(const struct list_company *company) {
    return company->company && !company->known && !company->unclear;
}

static void identify(struct making *making) {
    const struct list_names *names = making->options->names;
    for (size_t i = 0; i < making->out->count; i++) {
        struct list_company *company = &making->out->items[i];
        if (!company->company)
            continue;
        struct list_match match = list_names_find(names, company->key, 0);
        company->known = match.party != NULL && match.certain;
        company->unclear = match.party != NULL && match.shared;
        if (company->known) {
            company->id = str_from(match.party);
            put(making, &making->listed, company->id, i);
        }
        if (!is_new(company))
            continue;
        put(making, &making->primary, company->key, i);
        company->id = slug_of(making, company->key);
        uint32_t times = map_get(&making->slugs, company->id);
        put(making, &making->slugs, company->id,
            times == MAP_NONE ? 1 : times + 1);
    }
}

/* An id is the same in the next import, whoever else is on the list then. */
static void name_ids(struct making *making) {
    for (size_t i = 0; i < making->out->count; i++) {
        struct list_company *company = &making->out->items[i];
        if (!is_new(company))
            continue;
        bool given = company->id.len < 2 ||
                     map_get(&making->slugs, company->id) > 1 ||
                     list_names_has_id(making->options->names, company->id);
        const char *stem =
            company->id.len < 2 ? making->options->measure : company->id.ptr;
        if (given)
            company->id = arena_printf(
                making->arena, "%s-%08lx", stem,
                (unsigned long)(str_hash(company->key) & 0xffffffffU));
    }
}

/* A known party that may be meant is listed too, as unconfirmed: a listed
   company that nobody is asked about would be the worse mistake. */
static void doubt(struct making *making, const struct list_company *company,
                  const char *party) {
    struct list_companies *out = making->out;
    if (map_get(&making->listed, str_from(party)) != MAP_NONE ||
        map_get(&making->doubted, str_from(party)) != MAP_NONE ||
        out->doubt_count == making->doubt_room)
        return;
    put(making, &making->doubted, str_from(party), out->doubt_count);
    out->doubts[out->doubt_count++] =
        (struct list_doubt){party, company->spans[0]};
}

static void doubt_all(struct making *making, const struct list_company *company,
                      struct str key) {
    const struct list_names *names = making->options->names;
    for (size_t i = 0; list_names_find(names, key, i).party != NULL; i++)
        doubt(making, company, list_names_find(names, key, i).party);
}

#define ALIAS_SHORT 2 /* letters; "on" and "NO" are nobody's name */

static bool is_short(struct str alias) {
    return alias.len <= ALIAS_SHORT && ascii_is_alnum(alias.ptr[0]);
}

/* Whose else is the alias? True: it stays the company's. */
static bool keeps_alias(struct making *making, struct list_company *company,
                        const struct list_alias *alias) {
    struct list_match match =
        list_names_find(making->options->names, alias->key, 0);
    if (is_short(alias->key)) {
        note(making, company->line,
             "'%.*s', as '%.*s' is called too, is too short to tell anybody "
             "by; left out",
             STR_ARG(alias->raw), STR_ARG(company->name));
        return false;
    }
    if (match.party != NULL &&
        (!company->known || !str_eq(str_from(match.party), company->id))) {
        note(making, company->line,
             "'%.*s', also called '%.*s', may be the party '%s', which is "
             "listed as unconfirmed",
             STR_ARG(company->name), STR_ARG(alias->raw), match.party);
        doubt_all(making, company, alias->key);
        return false;
    }
    if (company->known && match.party == NULL)
        note(making, company->line,
             "the rules do not know that '%.*s' (%.*s) is called '%.*s' too",
             STR_ARG(company->name), STR_ARG(company->id), STR_ARG(alias->raw));
    return is_new(company) && map_get(&making->primary, alias->key) == MAP_NONE;
}

static void sift_aliases(struct making *making, size_t number) {
    struct list_company *company = &making->out->items[number];
    size_t kept = 0;
    for (size_t i = 0; i < company->alias_count; i++) {
        struct list_alias alias = company->aliases[i];
        if (!keeps_alias(making, company, &alias))
            continue;
        uint32_t other = map_get(&making->aliases, alias.key);
        /* The list's length stands for "several". */
        put(making, &making->aliases, alias.key,
            other == MAP_NONE ? number : making->out->count);
        company->aliases[kept++] = alias;
    }
    company->alias_count = kept;
}

static void mark_shared(struct making *making) {
    for (size_t i = 0; i < making->out->count; i++) {
        struct list_company *company = &making->out->items[i];
        for (size_t a = 0; a < company->alias_count; a++)
            company->aliases[a].shared =
                map_get(&making->aliases, company->aliases[a].key) ==
                making->out->count;
    }
}

static int by_party(const void *a, const void *b) {
    const struct list_doubt *left = a, *right = b;
    return strcmp(left->party, right->party);
}

static void settle(struct making *making) {
    struct list_companies *out = making->out;
    for (size_t i = 0; i < out->count; i++)
        making->doubt_room += out->items[i].alias_count + 1;
    out->doubts =
        arena_array(making->arena, making->doubt_room, sizeof(*out->doubts));
    if (out->doubts == NULL)
        return;
    for (size_t i = 0; i < out->count; i++) {
        struct list_company *company = &out->items[i];
        struct list_match match =
            list_names_find(making->options->names, company->key, 0);
        if (!company->company)
            continue;
        if (match.party != NULL && !match.certain) {
            note(making, company->line,
                 "'%.*s' may be the party '%s', which is listed as unconfirmed",
                 STR_ARG(company->name), match.party);
            doubt_all(making, company, company->key);
        }
        sift_aliases(making, i);
    }
    mark_shared(making);
    if (out->doubt_count > 1)
        qsort(out->doubts, out->doubt_count, sizeof(*out->doubts), by_party);
}

bool list_companies_make(struct list_companies *out, struct arena *arena,
                         const struct list_companies_options *options,
                         struct err *err) {
    struct making making = {
        .options = options, .arena = arena, .out = out, .err = err};
    *out = (struct list_companies){.items = NULL};
    bool ok = group(&making);
    if (ok && !making.failed && !arena->failed) {
        identify(&making);
        name_ids(&making);
        settle(&making);
    }
    if (ok && (making.failed || arena->failed))
        ok = err_nomem(err);
    map_dispose(&making.primary);
    map_dispose(&making.aliases);
    map_dispose(&making.slugs);
    map_dispose(&making.listed);
    map_dispose(&making.doubted);
    return ok;
}
