#include "report/audit_table.h"

#include "report/audit_phrases.h"
#include "report/phrases.h"

enum {
    COLUMN_TIME,
    COLUMN_RUN,
    COLUMN_BOM,
    COLUMN_SHA256,
    COLUMN_PRODUCT,
    COLUMN_CONTENT,
    COLUMN_WORTH,
    COLUMN_RULES,
    COLUMN_RULES_SHA256,
    COLUMN_BUYERS,
    COLUMN_SOURCE,
    COLUMN_BY,
    COLUMN_PIPELINE,
    COLUMN_PROGRAM,
    COLUMN_HASH,
};

static const struct audit_column columns[] = {
    [COLUMN_TIME] = {"Time (UTC)", 12, 21, AUDIT_LOOK_NAME, false},
    [COLUMN_RUN] = {"Run", 6, 8, AUDIT_LOOK_NUMBER, false},
    [COLUMN_BOM] = {"BOM", 14, 28, AUDIT_LOOK_TEXT, false},
    [COLUMN_SHA256] = {"BOM, SHA-256", 16, 24, AUDIT_LOOK_TEXT, false},
    [COLUMN_PRODUCT] = {"Product, revision", 10, 24, AUDIT_LOOK_TEXT, true},
    [COLUMN_CONTENT] = {"Lines as read, digest", 16, 24, AUDIT_LOOK_TEXT, true},
    [COLUMN_WORTH] = {"What it is worth", 10, 26, AUDIT_LOOK_TEXT, false},
    [COLUMN_RULES] = {"Rule set", 10, 14, AUDIT_LOOK_TEXT, false},
    [COLUMN_RULES_SHA256] = {"Rule set, SHA-256", 16, 24, AUDIT_LOOK_TEXT,
                             true},
    [COLUMN_BUYERS] = {"Buyers, activity, day", 14, 26, AUDIT_LOOK_TEXT, true},
    [COLUMN_SOURCE] = {"Repository, commit", 12, 26, AUDIT_LOOK_TEXT, true},
    [COLUMN_BY] = {"Stage, run by", 10, 16, AUDIT_LOOK_TEXT, true},
    [COLUMN_PIPELINE] = {"Pipeline", 20, 20, AUDIT_LOOK_LINK, true},
    [COLUMN_PROGRAM] = {"Program", 10, 16, AUDIT_LOOK_TEXT, true},
    [COLUMN_HASH] = {"Run's hash", 16, 24, AUDIT_LOOK_TEXT, true},
};

static size_t rows(const struct audit *audit) {
    return audit->evidence_count + audit->forgotten_count;
}

/* What is there of the two, with a comma between. */
static void add_pair(struct strbuf *out, const char *first,
                     const char *second) {
    strbuf_add(out, str_from(first));
    if (first != NULL && second != NULL)
        strbuf_add_text(out, ", ");
    strbuf_add(out, str_from(second));
}

static void fill_bom(struct audit_cell *cell, const struct audit_bom *bom,
                     unsigned column) {
    if (column == COLUMN_BOM)
        strbuf_add_text(cell->text, bom->path);
    else if (column == COLUMN_SHA256)
        strbuf_add_text(cell->text,
                        bom->sha256 != NULL ? bom->sha256 : "not taken");
    else if (column == COLUMN_PRODUCT)
        add_pair(cell->text, bom->product, bom->revision);
    else
        strbuf_add_text(cell->text, bom->digest);
}

/* Who is asked for all of them needs no list. */
#define BUYERS_SHOWN 5

static void fill_buyers(struct audit_cell *cell, const struct audit_run *run) {
    if (run->profile_count > BUYERS_SHOWN)
        audit_say_count(cell->text, run->profile_count, "profile");
    for (size_t i = 0;
         i < run->profile_count && run->profile_count <= BUYERS_SHOWN; i++)
        strbuf_printf(cell->text, "%s%s", i == 0 ? "" : ", ", run->profiles[i]);
    strbuf_printf(cell->text, "; %s as of %s", run->activity, run->as_of);
}

static void fill_run(struct audit_cell *cell, const struct audit_run *run,
                     unsigned column) {
    const char *const texts[ARRAY_LEN(columns)] = {
        [COLUMN_TIME] = run->time,
        [COLUMN_RULES] = run->rules->version,
        [COLUMN_RULES_SHA256] = run->rules->sha256,
        [COLUMN_PIPELINE] = run->pipeline,
        [COLUMN_HASH] = run->hash,
    };
    if (column == COLUMN_RUN)
        cell->number = (uint32_t)run->id;
    else if (column == COLUMN_WORTH)
        audit_say_worth(cell->text, run);
    else if (column == COLUMN_BUYERS)
        fill_buyers(cell, run);
    else if (column == COLUMN_SOURCE)
        add_pair(cell->text, run->repository, run->revision);
    else if (column == COLUMN_BY)
        add_pair(cell->text, run->stage, run->actor);
    else if (column == COLUMN_PROGRAM)
        add_pair(cell->text, run->tool, run->method);
    else
        strbuf_add(cell->text, str_from(texts[column]));
    if (column == COLUMN_PIPELINE)
        cell->url = run->pipeline;
}

static void fill_forgotten(struct audit_cell *cell,
                           const struct audit_forgotten *run, unsigned column) {
    if (column == COLUMN_TIME)
        strbuf_add_text(cell->text, run->time);
    else if (column == COLUMN_RUN)
        cell->number = (uint32_t)run->run;
    else if (column == COLUMN_HASH)
        strbuf_add_text(cell->text, run->hash);
    else if (column == COLUMN_WORTH)
        strbuf_printf(cell->text, "forgotten on %.10s%s%s", run->forgotten,
                      run->why != NULL ? ": " : "",
                      run->why != NULL ? run->why : "");
}

static bool is_of_bom(unsigned column) {
    return column >= COLUMN_BOM && column <= COLUMN_CONTENT;
}

static void fill(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column) {
    if (row >= audit->evidence_count) {
        fill_forgotten(cell, &audit->forgotten[row - audit->evidence_count],
                       column);
        return;
    }
    const struct audit_evidence *evidence = &audit->evidence[row];
    if (!is_of_bom(column))
        fill_run(cell, evidence->run, column);
    else if (evidence->bom != NULL)
        fill_bom(cell, evidence->bom, column);
}

const struct audit_table audit_table_evidence = {
    .id = "evidence",
    .sheet = "Evidence",
    .about = "Every run of the period, by the BOMs that it read: enough to "
             "repeat it.",
    .none = "No run was recorded in this period.",
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .rows = rows,
    .fill = fill,
};
