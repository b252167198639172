#include "run/feed.h"

#include <string.h>
#include <sys/stat.h>

#include "core/arena.h"
#include "core/lang.h"
#include "core/mem.h"
#include "core/thread.h"

/* A batch is large enough that handing it over costs nothing beside reading
   it, and small enough that all of them stay in a processor's cache. */
#define BATCH_LINES 128
#define BATCH_SETTLED 8192 /* who checks wants to hear of them now and then */
#define BATCH_BYTES (64 * 1024)
#define BATCHES 4

enum item_kind {
    ITEM_LINE,
    ITEM_SETTLED,    /* lines that are only counted */
    ITEM_DIAGNOSTIC, /* that came up on the way to the next line */
};

struct item {
    enum item_kind kind;
    union {
        struct bom_line line;
        uint32_t settled;
        struct bom_diagnostic diagnostic;
    } of;
};

/* What was read in one go. */
struct batch {
    struct arena arena;
    struct item *items;
    size_t count, cap;
    uint32_t settled;
    enum bom_step end; /* BOM_LINE: another batch follows */
    struct err err;    /* of BOM_ERROR */
    double share;
};

struct feed {
    struct bom *bom;
    struct bom_info info;    /* while the thread has the BOM */
    struct settled *settled; /* or NULL */
    bool ahead;              /* there is a thread */
    pthread_t thread;
    const char *language; /* of who asked: messages are made while reading */
    struct batch batches[BATCHES];

    pthread_mutex_t lock;   /* of the four below */
    pthread_cond_t changed; /* one of them was */
    size_t read, taken;     /* batches, since the beginning */
    bool stopped;           /* nobody wants more */

    struct batch *batch;     /* in hand; NULL: none yet */
    size_t diagnostic, line; /* next items of the batch to give */
    uint32_t given;          /* lines, with the last step */
};

/* ---- the reading thread ---- */

static struct item *add_item(struct batch *batch) {
    void *items = batch->items;
    if (!mem_grow(&items, &batch->cap, batch->count + 1,
                  sizeof(*batch->items))) {
        batch->arena.failed = true;
        return NULL;
    }
    batch->items = items;
    return &batch->items[batch->count++];
}

static void keep_diagnostics(struct feed *feed, struct batch *batch) {
    struct bom_diagnostic diagnostic;
    while (bom_next_diagnostic(feed->bom, &diagnostic)) {
        struct item *item = add_item(batch);
        if (item == NULL)
            return;
        diagnostic.message =
            arena_str(&batch->arena, str_from(diagnostic.message)).ptr;
        *item =
            (struct item){.kind = ITEM_DIAGNOSTIC, .of.diagnostic = diagnostic};
    }
}

/* A row's text and its copy, in which most of its cells stand. */
struct copied {
    struct str text;
    const char *copy;
};

static struct str keep_text(struct arena *arena, const struct copied *row,
                            struct str text) {
    uintptr_t at = (uintptr_t)text.ptr - (uintptr_t)row->text.ptr;
    if (text.len == 0)
        return STR_EMPTY;
    return at < row->text.len && text.len <= row->text.len - at
               ? (struct str){row->copy + at, text.len}
               : arena_str(arena, text);
}

static struct copied keep_row(struct arena *arena,
                              const struct bom_part *part) {
    return (struct copied){part->row, arena_str(arena, part->row).ptr};
}

static void keep_part(struct arena *arena, const struct copied *row,
                      struct bom_part *part) {
    struct str *const texts[] = {
        &part->manufacturer, &part->mpn,    &part->manufacturer_header,
        &part->mpn_header,   &part->origin, &part->row};
    for (size_t t = 0; t < ARRAY_LEN(texts); t++)
        *texts[t] = keep_text(arena, row, *texts[t]);
}

/* Alternates may stand in rows of their own. */
static const struct bom_part *keep_parts(struct arena *arena,
                                         const struct bom_line *line,
                                         const struct copied *first) {
    struct bom_part *parts =
        arena_array(arena, line->part_count, sizeof(*parts));
    struct copied row = *first;
    for (size_t i = 0; i < line->part_count && parts != NULL; i++) {
        parts[i] = line->parts[i];
        if (parts[i].row.ptr != row.text.ptr)
            row = keep_row(arena, &parts[i]);
        keep_part(arena, &row, &parts[i]);
    }
    return parts;
}

static void keep_line(struct batch *batch, const struct bom_line *line) {
    struct item *item = add_item(batch);
    if (item == NULL)
        return;
    *item = (struct item){.kind = ITEM_LINE, .of.line = *line};
    struct bom_line *kept = &item->of.line;
    struct str *const texts[] = {
        &kept->refdes,         &kept->quantity,  &kept->value,
        &kept->description,    &kept->footprint, &kept->ipn,
        &kept->category,       &kept->origin,    &kept->distributor,
        &kept->distributor_pn, &kept->item,      &kept->level,
        &kept->parent};
    const struct copied row = keep_row(&batch->arena, &line->parts[0]);
    for (size_t t = 0; t < ARRAY_LEN(texts); t++)
        *texts[t] = keep_text(&batch->arena, &row, *texts[t]);
    kept->parts = keep_parts(&batch->arena, line, &row);
}

static void count_settled(struct batch *batch) {
    struct item *last =
        batch->count != 0 ? &batch->items[batch->count - 1] : NULL;
    if (last == NULL || last->kind != ITEM_SETTLED) {
        last = add_item(batch);
        if (last == NULL)
            return;
        *last = (struct item){.kind = ITEM_SETTLED, .of.settled = 0};
    }
    last->of.settled++;
    batch->settled++;
}

static bool has_room(const struct batch *batch) {
    return batch->count < BATCH_LINES && batch->settled < BATCH_SETTLED &&
           batch->arena.used < BATCH_BYTES && !batch->arena.failed;
}

static void fill(struct feed *feed, struct batch *batch) {
    const struct err none = ERR_INIT;
    struct bom_line line;
    enum bom_step step;
    arena_reset(&batch->arena);
    batch->count = 0;
    batch->settled = 0;
    batch->err = none;
    do {
        step = bom_next(feed->bom, &line, &batch->err);
        keep_diagnostics(feed, batch);
        if (step == BOM_LINE)
            keep_line(batch, &line);
        else if (step == BOM_SETTLED)
            count_settled(batch);
    } while ((step == BOM_LINE || step == BOM_SETTLED) && has_room(batch));
    batch->end = step == BOM_SETTLED ? BOM_LINE : step;
    batch->share = bom_share(feed->bom);
    if (!batch->arena.failed)
        return;
    batch->end = BOM_ERROR;
    err_nomem(&batch->err);
}

/* @return NULL when nobody wants more. */
static struct batch *wait_for_room(struct feed *feed) {
    pthread_mutex_lock(&feed->lock);
    while (feed->read - feed->taken == BATCHES && !feed->stopped)
        pthread_cond_wait(&feed->changed, &feed->lock);
    struct batch *batch =
        feed->stopped ? NULL : &feed->batches[feed->read % BATCHES];
    pthread_mutex_unlock(&feed->lock);
    return batch;
}

static void *read_ahead(void *ctx) {
    struct feed *feed = ctx;
    struct batch *batch;
    enum bom_step end = BOM_LINE;
    (void)!lang_use(feed->language);
    while (end == BOM_LINE && (batch = wait_for_room(feed)) != NULL) {
        fill(feed, batch);
        end = batch->end;
        pthread_mutex_lock(&feed->lock);
        feed->read++;
        pthread_cond_signal(&feed->changed);
        pthread_mutex_unlock(&feed->lock);
    }
    return NULL;
}

/* ---- who checks the lines ---- */

static bool is_large(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           status.st_size >= FEED_AHEAD_MIN;
}

/* Without it every line is given. */
static void begin_settling(struct feed *feed) {
    feed->settled = settled_new();
    bom_settle(feed->bom, feed->settled);
}

static bool start(struct feed *feed) {
    pthread_mutex_init(&feed->lock, NULL);
    pthread_cond_init(&feed->changed, NULL);
    return thread_start(&feed->thread, read_ahead, feed);
}

bool feed_open(struct feed **out, struct bom *bom, const char *path,
               bool settling, struct err *err) {
    struct feed *feed = mem_calloc(1, sizeof(*feed));
    if (feed == NULL)
        return err_nomem(err);
    feed->bom = bom;
    feed->info = *bom_info(bom);
    feed->language = lang_name();
    bool large = is_large(path);
    if (large && settling)
        begin_settling(feed);
    /* Where no thread can be had it is read all the same. */
    feed->ahead = large && thread_processors() > 1 && start(feed);
    *out = feed;
    return true;
}

/* Give the batch in hand back, and take the next. */
static void next_batch(struct feed *feed) {
    pthread_mutex_lock(&feed->lock);
    feed->taken += feed->batch != NULL;
    while (feed->read == feed->taken)
        pthread_cond_wait(&feed->changed, &feed->lock);
    feed->batch = &feed->batches[feed->taken % BATCHES];
    pthread_cond_signal(&feed->changed);
    pthread_mutex_unlock(&feed->lock);
    feed->line = feed->diagnostic = 0;
}

/* The item of the next lines of the batch in hand, or behind its last. */
static size_t find_line(const struct feed *feed, size_t at) {
    const struct batch *batch = feed->batch;
    while (at < batch->count && batch->items[at].kind == ITEM_DIAGNOSTIC)
        at++;
    return at;
}

static enum bom_step end_of(struct feed *feed, struct err *err) {
    const struct batch *batch = feed->batch;
    feed->info.lines = bom_info(feed->bom)->lines;
    memcpy(feed->info.sha256, bom_info(feed->bom)->sha256,
           sizeof(feed->info.sha256));
    if (batch->end == BOM_ERROR)
        *err = batch->err;
    return batch->end;
}

static enum bom_step give(struct feed *feed, const struct item *item,
                          struct bom_line *line) {
    feed->given = item->kind == ITEM_SETTLED ? item->of.settled : 1;
    feed->info.lines += feed->given;
    if (item->kind == ITEM_SETTLED)
        return BOM_SETTLED;
    *line = item->of.line;
    return BOM_LINE;
}

enum bom_step feed_next(struct feed *feed, struct bom_line *line,
                        struct err *err) {
    if (!feed->ahead) {
        feed->given = 1;
        return bom_next(feed->bom, line, err);
    }
    if (feed->batch != NULL)
        feed->diagnostic = feed->line = feed->line + 1;
    while (feed->batch == NULL ||
           (feed->line >= feed->batch->count && feed->batch->end == BOM_LINE))
        next_batch(feed);
    feed->line = find_line(feed, feed->line);
    if (feed->line >= feed->batch->count)
        return end_of(feed, err);
    return give(feed, &feed->batch->items[feed->line], line);
}

uint32_t feed_lines(const struct feed *feed) { return feed->given; }

void feed_settle(struct feed *feed, const struct outline *outline,
                 uint64_t names) {
    if (feed->settled != NULL && outline->maker != 0)
        settled_add(feed->settled, outline, names);
}

bool feed_next_diagnostic(struct feed *feed, struct bom_diagnostic *out) {
    if (!feed->ahead)
        return bom_next_diagnostic(feed->bom, out);
    if (feed->batch == NULL || feed->diagnostic >= feed->line)
        return false;
    *out = feed->batch->items[feed->diagnostic++].of.diagnostic;
    return true;
}

const struct bom_info *feed_info(const struct feed *feed) {
    return feed->ahead ? &feed->info : bom_info(feed->bom);
}

double feed_share(const struct feed *feed) {
    if (!feed->ahead)
        return bom_share(feed->bom);
    return feed->batch == NULL ? 0 : feed->batch->share;
}

static void stop(struct feed *feed) {
    pthread_mutex_lock(&feed->lock);
    feed->stopped = true;
    pthread_cond_signal(&feed->changed);
    pthread_mutex_unlock(&feed->lock);
    pthread_join(feed->thread, NULL);
}

void feed_close(struct feed *feed) {
    if (feed == NULL)
        return;
    if (feed->ahead)
        stop(feed);
    bom_settle(feed->bom, NULL);
    settled_free(feed->settled);
    for (size_t i = 0; i < BATCHES; i++) {
        arena_dispose(&feed->batches[i].arena);
        mem_free(feed->batches[i].items);
    }
    mem_free(feed);
}
