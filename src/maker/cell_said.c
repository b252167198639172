#include "maker/resolver_inside.h"
#include "ruleset/name.h"

/* What single cells say, remembered. */

struct cell cell_ask(const struct maker_resolver *r, struct str text) {
    return (struct cell){text, keyed_hash(&r->texts.key, 0, text)};
}

static struct text_said *said_of(struct maker_resolver *r, struct cell cell) {
    return text_memo_at(&r->texts, cell.hash);
}

bool cell_is_placeholder(struct maker_resolver *r, struct cell cell) {
    struct text_said *said = said_of(r, cell);
    if (said->read)
        return said->placeholder;
    name_fold(&r->text, cell.text);
    bool is = r->text.len == 0 ||
              rules_has_word(r->rules, r->placeholders, strbuf_str(&r->text));
    if (!r->text.failed) {
        said->placeholder = is;
        said->read = true;
    }
    return is;
}

uint32_t cell_category(struct maker_resolver *r, struct cell cell,
                       bool column) {
    struct text_said *said = said_of(r, cell);
    if (column ? said->in_column : said->described)
        return column ? said->column : said->category;
    name_fold(&r->text, cell.text);
    uint32_t category =
        column ? describe_column(&r->describer, cell.text, strbuf_str(&r->text))
               : describe_category(&r->describer, strbuf_str(&r->text));
    if (r->text.failed)
        return category;
    if (column) {
        said->column = category;
        said->in_column = true;
    } else {
        said->category = category;
        said->described = true;
    }
    return category;
}

static enum text_parts sum_up(const struct maker_resolver *r,
                              const struct mpn_match *match) {
    for (size_t i = 0; i < match->count; i++) {
        if (describe_is_memory(&r->describer, match->hits[i].facts.category))
            return TEXT_MEMORY;
    }
    return match->count != 0 ? TEXT_PART : TEXT_NO_PART;
}

bool cell_parts(struct maker_resolver *r, struct cell cell,
                enum text_reading as, enum text_parts *out) {
    struct text_said *said = said_of(r, cell);
    struct mpn_match match;
    *out = (enum text_parts)said->parts[as];
    if (*out != TEXT_UNASKED)
        return true;
    if (!(as == TEXT_AS_PROSE ? mpn_match_prose(&r->mpns, cell.text, &match)
                              : mpn_match_cell(&r->mpns, cell.text,
                                               as == TEXT_AS_HIGH, &match)))
        return false;
    *out = sum_up(r, &match);
    said->parts[as] = (uint8_t)*out;
    return true;
}

#define READINGS_MAX 8192

static void add_number(struct strbuf *key, uint32_t number) {
    strbuf_add(key, (struct str){(const char *)&number, sizeof(number)});
}

static void add_place(struct strbuf *key, const char *text) {
    strbuf_add(key, (struct str){(const char *)&text, sizeof(text)});
}

/* The texts of facts are the rules', or constants. */
static void add_facts(struct strbuf *key, const struct part_facts *facts) {
    add_number(key, facts->category);
    add_number(key, facts->density_mbit);
    add_number(key, facts->width);
    add_number(key, facts->speed_mts);
    add_number(key, facts->voltage_mv);
    add_number(key, facts->dies);
    add_number(key, facts->family);
    add_place(key, facts->category_source);
    add_place(key, facts->package);
    add_place(key, facts->temperature);
    add_place(key, facts->interface);
    for (size_t i = 0; i < PART_PARAMETER_COUNT; i++)
        add_place(key, facts->sources[i]);
}

/* All that an answer goes by. Of where a hit stands it counts whether others
   stand there too. */
static void write_reading(struct strbuf *key, const struct mpn_match *match,
                          uint32_t category) {
    strbuf_clear(key);
    add_number(key, category);
    strbuf_add_char(key, match->mended ? 'm' : '-');
    for (size_t i = 0; i < match->count; i++) {
        const struct mpn_hit *hit = &match->hits[i];
        size_t first = 0;
        while (match->hits[first].text.ptr != hit->text.ptr)
            first++;
        add_number(key, (uint32_t)first);
        add_number(key, hit->party);
        add_number(key, hit->tier);
        strbuf_add_char(key, hit->ambiguous ? 'a' : '-');
        add_facts(key, &hit->facts);
    }
}

static bool number_reading(struct maker_resolver *r, uint32_t *out) {
    uint32_t count = (uint32_t)r->readings.count;
    *out = map_get(&r->readings, strbuf_str(&r->reading));
    if (*out != MAP_NONE || r->reading.failed || count == READINGS_MAX)
        return *out != MAP_NONE && !r->reading.failed;
    struct str key = arena_str(&r->reading_keys, strbuf_str(&r->reading));
    *out = count + 1;
    return !r->reading_keys.failed && map_put(&r->readings, key, *out);
}

bool cell_reading(struct maker_resolver *r, struct cell cell, uint32_t *out) {
    struct mpn_match match;
    uint32_t category = cell_category(r, cell, false);
    *out = said_of(r, cell)->reading;
    if (*out != 0)
        return true;
    if (!mpn_match_cell(&r->mpns, cell.text, false, &match))
        return false;
    write_reading(&r->reading, &match, category);
    if (!number_reading(r, out))
        return false;
    said_of(r, cell)->reading = *out;
    return true;
}
