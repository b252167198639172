#include "report/text_sums.h"

#include "core/lang.h"
#include "report/phrases.h"

#include <stdio.h>

#define GROUPS_SHOWN 10

/* Keys that no manufacturer's cell can hold. */
#define KEY_PASSIVE "\n1"
#define KEY_NAMELESS "\n2"

void text_sums_init(struct text_sums *sums) {
    *sums = (struct text_sums){.marker = 0};
    sums->unknown.limit = GROUPS_SHOWN;
    sums->scope.limit = GROUPS_SHOWN;
}

void text_sums_dispose(struct text_sums *sums) {
    groups_dispose(&sums->unknown);
    groups_dispose(&sums->scope);
    strbuf_dispose(&sums->text);
}

bool text_sums_ok(const struct text_sums *sums) {
    return !sums->unknown.failed && !sums->scope.failed && !sums->text.failed;
}

static void add_unknown(struct text_sums *sums, const struct report_line *line,
                        const struct finding *finding) {
    struct str maker = str_trim(finding->part->manufacturer);
    struct str key = maker;
    if (finding->maker->passive)
        key = STR_LIT(KEY_PASSIVE);
    else if (maker.len == 0)
        key = STR_LIT(KEY_NAMELESS);
    struct group *group = groups_at(&sums->unknown, key, sums->marker);
    if (group != NULL)
        groups_add_place(&sums->unknown, group, line);
}

/* One line of the report a party and measure, whatever the profile. */
static void add_scope(struct text_sums *sums, const struct run_info *run,
                      const struct report_line *line,
                      const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    if (hit == NULL || hit->measure == RULES_NONE)
        return;
    char key[64];
    snprintf(key, sizeof(key), "%u %u %u", (unsigned)hit->party,
             (unsigned)hit->measure, (unsigned)hit->reason);
    struct group *group = groups_at(&sums->scope, str_from(key), sums->marker);
    if (group == NULL)
        return;
    groups_add_place(&sums->scope, group, line);
    if (group->data != NULL)
        return;
    struct str *what = arena_alloc(&sums->scope.arena, sizeof(*what));
    struct screen_hit any_buyer = *hit;
    any_buyer.profile = RULES_NONE;
    strbuf_clear(&sums->text);
    strbuf_printf(
        &sums->text, tr("%s, %s: "), phrase_party(run->rules, hit->party),
        rules_text(run->rules, rules_measure(run->rules, hit->measure)->id));
    phrase_reason(&sums->text, run->rules, &any_buyer);
    if (what == NULL || sums->text.failed) {
        sums->scope.failed = true;
        return;
    }
    *what = arena_str(&sums->scope.arena, strbuf_str(&sums->text));
    group->data = what;
}

void text_sums_add(struct text_sums *sums, const struct run_info *run,
                   const struct report_line *line) {
    sums->marker++;
    if (line->finding_count == 0 || line->verdict < VERDICT_UNKNOWN)
        return;
    sums->unknown_lines += line->verdict == VERDICT_UNKNOWN;
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (finding->verdict == VERDICT_UNKNOWN)
            add_unknown(sums, line, finding);
        else if (finding->verdict == VERDICT_OUT_OF_SCOPE)
            add_scope(sums, run, line, finding);
    }
}

static void put_unknown_group(struct text_page *page,
                              const struct group *group) {
    struct strbuf *text = text_start(page);
    if (str_eq(group->key, STR_LIT(KEY_PASSIVE)))
        strbuf_add_text(text, tr("generic parts that name no maker: "));
    else if (str_eq(group->key, STR_LIT(KEY_NAMELESS)))
        strbuf_add_text(text,
                        tr("no maker, and no known form of part number: "));
    else
        strbuf_printf(text, tr("“%.*s”, which is no known maker: "),
                      STR_ARG(group->key));
    group_places(text, group, false);
    text_paragraph(page, "  - ", 4, strbuf_str(text));
}

static void put_beyond(struct text_page *page, const struct groups *groups) {
    if (groups->beyond == 0)
        return;
    struct strbuf *text = text_start(page);
    strbuf_printf(text,
                  tr_count("and others, on %s line", "and others, on %s lines",
                           groups->beyond),
                  shown_number(groups->beyond).text);
    text_paragraph(page, "  - ", 4, strbuf_str(text));
}

void text_sums_unknown(struct text_page *page, struct text_sums *sums) {
    if (sums->unknown_lines != 0) {
        struct strbuf *text = text_start(page);
        strbuf_printf(text,
                      tr_count("%s line has no maker that is known:",
                               "%s lines have no maker that is known:",
                               sums->unknown_lines),
                      shown_number(sums->unknown_lines).text);
        text_paragraph(page, "", 0, strbuf_str(text));
        for (size_t i = 0; i < sums->unknown.count; i++)
            put_unknown_group(page, &sums->unknown.items[i]);
        put_beyond(page, &sums->unknown);
        text_end_line(page);
    }
    bool failed = sums->unknown.failed;
    groups_dispose(&sums->unknown);
    sums->unknown.failed = failed;
    sums->unknown_lines = 0;
}

void text_sums_scope(struct text_page *page, const struct text_sums *sums,
                     bool with_bom) {
    if (sums->scope.count == 0)
        return;
    text_heading(page, str_from(tr("Listed, but nothing binds here")));
    for (size_t i = 0; i < sums->scope.count; i++) {
        const struct group *group = &sums->scope.items[i];
        const struct str *what = group->data;
        struct strbuf *text = text_start(page), where = {.ptr = NULL};
        group_places(&where, group, with_bom);
        if (what != NULL)
            strbuf_add(text, *what);
        strbuf_printf(text, tr(" (%s)"), phrase_text(&where));
        phrase_end(text, &where);
        text_paragraph(page, "  - ", 4, strbuf_str(text));
    }
    put_beyond(page, &sums->scope);
    text_end_line(page);
}
