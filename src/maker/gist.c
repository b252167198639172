#include "maker/resolver_inside.h"

/* A line's cells, each asked for once. */
struct asked {
    struct cell mpn, value, description, category;
};

static struct asked ask(const struct maker_resolver *r,
                        const struct maker_query *query) {
    return (struct asked){
        .mpn = cell_ask(r, query->mpn),
        .value = cell_ask(r, query->value),
        .description = cell_ask(r, query->description),
        .category = cell_ask(r, query->category),
    };
}

/* Part numbers in other cells count where its own has none. */
static bool others_have_none(struct maker_resolver *r,
                             const struct asked *cells) {
    const struct {
        struct cell cell;
        enum text_reading as;
    } others[] = {
        {cells->value, TEXT_AS_CELL},
        {cells->value, TEXT_AS_HIGH},
        {cells->description, TEXT_AS_PROSE},
    };
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        enum text_parts parts;
        if (!cell_parts(r, others[i].cell, others[i].as, &parts) ||
            parts != TEXT_NO_PART)
            return false;
    }
    return true;
}

/* The first that says something, as the resolver asks them. */
static uint32_t described(struct maker_resolver *r, const struct asked *asked,
                          bool *column) {
    const struct cell cells[] = {asked->category, asked->description,
                                 asked->value};
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
        uint32_t category = cells[i].text.len == 0
                                ? RULES_NONE
                                : cell_category(r, cells[i], i == 0);
        *column = i == 0;
        if (category != RULES_NONE)
            return category;
    }
    *column = false;
    return RULES_NONE;
}

/* What the part number says, and no more of the line. */
static bool read_part(struct maker_resolver *r, const struct asked *cells,
                      uint32_t *out) {
    enum text_parts parts;
    *out = MAKER_NO_PART;
    if (cell_is_placeholder(r, cells->mpn))
        return others_have_none(r, cells);
    return cell_parts(r, cells->mpn, TEXT_AS_CELL, &parts) &&
           parts != TEXT_MEMORY &&
           !describe_is_memory(&r->describer,
                               cell_category(r, cells->mpn, false)) &&
           (parts == TEXT_PART || others_have_none(r, cells)) &&
           cell_reading(r, cells->mpn, out);
}

bool maker_gist(struct maker_resolver *r, const struct maker_query *query,
                struct maker_gist *out) {
    bool cut = false;
    const struct maker_query texts = cell_cut_query(query, &cut);
    struct name_answer name;
    if (cut ||
        !name_memo_find(&r->name_memo, &r->names, texts.manufacturer, &name) ||
        name.state != NAME_FOUND || name.count == 0)
        return false;
    const struct asked cells = ask(r, &texts);
    out->name = name.same;
    out->category = described(r, &cells, &out->in_column);
    return !describe_is_memory(&r->describer, out->category) &&
           read_part(r, &cells, &out->part) && !r->text.failed;
}

uint64_t maker_gist_names(const struct maker_resolver *resolver,
                          const struct maker_gist *gist) {
    return (uint64_t)resolver->name_memo.epoch << 32 | gist->name;
}

uint32_t maker_gist_epoch(const struct maker_resolver *resolver) {
    return resolver->name_memo.epoch;
}
