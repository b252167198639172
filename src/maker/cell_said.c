#include "maker/resolver_inside.h"
#include "ruleset/name.h"

/* What single cells say, remembered. */

bool cell_ask(struct maker_resolver *r, struct str text, struct cell *out) {
    *out = (struct cell){text, text_memo_find(&r->texts, text)};
    return out->number != TEXT_NONE;
}

static struct text_said *said_of(struct maker_resolver *r, struct cell cell) {
    return text_memo_said(&r->texts, cell.number);
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
