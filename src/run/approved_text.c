#include "core/lang.h"
#include "ruleset/yaml_tree.h"
#include "run/approved_list.h"
#include "run/list_text.h"

/* The YAML of an approved list. */

static void add_field(struct strbuf *out, bool *first, const char *key,
                      struct str text) {
    if (text.len == 0)
        return;
    strbuf_printf(out, "%s%s: ", *first ? "" : ", ", key);
    yaml_write_text(out, text);
    *first = false;
}

static void add_row(struct strbuf *out, const struct approved_row *row) {
    bool first = true;
    strbuf_add_text(out, "  - {");
    add_field(out, &first, "ipn", row->ipn);
    add_field(out, &first, "party", row->party);
    add_field(out, &first, "name", row->name);
    add_field(out, &first, "mpn", row->mpn);
    if (row->covers.len != 0)
        strbuf_printf(out, "%scovers: [%.*s]", first ? "" : ", ",
                      STR_ARG(row->covers));
    first = first && row->covers.len == 0;
    if (row->status != RULES_APPROVED)
        add_field(out, &first, "status",
                  str_from(rules_approval_status_name(row->status)));
    add_field(out, &first, "from", row->from);
    add_field(out, &first, "until", row->until);
    add_field(out, &first, "by", row->by);
    add_field(out, &first, "date", row->date);
    add_field(out, &first, "evidence", row->evidence);
    if (row->unconfirmed)
        add_field(out, &first, "confidence", STR_LIT("unconfirmed"));
    strbuf_add_text(out, "}\n");
}

void approved_list_write(struct strbuf *out, const struct approved_list *list) {
    strbuf_add_text(out, "approved:\n");
    for (size_t i = 0; i < list->count; i++)
        add_row(out, &list->rows[i]);
}

static void add_line(struct strbuf *out, const char *key, struct str text) {
    strbuf_printf(out, "%s: ", key);
    yaml_write_text(out, text);
    strbuf_add_char(out, '\n');
}

void approved_list_write_measure(struct strbuf *out, const char *id,
                                 struct str file, struct str from,
                                 const struct approved_list *list,
                                 struct str rows) {
    struct str known = str_cmp(list->newest, from) > 0 ? list->newest : from;
    strbuf_printf(out,
                  "%s, which writes `approved` anew each time;\n# all else is "
                  "yours to change.\n",
                  list_text_mark);
    add_line(out, "id", str_from(id));
    strbuf_printf(out, "title: Approved list %s\n", id);
    add_line(out, "authority", STR_LIT("the company"));
    add_line(out, "jurisdiction", STR_LIT("company"));
    add_line(out, "citation", file);
    add_line(out, "announced", from);
    add_line(out, "known-to", known);
    strbuf_add_text(out,
                    "reach: owned # an approved maker stands for whom it owns\n"
                    "binds: [any]\n"
                    "covers: [all]\n"
                    "clauses:\n"
                    "  - id: list\n"
                    "    effect: approve\n"
                    "    hits: unlisted\n"
                    "    activities: [purchase]\n");
    strbuf_printf(out, "    from: %.*s\n", STR_ARG(from));
    strbuf_printf(out, "    do: %s\n",
                  N_("Choose an approved part, or have this one approved."));
    strbuf_add(out, rows);
    strbuf_add_text(out, "sources:\n  - {url: ");
    list_text_file_url(out, file);
    strbuf_add_text(out, "}\nconfidence: secondary\n");
}
