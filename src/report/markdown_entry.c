#include "report/markdown_entry.h"

#include <inttypes.h>

#include "core/lang.h"
#include "report/alike.h"
#include "report/instead.h"
#include "report/markdown_text.h"
#include "report/phrases.h"
#include "report/rolled.h"
#include "report/waiver_form.h"

#define NAME_COLUMNS 80
#define SENTENCE_COLUMNS 600
#define RULES_SHOWN 4
#define CANDIDATES_SHOWN 3

/* Somebody must act on it, and nobody has decided to live with it. */
static bool is_open(const struct finding *finding) {
    return phrase_is_flagged(finding->verdict) && !finding->waived &&
           !finding->known;
}

static void add_sentence(struct strbuf *out, const struct strbuf *text) {
    markdown_text(out, strbuf_str(text), SENTENCE_COLUMNS);
}

static void add_title(struct markdown_entries *entries,
                      const struct run_info *run,
                      const struct finding *finding) {
    struct strbuf *out = &entries->body.text;
    strbuf_printf(out, "#### %s %s", phrase_sign(finding->verdict),
                  tr(verdict_name(finding->verdict)));
    struct strbuf *text = scratch_start(&entries->text);
    phrase_maker(text, run->rules, finding->maker, finding->owner);
    strbuf_add_text(out, text->len != 0 ? tr_in("label", ": ") : "");
    markdown_text(out, strbuf_str(text), NAME_COLUMNS);
    strbuf_add_char(out, ' ');
    markdown_code(out, finding->part->mpn, NAME_COLUMNS);
    strbuf_add_text(out, "\n\n");
}

/* The clause, and the act's title in its own language. */
static void add_link(struct strbuf *out, const struct ruleset *rules,
                     const struct screen_hit *hit, struct strbuf *text) {
    struct str original =
        rules_str(rules, rules_measure(rules, hit->measure)->original_title);
    phrase_clause(text, rules, hit);
    if (original.len != 0 &&
        !str_eq(original, str_from(phrase_measure(rules, hit->measure))))
        strbuf_printf(text, tr(": %.*s"), STR_ARG(original));
    markdown_link(out, strbuf_str(text), phrase_url(rules, hit->measure));
}

static void add_rule(struct markdown_entries *entries,
                     const struct run_info *run, enum verdict worst,
                     const struct finding *findings, size_t count) {
    struct strbuf *out = &entries->body.text;
    const struct screen_hit *hit = findings[0].hit;
    struct strbuf *text = scratch_start(&entries->text);
    strbuf_add_text(out, "- ");
    if (hit != NULL && hit->measure != RULES_NONE) {
        add_link(out, run->rules, hit, text);
        text = scratch_start(&entries->text);
        alike_profiles(text, run, findings, count);
        strbuf_add_text(out, tr(" for "));
        markdown_text(out, strbuf_str(text), SENTENCE_COLUMNS);
        if (findings[0].verdict != worst)
            strbuf_printf(out, tr(", %s"),
                          tr(verdict_name(findings[0].verdict)));
        strbuf_add_text(out, tr_in("label", ": "));
    }
    text = scratch_start(&entries->text);
    alike_why(text, run, findings);
    add_sentence(out, text);
    strbuf_add_char(out, '\n');
}

/* @return where the findings of the next part start. */
static size_t add_rules(struct markdown_entries *entries,
                        const struct run_info *run,
                        const struct report_line *line, size_t start) {
    const struct finding *all = line->findings;
    size_t shown = 0, more = 0, i = start;
    while (i < line->finding_count && all[i].part == all[start].part) {
        size_t count = alike_count(&all[i], line->finding_count - i);
        if (!is_open(&all[i])) {
            i += count;
            continue;
        }
        if (shown++ < RULES_SHOWN)
            add_rule(entries, run, all[start].verdict, &all[i], count);
        else
            more += count;
        i += count;
    }
    if (more != 0) {
        strbuf_printf(&entries->body.text,
                      tr_count("- and %s more finding\n",
                               "- and %s more findings\n", more),
                      shown_number(more).text);
    }
    return i;
}

static void add_paragraph(struct strbuf *out, const char *label,
                          const struct strbuf *text) {
    if (text->len == 0)
        return;
    strbuf_printf(out, tr("\n**%s:** "), label);
    add_sentence(out, text);
    strbuf_add_char(out, '\n');
}

static void add_instead(struct markdown_entries *entries,
                        const struct run_info *run,
                        const struct alternatives *found) {
    struct strbuf *out = &entries->body.text;
    struct strbuf *text = scratch_start(&entries->text);
    report_instead(text, run, found, CANDIDATES_SHOWN, "\n");
    strbuf_printf(out, tr("\n**%s:**\n"), tr("Instead"));
    struct str rest = strbuf_str(text), one;
    for (size_t i = 0; i < CANDIDATES_SHOWN && str_split(&rest, '\n', &one);
         i++) {
        strbuf_add_text(out, "- ");
        markdown_text(out, one, SENTENCE_COLUMNS);
        strbuf_add_char(out, '\n');
    }
    text = scratch_start(&entries->text);
    report_instead_check(text, found);
    add_paragraph(out, tr("Check"), text);
}

static bool same_clause(const struct finding *a, const struct finding *b) {
    return a->hit != NULL && b->hit != NULL &&
           a->hit->measure == b->hit->measure &&
           a->hit->clause == b->hit->clause;
}

/* One for each clause, ready to paste, folded away. */
static void add_waivers(struct markdown_entries *entries,
                        const struct run_info *run, const struct bom_info *bom,
                        const struct finding *findings, size_t count) {
    struct strbuf *text = scratch_start(&entries->text);
    size_t forms = 0;
    for (size_t i = 0; i < count && forms < RULES_SHOWN; i++) {
        bool again = !is_open(&findings[i]);
        for (size_t k = 0; k < i && !again; k++)
            again = is_open(&findings[k]) &&
                    same_clause(&findings[k], &findings[i]);
        if (again)
            continue;
        report_waiver_form(text, run, bom, &findings[i]);
        forms++;
    }
    if (text->len == 0)
        return;
    strbuf_printf(&entries->body.text,
                  "\n<details><summary>%s</summary>\n\n```yaml\n%s```\n\n"
                  "</details>\n",
                  tr("To accept it: a waiver to fill in and paste"), text->ptr);
}

static void add_rolled(struct strbuf *out, const struct report_line *line) {
    struct strbuf text = {.ptr = NULL};
    if (report_rolled(&text, line)) {
        strbuf_add_text(out, tr(", "));
        markdown_code(out, strbuf_str(&text), NAME_COLUMNS);
    }
    strbuf_dispose(&text);
}

static void add_place(struct strbuf *out, const struct report_line *line,
                      const struct finding *finding) {
    markdown_code(out, str_from(line->bom->place), NAME_COLUMNS);
    if (line->bom->sheet != NULL) {
        strbuf_add_text(out, tr(", sheet "));
        markdown_code(out, str_from(line->bom->sheet), NAME_COLUMNS);
    }
    strbuf_add_char(out, ' ');
    strbuf_printf(out, tr("line %u"), (unsigned)finding->part->line);
    if (str_trim(line->line->refdes).len != 0) {
        strbuf_add_text(out, tr(", "));
        markdown_code(out, line->line->refdes, NAME_COLUMNS);
    }
    if (!line->line->fitted)
        strbuf_add_text(out, tr(", not fitted"));
    add_rolled(out, line);
    strbuf_add_text(out, "\n\n");
}

/* The line on which the same was said before; 0: it was not. */
static uint32_t said_at(struct markdown_entries *entries, uint32_t line) {
    uint64_t hash = str_hash(strbuf_str(&entries->body.text));
    for (size_t i = 0; i < entries->said_count && i < MARKDOWN_SAID; i++) {
        if (entries->hashes[i] == hash)
            return entries->lines[i];
    }
    size_t at = entries->said_count++ % MARKDOWN_SAID;
    entries->hashes[at] = hash;
    entries->lines[at] = line;
    return 0;
}

static void keep(struct markdown_entries *entries,
                 const struct report_line *line,
                 const struct finding *finding) {
    struct strbuf *kept = &entries->kept[finding->verdict];
    struct str body = strbuf_str(&entries->body.text), title = body;
    entries->counts[finding->verdict]++;
    if (kept->len >= MARKDOWN_MAX)
        return;
    uint32_t before = said_at(entries, finding->part->line);
    str_split(&body, '\n', &title);
    strbuf_add(kept, title);
    strbuf_add_text(kept, "\n\n");
    add_place(kept, line, finding);
    if (before != 0)
        strbuf_printf(kept, tr("As line %u.\n"), (unsigned)before);
    else
        strbuf_add(kept, str_skip(body, 1));
    strbuf_add_char(kept, '\n');
    strbuf_add_char(kept, '\0');
}

static const struct finding *first_open(const struct report_line *line,
                                        size_t *at) {
    while (*at < line->finding_count) {
        if (is_open(&line->findings[*at]))
            return &line->findings[*at];
        (*at)++;
    }
    return NULL;
}

void markdown_entries_add(struct markdown_entries *entries,
                          const struct run_info *run,
                          const struct report_line *line) {
    size_t at = 0;
    const struct finding *first;
    while ((first = first_open(line, &at)) != NULL) {
        scratch_start(&entries->body);
        add_title(entries, run, first);
        size_t end = add_rules(entries, run, line, at);
        struct strbuf *text = scratch_start(&entries->text);
        report_action(text, run, first);
        add_paragraph(&entries->body.text, tr("Do"), text);
        if (first->alternatives != NULL)
            add_instead(entries, run, first->alternatives);
        text = scratch_start(&entries->text);
        phrase_decision(text, first);
        add_paragraph(&entries->body.text, tr("Decided"), text);
        add_waivers(entries, run, line->bom, first, end - at);
        keep(entries, line, first);
        at = end;
    }
}

void markdown_entries_bom(struct markdown_entries *entries) {
    entries->said_count = 0;
}

size_t markdown_entries_put(struct strbuf *out,
                            const struct markdown_entries *entries,
                            size_t room) {
    size_t start = out->len, shown = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++) {
        struct str rest = strbuf_str(&entries->kept[v]), one;
        size_t before = shown;
        while (rest.len != 0 && str_split(&rest, '\0', &one)) {
            if (out->len - start + one.len > room)
                return markdown_entries_count(entries) - shown;
            strbuf_add(out, one);
            shown++;
        }
        if (shown - before < entries->counts[v])
            break;
    }
    return markdown_entries_count(entries) - shown;
}

size_t markdown_entries_count(const struct markdown_entries *entries) {
    size_t count = 0;
    for (size_t v = 0; v < VERDICT_COUNT; v++)
        count += entries->counts[v];
    return count;
}

bool markdown_entries_ok(const struct markdown_entries *entries) {
    bool ok = scratch_ok(&entries->body) && scratch_ok(&entries->text);
    for (size_t v = 0; v < VERDICT_COUNT; v++)
        ok = ok && !entries->kept[v].failed;
    return ok;
}

void markdown_entries_dispose(struct markdown_entries *entries) {
    for (size_t v = 0; v < VERDICT_COUNT; v++)
        strbuf_dispose(&entries->kept[v]);
    scratch_dispose(&entries->body);
    scratch_dispose(&entries->text);
}
