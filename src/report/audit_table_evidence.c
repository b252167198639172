#include "report/audit_table.h"

#include "report/audit_phrases.h"
#include "report/phrases.h"

enum {
    COLUMN_TIME,
    COLUMN_RUN,
    COLUMN_BOM,
    COLUMN_SHA256,
    COLUMN_PRODUCT,
    COLUMN_REVISION,
    COLUMN_LINES,
    COLUMN_WORTH,
    COLUMN_RULES,
    COLUMN_RULES_SHA256,
    COLUMN_AS_OF,
    COLUMN_BUYERS,
    COLUMN_REPOSITORY,
    COLUMN_COMMIT,
    COLUMN_STAGE,
    COLUMN_ACTOR,
    COLUMN_PIPELINE,
    COLUMN_PROGRAM,
    COLUMN_CONTENT,
    COLUMN_HASH,
};

static const struct audit_column columns[] = {
    [COLUMN_TIME] = {"Time (UTC)", 12, 21, AUDIT_LOOK_NAME, false},
    [COLUMN_RUN] = {"Run", 6, 8, AUDIT_LOOK_NUMBER, false},
    [COLUMN_BOM] = {"BOM", 14, 30, AUDIT_LOOK_TEXT, false},
    [COLUMN_SHA256] = {"BOM, SHA-256", 16, 34, AUDIT_LOOK_TEXT, false},
    [COLUMN_PRODUCT] = {"Product", 10, 24, AUDIT_LOOK_TEXT, true},
    [COLUMN_REVISION] = {"Revision", 8, 12, AUDIT_LOOK_TEXT, true},
    [COLUMN_LINES] = {"Lines", 7, 9, AUDIT_LOOK_NUMBER, true},
    [COLUMN_WORTH] = {"What it is worth", 10, 30, AUDIT_LOOK_TEXT, false},
    [COLUMN_RULES] = {"Rule set", 10, 14, AUDIT_LOOK_TEXT, false},
    [COLUMN_RULES_SHA256] = {"Rule set, SHA-256", 16, 34, AUDIT_LOOK_TEXT,
                             true},
    [COLUMN_AS_OF] = {"As of", 11, 12, AUDIT_LOOK_DAY, true},
    [COLUMN_BUYERS] = {"Buyers, activity", 14, 26, AUDIT_LOOK_TEXT, true},
    [COLUMN_REPOSITORY] = {"Repository", 12, 26, AUDIT_LOOK_TEXT, true},
    [COLUMN_COMMIT] = {"Commit", 10, 22, AUDIT_LOOK_TEXT, true},
    [COLUMN_STAGE] = {"Stage", 8, 9, AUDIT_LOOK_TEXT, true},
    [COLUMN_ACTOR] = {"Run by", 10, 16, AUDIT_LOOK_TEXT, true},
    [COLUMN_PIPELINE] = {"Pipeline", 12, 30, AUDIT_LOOK_LINK, true},
    [COLUMN_PROGRAM] = {"Program", 10, 18, AUDIT_LOOK_TEXT, true},
    [COLUMN_CONTENT] = {"Lines read, digest", 16, 34, AUDIT_LOOK_TEXT, true},
    [COLUMN_HASH] = {"Run's hash", 16, 34, AUDIT_LOOK_TEXT, true},
};

static size_t rows(const struct audit *audit) {
    return audit->evidence_count + audit->forgotten_count;
}

static void fill_bom(struct audit_cell *cell, const struct audit_bom *bom,
                     unsigned column) {
    const char *const texts[ARRAY_LEN(columns)] = {
        [COLUMN_BOM] = bom->path,
        [COLUMN_SHA256] = bom->sha256 != NULL ? bom->sha256 : "not taken",
        [COLUMN_PRODUCT] = bom->product,
        [COLUMN_REVISION] = bom->revision,
        [COLUMN_CONTENT] = bom->digest,
    };
    if (column == COLUMN_LINES)
        cell->number = bom->lines;
    else
        strbuf_add(cell->text, str_from(texts[column]));
}

/* Who is asked for all of them needs no list. */
#define BUYERS_SHOWN 5

static void fill_buyers(struct audit_cell *cell, const struct audit_run *run) {
    if (run->profile_count > BUYERS_SHOWN)
        phrase_count(cell->text, run->profile_count, "profile");
    for (size_t i = 0;
         i < run->profile_count && run->profile_count <= BUYERS_SHOWN; i++)
        strbuf_printf(cell->text, "%s%s", i == 0 ? "" : ", ", run->profiles[i]);
    strbuf_printf(cell->text, "; %s", run->activity);
}

static void fill_run(struct audit_cell *cell, const struct audit_run *run,
                     unsigned column) {
    const char *const texts[ARRAY_LEN(columns)] = {
        [COLUMN_TIME] = run->time,
        [COLUMN_RULES] = run->rules->version,
        [COLUMN_RULES_SHA256] = run->rules->sha256,
        [COLUMN_AS_OF] = run->as_of,
        [COLUMN_REPOSITORY] = run->repository,
        [COLUMN_COMMIT] = run->revision,
        [COLUMN_STAGE] = run->stage,
        [COLUMN_ACTOR] = run->actor,
        [COLUMN_PIPELINE] = run->pipeline,
        [COLUMN_HASH] = run->hash,
    };
    if (column == COLUMN_RUN)
        cell->number = (uint32_t)run->id;
    else if (column == COLUMN_WORTH)
        audit_say_worth(cell->text, run);
    else if (column == COLUMN_BUYERS)
        fill_buyers(cell, run);
    else if (column == COLUMN_PROGRAM)
        strbuf_printf(cell->text, "%s, %s", run->tool, run->method);
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
    return (column >= COLUMN_BOM && column <= COLUMN_LINES) ||
           column == COLUMN_CONTENT;
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
