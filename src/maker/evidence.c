#include "maker/evidence.h"

#include "core/lang.h"
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

/* A piece of the sentence, composed apart, as an argument. */
static const char *text_of(const struct strbuf *piece) {
    return piece->len == 0 ? "" : piece->ptr;
}

static void end_piece(struct strbuf *out, struct strbuf *piece) {
    out->failed = out->failed || piece->failed;
    strbuf_dispose(piece);
}

static void add_quoted(struct strbuf *out, struct str text) {
    struct strbuf cut = {.ptr = NULL};
    add_cut(&cut, str_trim(text));
    strbuf_printf(out, tr("\"%s\""), text_of(&cut));
    end_piece(out, &cut);
}

static const char *party_name(const struct evidence *e, uint32_t party) {
    return rules_text(e->rules, rules_party(e->rules, party)->name);
}

/* ---- what the maker column says ---- */

static void add_kind(struct strbuf *out, uint32_t kind, const char *party) {
    switch (kind) {
    case RULES_NAME_LEGAL:
        strbuf_printf(out, tr("the name of %s"), party);
        break;
    case RULES_NAME_BRAND:
        strbuf_printf(out, tr("a brand of %s"), party);
        break;
    case RULES_NAME_SHARED:
        strbuf_printf(out,
                      tr("a name that several companies use, one of them %s"),
                      party);
        break;
    default:
        strbuf_printf(out, tr("an alias of %s"), party);
        break;
    }
}

static bool is_near(const struct name_hit *hit) {
    return (hit->matched_by & (MAKER_BY_SIMILAR | MAKER_BY_CORE_NAME)) != 0;
}

static void add_name(struct strbuf *out, const struct evidence *e,
                     const struct name_hit *hit) {
    const struct rules_name *name = rules_name(e->rules, hit->name);
    struct strbuf kind = {.ptr = NULL}, quoted = {.ptr = NULL};
    add_kind(&kind, name->kind, party_name(e, hit->party));
    if ((hit->matched_by & MAKER_BY_SIMILAR) != 0) {
        add_quoted(&quoted, rules_str(e->rules, name->raw));
        strbuf_printf(out, tr("looks like %s, %s"), text_of(&quoted),
                      text_of(&kind));
    } else if ((hit->matched_by & MAKER_BY_CORE_NAME) != 0) {
        add_quoted(&quoted, rules_str(e->rules, name->text));
        strbuf_printf(out, tr("without its general words is %s, %s"),
                      text_of(&quoted), text_of(&kind));
    } else {
        strbuf_add_text(out, text_of(&kind));
    }
    end_piece(out, &kind);
    end_piece(out, &quoted);
}

static void add_where(struct strbuf *out, const struct evidence *e,
                      const struct name_hit *hit) {
    struct str header = e->query->manufacturer_header;
    struct strbuf column = {.ptr = NULL}, says = {.ptr = NULL};
    bool leading = hit != NULL && hit->place == NAME_LEADING;
    add_quoted(&says, leading ? hit->text : e->query->manufacturer);
    if (leading) {
        strbuf_printf(out, tr("the part begins with %s"), text_of(&says));
    } else {
        add_quoted(&column,
                   header.len > 0 ? header : str_from(tr("manufacturer")));
        strbuf_printf(out, tr("%s says %s"), text_of(&column), text_of(&says));
    }
    end_piece(out, &column);
    end_piece(out, &says);
}

/* Between the cell and what its name is: "says X, an alias of …". */
static void add_link(struct strbuf *out, const struct evidence *e,
                     const struct name_hit *hit) {
    struct strbuf name = {.ptr = NULL}, quoted = {.ptr = NULL};
    bool near = is_near(hit);
    add_name(&name, e, hit);
    add_quoted(&quoted, hit->text);
    if (hit->place == NAME_PART)
        strbuf_printf(out, near ? tr("where %s %s") : tr("where %s is %s"),
                      text_of(&quoted), text_of(&name));
    else if (hit->place == NAME_ADDRESS)
        strbuf_printf(out,
                      near ? tr("an address in which %s %s")
                           : tr("an address in which %s is %s"),
                      text_of(&quoted), text_of(&name));
    else if (near)
        strbuf_printf(out, tr("which %s"), text_of(&name));
    else
        strbuf_add_text(out, text_of(&name));
    end_piece(out, &name);
    end_piece(out, &quoted);
}

static void add_names(struct strbuf *out, const struct evidence *e) {
    add_where(out, e, &e->names[0]);
    for (size_t i = 0; i < e->name_count && i < NAMES_MAX; i++) {
        strbuf_add_text(out, i == 0 ? tr(", ") : tr_in("companies", " and "));
        add_link(out, e, &e->names[i]);
    }
    if (e->name_count > NAMES_MAX)
        strbuf_printf(out, tr(" and %zu more companies"),
                      e->name_count - NAMES_MAX);
}

static void add_manufacturer(struct strbuf *out, const struct evidence *e) {
    if (e->name_count > 0) {
        add_names(out, e);
        return;
    }
    if (e->query->manufacturer.len == 0) {
        strbuf_add_text(out, tr("no manufacturer is given"));
        return;
    }
    add_where(out, e, NULL);
    if (e->state == NAME_DISTRIBUTOR)
        strbuf_add_text(out, tr(", a distributor"));
    else if (e->state == NAME_UNKNOWN)
        strbuf_add_text(out, tr(", a name that the rules do not know"));
    else
        strbuf_add_text(out, tr(", which names no maker"));
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
    strbuf_printf(out, tr("%s of %s"), rules_text(e->rules, family->name),
                  party_name(e, hit->party));
    if (hit->facts.density_mbit > 0) {
        strbuf_add_text(out, tr(", "));
        add_density(out, hit->facts.density_mbit);
    }
    if (hit->facts.width > 0)
        strbuf_printf(out, "%s x%u", hit->facts.density_mbit > 0 ? "" : tr(","),
                      hit->facts.width);
}

/* "MPN X fits …", where `number` says which cell it is from too. */
static void add_fit(struct strbuf *out, const struct evidence *e,
                    const struct mpn_hit *hit, const char *number) {
    struct strbuf family = {.ptr = NULL};
    add_family(&family, e, hit);
    strbuf_printf(out,
                  hit->tier == RULES_TIER_HIGH ? tr("%s fits %s")
                                               : tr("%s begins like %s"),
                  number, text_of(&family));
    end_piece(out, &family);
}

static void add_number(struct strbuf *out, const struct evidence *e) {
    struct strbuf cut = {.ptr = NULL};
    add_cut(&cut, e->part->text);
    const char *number = text_of(&cut);
    if (e->cell == PART_VALUE)
        strbuf_printf(out, tr("the value %s"), number);
    else if (e->cell == PART_DESCRIPTION)
        strbuf_printf(out, tr("in the description %s"), number);
    else if (e->cell == PART_MANUFACTURER)
        strbuf_printf(out, tr("there %s"), number);
    else
        strbuf_printf(out, tr("MPN %s"), number);
    if (e->parts.read_as.len > 0)
        strbuf_printf(out, tr(", read as %.*s,"), STR_ARG(e->parts.read_as));
    end_piece(out, &cut);
}

static void add_others(struct strbuf *out, const struct evidence *e) {
    for (size_t i = 0; i < e->parts.count && i < NAMES_MAX; i++) {
        const struct mpn_hit *other = &e->parts.hits[i];
        struct strbuf cut = {.ptr = NULL};
        if (other == e->part)
            continue;
        strbuf_add_text(out, tr_in("companies", " and "));
        add_cut(&cut, other->text);
        if (other->text.ptr != e->part->text.ptr)
            add_fit(out, e, other, text_of(&cut));
        else
            add_family(out, e, other);
        end_piece(out, &cut);
    }
}

static void add_part(struct strbuf *out, const struct evidence *e) {
    struct strbuf number = {.ptr = NULL};
    add_number(&number, e);
    add_fit(out, e, e->part, text_of(&number));
    end_piece(out, &number);
    add_others(out, e);
    if (e->mentioned)
        strbuf_add_text(out, tr(", whom the line names too"));
    else if (e->described)
        strbuf_add_text(out, tr(", which is what the line describes"));
    if (e->contradicted)
        strbuf_add_text(out, tr(", which contradicts it"));
}

static void add_unproven(struct strbuf *out, const struct evidence *e) {
    struct strbuf cut = {.ptr = NULL}, family = {.ptr = NULL};
    add_cut(&cut, e->unproven->text);
    add_family(&family, e, e->unproven);
    strbuf_printf(out, tr("MPN %s begins like %s, as others' do too"),
                  text_of(&cut), text_of(&family));
    end_piece(out, &cut);
    end_piece(out, &family);
}

static void add_unfit(struct strbuf *out, const struct evidence *e) {
    struct strbuf cut = {.ptr = NULL};
    add_cut(&cut, str_trim(e->query->mpn));
    strbuf_printf(out, tr("MPN %s fits no family that the rules know"),
                  text_of(&cut));
    end_piece(out, &cut);
}

static void add_mpn(struct strbuf *out, const struct evidence *e) {
    if (e->part != NULL)
        add_part(out, e);
    else if (e->query->mpn.len == 0)
        strbuf_add_text(out, tr("no MPN is given"));
    else if (e->unproven != NULL)
        add_unproven(out, e);
    else
        add_unfit(out, e);
}

/* A slip in the line, or the wrong part number: a person should look. */
static void add_said(struct strbuf *out, const struct evidence *e) {
    if (e->part == NULL || e->part->facts.density_mbit == 0 ||
        e->said_mbit == 0 || e->said_mbit == e->part->facts.density_mbit)
        return;
    strbuf_add_text(out, tr("; but the line says "));
    add_density(out, e->said_mbit);
}

void evidence_write(struct strbuf *out, const struct evidence *evidence) {
    strbuf_clear(out);
    add_manufacturer(out, evidence);
    strbuf_add_text(out, tr("; "));
    add_mpn(out, evidence);
    add_said(out, evidence);
    if (evidence->cut)
        strbuf_add_text(out, tr("; a cell was too long to be read to its end"));
}
