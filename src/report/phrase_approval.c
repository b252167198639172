#include "core/lang.h"
#include "report/phrases.h"
#include "screen/approval.h"

/* "J. Doe, 2024-02-01, QR-12". */
static void add_ground(struct strbuf *out, const struct ruleset *rules,
                       const struct rules_approval *row) {
    const uint32_t said[] = {row->by, row->date, row->evidence};
    size_t count = 0;
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        const char *text = rules_text(rules, said[i]);
        if (*text == '\0')
            continue;
        phrase_comma(out, count++);
        strbuf_add_text(out, text);
    }
}

static void add_kinds(struct strbuf *out, const struct ruleset *rules,
                      struct rules_run covers) {
    for (uint32_t i = 0; i < covers.count; i++) {
        phrase_comma(out, i);
        strbuf_add_text(out, phrase_kind(rules, rules_item(rules, covers, i)));
    }
}

/* "Micron MT41K256M16". */
static void add_part(struct strbuf *out, const struct ruleset *rules,
                     const struct rules_approval *row) {
    const char *mpn = rules_text(rules, row->mpn);
    if (row->party != RULES_NONE)
        strbuf_add_text(out, phrase_party(rules, row->party));
    if (row->party != RULES_NONE && *mpn != '\0')
        strbuf_add_char(out, ' ');
    strbuf_add_text(out, mpn);
}

void phrase_approval(struct strbuf *out, const struct ruleset *rules,
                     const struct rules_approval *row) {
    struct strbuf part = {.ptr = NULL}, kinds = {.ptr = NULL};
    struct strbuf ground = {.ptr = NULL};
    const char *ipn = rules_text(rules, row->ipn);
    add_part(&part, rules, row);
    add_kinds(&kinds, rules, row->covers);
    add_ground(&ground, rules, row);
    if (part.len != 0 && *ipn != '\0')
        strbuf_printf(out, tr("%s for the IPN %s"), part.ptr, ipn);
    else if (part.len != 0 && kinds.len != 0)
        strbuf_printf(out, tr("%s for “%s”"), part.ptr, kinds.ptr);
    else if (part.len != 0)
        strbuf_add(out, strbuf_str(&part));
    else if (*ipn != '\0')
        strbuf_printf(out, tr("the IPN %s"), ipn);
    else
        strbuf_printf(out, tr("“%s”"), phrase_text(&kinds));
    if (ground.len != 0)
        strbuf_printf(out, tr(" (%s)"), ground.ptr);
    phrase_end(out, &part);
    phrase_end(out, &kinds);
    phrase_end(out, &ground);
}

/* A row that says how far it approves, or that it does not. */
static void add_row(struct strbuf *out, const struct ruleset *rules,
                    const struct screen_hit *hit, const char *title) {
    const struct rules_approval *row = rules_approval(rules, hit->approval);
    const char *status =
        tr(rules_approval_status_name((enum rules_approval_status)row->status));
    struct strbuf told = {.ptr = NULL};
    phrase_approval(&told, rules, row);
    if (hit->reason == REASON_APPROVAL_EXPIRED)
        strbuf_printf(out, tr("not approved: “%s” approved %s until %s"), title,
                      phrase_text(&told), shown_span(row->until).text);
    else if (hit->reason == REASON_NOT_YET_APPROVED)
        strbuf_printf(out, tr("not approved: “%s” approves %s only from %s"),
                      title, phrase_text(&told), shown_span(row->from).text);
    else if (hit->verdict == VERDICT_REVIEW)
        strbuf_printf(out, tr("“%s” has %s as %s"), title, phrase_text(&told),
                      status);
    else
        strbuf_printf(out, tr("not approved: “%s” has %s as %s"), title,
                      phrase_text(&told), status);
    phrase_end(out, &told);
}

#define PARTS_TOLD 3

/* "Micron MT41K256M16, Samsung K4B4G1646E": what is approved for the IPN of a
   row. */
static void add_approved(struct strbuf *out, const struct ruleset *rules,
                         uint32_t measure, struct str ipn, int32_t day) {
    struct rules_run rows = rules_find_approvals(
        rules, rules_measure(rules, measure), ipn, STR_EMPTY, RULES_NONE);
    size_t told = 0;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct rules_approval *row =
            rules_approval(rules, rows.first + i);
        if (!approval_holds(row, day) || told++ >= PARTS_TOLD)
            continue;
        phrase_comma(out, told - 1);
        add_part(out, rules, row);
    }
    if (told > PARTS_TOLD)
        strbuf_printf(out, tr(" and %zu more"), told - PARTS_TOLD);
}

static void add_others(struct strbuf *out, const struct run_info *run,
                       const struct screen_hit *hit, const char *title) {
    const struct rules_approval *row =
        rules_approval(run->rules, hit->approval);
    struct strbuf parts = {.ptr = NULL};
    const char *ipn = rules_text(run->rules, row->ipn);
    add_approved(&parts, run->rules, hit->measure,
                 rules_str(run->rules, row->ipn_key), run->as_of);
    if (parts.len == 0)
        strbuf_printf(out,
                      tr("not approved: “%s” approves nothing for the IPN %s"),
                      title, ipn);
    else
        strbuf_printf(out, tr("not approved: “%s” approves for the IPN %s %s"),
                      title, ipn, parts.ptr);
    phrase_end(out, &parts);
}

void phrase_unapproved(struct strbuf *out, const struct run_info *run,
                       const struct screen_hit *hit) {
    const char *title = phrase_measure(run->rules, hit->measure);
    if (hit->reason == REASON_OTHER_APPROVED)
        add_others(out, run, hit, title);
    else if (hit->approval != RULES_NONE)
        add_row(out, run->rules, hit, title);
    else
        strbuf_printf(out, tr("not approved: “%s” has no entry that covers it"),
                      title);
}
