#include "maker/evidence.h"

#include "core/utf8.h"

#define QUOTE_MAX 80 /* characters of BOM text in a quotation */
#define NAMES_MAX 3  /* companies that the sentence spells out */

/* BOM text as it stands: outputs escape it. */
static void add_cut(struct strbuf *out, struct str text) {
    struct str rest = text;
    uint32_t code;
    for (size_t i = 0; i < QUOTE_MAX && rest.len > 0; i++)
        rest = str_skip(rest, utf8_next(rest, &code));
    strbuf_add(out, str_take(text, text.len - rest.len));
    if (rest.len > 0)
        strbuf_add_text(out, "…");
}

static void add_quoted(struct strbuf *out, struct str text) {
    strbuf_add_char(out, '"');
    add_cut(out, str_trim(text));
    strbuf_add_char(out, '"');
}

static void add_party(struct strbuf *out, const struct evidence *e,
                      uint32_t party) {
    strbuf_add_text(out,
                    rules_text(e->rules, rules_party(e->rules, party)->name));
}

/* ---- what the maker column says ---- */

static const char *kind_text(uint32_t kind) {
    switch (kind) {
    case RULES_NAME_LEGAL:
        return "the name of ";
    case RULES_NAME_BRAND:
        return "a brand of ";
    case RULES_NAME_SHARED:
        return "a name that several companies use, one of them ";
    default:
        return "an alias of ";
    }
}

static void add_name(struct strbuf *out, const struct evidence *e,
                     const struct name_hit *hit) {
    const struct rules_name *name = rules_name(e->rules, hit->name);
    if ((hit->matched_by & MAKER_BY_SIMILAR) != 0) {
        strbuf_add_text(out, "looks like ");
        add_quoted(out, rules_str(e->rules, name->raw));
        strbuf_add_text(out, ", ");
    } else if ((hit->matched_by & MAKER_BY_CORE_NAME) != 0) {
        strbuf_add_text(out, "without its general words is \"");
        strbuf_add_text(out, rules_text(e->rules, name->text));
        strbuf_add_text(out, "\", ");
    }
    strbuf_add_text(out, kind_text(name->kind));
    add_party(out, e, hit->party);
}

static void add_where(struct strbuf *out, const struct evidence *e,
                      const struct name_hit *hit) {
    struct str header = e->query->manufacturer_header;
    if (hit != NULL && hit->place == NAME_LEADING) {
        strbuf_add_text(out, "the part begins with ");
        add_quoted(out, hit->text);
        return;
    }
    add_quoted(out, header.len > 0 ? header : STR_LIT("manufacturer"));
    strbuf_add_text(out, " says ");
    add_quoted(out, e->query->manufacturer);
}

/* Between the cell and what its name is: "says X, an alias of …". */
static void add_link(struct strbuf *out, const struct name_hit *hit,
                     bool first) {
    bool verb =
        (hit->matched_by & (MAKER_BY_SIMILAR | MAKER_BY_CORE_NAME)) != 0;
    strbuf_add_text(out, first ? ", " : " and ");
    if (hit->place == NAME_PART || hit->place == NAME_ADDRESS) {
        strbuf_add_text(out, hit->place == NAME_PART ? "where "
                                                     : "an address in which ");
        add_quoted(out, hit->text);
        strbuf_add_text(out, verb ? " " : " is ");
    } else if (verb) {
        strbuf_add_text(out, "which ");
    }
}

static void add_names(struct strbuf *out, const struct evidence *e) {
    add_where(out, e, &e->names[0]);
    for (size_t i = 0; i < e->name_count && i < NAMES_MAX; i++) {
        add_link(out, &e->names[i], i == 0);
        add_name(out, e, &e->names[i]);
    }
    if (e->name_count > NAMES_MAX)
        strbuf_printf(out, " and %zu more companies",
                      e->name_count - NAMES_MAX);
}

static void add_manufacturer(struct strbuf *out, const struct evidence *e) {
    if (e->name_count > 0) {
        add_names(out, e);
        return;
    }
    if (e->query->manufacturer.len == 0) {
        strbuf_add_text(out, "no manufacturer is given");
        return;
    }
    add_where(out, e, NULL);
    if (e->state == NAME_DISTRIBUTOR)
        strbuf_add_text(out, ", a distributor");
    else if (e->state == NAME_UNKNOWN)
        strbuf_add_text(out, ", a name that the rules do not know");
    else
        strbuf_add_text(out, ", which names no maker");
}

/* ---- what the part number says ---- */

static void add_density(struct strbuf *out, uint32_t mbit) {
    if (mbit % 1024 == 0)
        strbuf_printf(out, "%u Gbit", mbit / 1024);
    else
        strbuf_printf(out, "%u Mbit", mbit);
}

static void add_family(struct strbuf *out, const struct evidence *e,
                       const struct mpn_hit *hit) {
    const struct rules_family *family = rules_family(e->rules, hit->family);
    strbuf_add_text(out, rules_text(e->rules, family->name));
    strbuf_add_text(out, " of ");
    add_party(out, e, hit->party);
    if (hit->facts.density_mbit > 0) {
        strbuf_add_text(out, ", ");
        add_density(out, hit->facts.density_mbit);
    }
    if (hit->facts.width > 0)
        strbuf_printf(out, "%s x%u", hit->facts.density_mbit > 0 ? "" : ",",
                      hit->facts.width);
}

static const char *fits_text(const struct mpn_hit *hit) {
    return hit->tier == RULES_TIER_HIGH ? " fits " : " begins like ";
}

static void add_cell_name(struct strbuf *out, const struct evidence *e) {
    if (e->cell == PART_VALUE)
        strbuf_add_text(out, "the value ");
    else if (e->cell == PART_DESCRIPTION)
        strbuf_add_text(out, "in the description ");
    else if (e->cell == PART_MANUFACTURER)
        strbuf_add_text(out, "there ");
    else
        strbuf_add_text(out, "MPN ");
}

static void add_part(struct strbuf *out, const struct evidence *e) {
    add_cell_name(out, e);
    add_cut(out, e->part->text);
    if (e->parts.read_as.len > 0) {
        strbuf_add_text(out, ", read as ");
        strbuf_add(out, e->parts.read_as);
        strbuf_add_text(out, ",");
    }
    strbuf_add_text(out, fits_text(e->part));
    add_family(out, e, e->part);
    for (size_t i = 0; i < e->parts.count && i < NAMES_MAX; i++) {
        const struct mpn_hit *other = &e->parts.hits[i];
        if (other == e->part)
            continue;
        strbuf_add_text(out, " and ");
        if (other->text.ptr != e->part->text.ptr) {
            add_cut(out, other->text);
            strbuf_add_text(out, fits_text(other));
        }
        add_family(out, e, other);
    }
    if (e->mentioned)
        strbuf_add_text(out, ", whom the line names too");
    else if (e->described)
        strbuf_add_text(out, ", which is what the line describes");
    if (e->contradicted)
        strbuf_add_text(out, ", which contradicts it");
}

static void add_mpn(struct strbuf *out, const struct evidence *e) {
    if (e->part != NULL) {
        add_part(out, e);
    } else if (e->query->mpn.len == 0) {
        strbuf_add_text(out, "no MPN is given");
    } else if (e->unproven != NULL) {
        strbuf_add_text(out, "MPN ");
        add_cut(out, e->unproven->text);
        strbuf_add_text(out, " begins like ");
        add_family(out, e, e->unproven);
        strbuf_add_text(out, ", as others' do too");
    } else {
        strbuf_add_text(out, "MPN ");
        add_cut(out, str_trim(e->query->mpn));
        strbuf_add_text(out, " fits no family that the rules know");
    }
}

/* A slip in the line, or the wrong part number: a person should look. */
static void add_said(struct strbuf *out, const struct evidence *e) {
    if (e->part == NULL || e->part->facts.density_mbit == 0 ||
        e->said_mbit == 0 || e->said_mbit == e->part->facts.density_mbit)
        return;
    strbuf_add_text(out, "; but the line says ");
    add_density(out, e->said_mbit);
}

void evidence_write(struct strbuf *out, const struct evidence *evidence) {
    strbuf_clear(out);
    add_manufacturer(out, evidence);
    strbuf_add_text(out, "; ");
    add_mpn(out, evidence);
    add_said(out, evidence);
    if (evidence->cut)
        strbuf_add_text(out, "; a cell was too long to be read to its end");
}
