#include "history/boards.h"

#include "core/mem.h"
#include "history/query.h"

static const char newest[] =
    "WITH told AS ("
    " SELECT *, first_value(run) OVER ("
    "  PARTITION BY repository, product, place"
    "  ORDER BY time DESC, run DESC) AS newest"
    " FROM bom_told WHERE NOT what_if AND (?1 IS NULL OR product = ?1))"
    "SELECT id, content, run, repository, product, path, revision, time, "
    "as_of, activity, declared, named, complete, conclusive, error, denied, "
    "sold_until, contract FROM told "
    "WHERE run = newest ORDER BY repository, product, path, position";

static const char *keep(struct arena *arena, const struct query *query,
                        int column) {
    return query_is_null(query, column)
               ? NULL
               : arena_str(arena, query_text(query, column)).ptr;
}

static struct history_board board_of(const struct query *query,
                                     struct arena *arena) {
    return (struct history_board){
        .bom = query_int(query, 0),
        .content = query_int(query, 1),
        .run = query_int(query, 2),
        .repository = keep(arena, query, 3),
        .product = keep(arena, query, 4),
        .path = keep(arena, query, 5),
        .revision = keep(arena, query, 6),
        .time = keep(arena, query, 7),
        .as_of = keep(arena, query, 8),
        .activity = keep(arena, query, 9),
        .declared = query_int(query, 10) != 0,
        .named = query_int(query, 11) != 0,
        .complete = query_int(query, 12) != 0,
        .conclusive = query_int(query, 13) != 0,
        .error = keep(arena, query, 14),
        .denied = keep(arena, query, 15),
        .sold_until = keep(arena, query, 16),
        .contract = query_int(query, 17) != 0,
    };
}

static bool read_profiles(struct history *history, struct history_board *board,
                          struct arena *arena, struct err *err) {
    struct query query = {.history = NULL};
    void *items = NULL;
    size_t cap = 0, count = 0;
    bool row = true;
    bool ok = query_open(&query, history,
                         "SELECT profile FROM run_profile WHERE run = ?1 "
                         "ORDER BY position",
                         err);
    if (ok)
        query_set_int(&query, 1, board->run);
    while (ok && (ok = query_next(&query, &row, err)) && row) {
        ok = mem_grow(&items, &cap, count + 1, sizeof(const char *)) ||
             err_nomem(err);
        if (ok)
            ((const char **)items)[count++] = keep(arena, &query, 0);
    }
    board->profiles = arena_array(arena, count, sizeof(const char *));
    for (size_t i = 0; board->profiles != NULL && i < count; i++)
        board->profiles[i] = ((const char **)items)[i];
    board->profile_count = board->profiles != NULL ? count : 0;
    mem_free(items);
    query_close(&query);
    return ok && (!arena->failed || err_nomem(err));
}

static bool read_boards(struct history *history, struct query *query,
                        struct arena *arena, void **items, size_t *count,
                        struct err *err) {
    size_t cap = 0;
    bool row = true, ok = true;
    while (ok && (ok = query_next(query, &row, err)) && row) {
        if (!mem_grow(items, &cap, *count + 1, sizeof(struct history_board)))
            return err_nomem(err);
        struct history_board *board =
            &((struct history_board *)*items)[(*count)++];
        *board = board_of(query, arena);
        ok = read_profiles(history, board, arena, err);
    }
    return ok;
}

bool history_boards(struct history *history, const char *product,
                    struct arena *arena, const struct history_board **out,
                    size_t *count, struct err *err) {
    struct query query = {.history = NULL};
    void *items = NULL;
    *count = 0;
    bool ok = query_open(&query, history, newest, err);
    if (ok)
        query_set_optional(&query, 1, product);
    ok = ok && read_boards(history, &query, arena, &items, count, err);
    struct history_board *boards =
        ok ? arena_array(arena, *count, sizeof(*boards)) : NULL;
    for (size_t i = 0; boards != NULL && i < *count; i++)
        boards[i] = ((struct history_board *)items)[i];
    mem_free(items);
    query_close(&query);
    *out = boards;
    return ok && (boards != NULL || err_nomem(err));
}

static const char lines[] =
    "SELECT line, part_line, alternate, fitted, refdes, quantity, ipn, origin, "
    "mpn, manufacturer, value, description, category, manufacturer_header, "
    "mpn_header, party FROM line_told WHERE content = ?1 ORDER BY position";

bool history_each_line(struct history *history, int64_t content,
                       history_take_line *take, void *ctx, struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = query_open(&query, history, lines, err);
    if (ok)
        query_set_int(&query, 1, content);
    while (ok && (ok = query_next(&query, &row, err)) && row) {
        struct history_line line = {
            .line = (uint32_t)query_int(&query, 0),
            .part_line = (uint32_t)query_int(&query, 1),
            .alternate = query_int(&query, 2) != 0,
            .fitted = query_int(&query, 3) != 0,
            .refdes = query_text(&query, 4),
            .quantity = query_text(&query, 5),
            .ipn = query_text(&query, 6),
            .origin = query_text(&query, 7),
            .mpn = query_text(&query, 8),
            .manufacturer = query_text(&query, 9),
            .value = query_text(&query, 10),
            .description = query_text(&query, 11),
            .category = query_text(&query, 12),
            .manufacturer_header = query_text(&query, 13),
            .mpn_header = query_text(&query, 14),
            .party = query_text(&query, 15),
        };
        ok = take(ctx, &line, err);
    }
    query_close(&query);
    return ok;
}

static const char findings[] =
    "SELECT line, refdes, quantity, waived, known, fingerprint, verdict, "
    "profile, fact_told.measure, title, fact_told.clause, since, becomes, "
    "fact_told.reason, fact_told.party, party_name, manufacturer, "
    "fact_told.mpn, iif(waived, coalesce(w.expires, ''), ''), coalesce(w.kind, "
    "'') "
    "FROM finding_told CROSS JOIN fact_told ON fact_told.id = fact "
    "LEFT JOIN waiver AS w ON w.id = waiver "
    "WHERE bom = ?1 ORDER BY position";

bool history_each_finding(struct history *history, int64_t bom,
                          history_take_finding *take, void *ctx,
                          struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = query_open(&query, history, findings, err);
    if (ok)
        query_set_int(&query, 1, bom);
    while (ok && (ok = query_next(&query, &row, err)) && row) {
        struct history_finding finding = {
            .line = (uint32_t)query_int(&query, 0),
            .refdes = query_text(&query, 1),
            .quantity = query_text(&query, 2),
            .waived = query_int(&query, 3) != 0,
            .known = query_int(&query, 4) != 0,
            .fingerprint = query_text(&query, 5),
            .verdict = query_text(&query, 6),
            .profile = query_text(&query, 7),
            .measure = query_text(&query, 8),
            .title = query_text(&query, 9),
            .clause = query_text(&query, 10),
            .since = query_text(&query, 11),
            .becomes = query_text(&query, 12),
            .reason = query_text(&query, 13),
            .party = query_text(&query, 14),
            .party_name = query_text(&query, 15),
            .manufacturer = query_text(&query, 16),
            .mpn = query_text(&query, 17),
        };
        ok = take(ctx, &finding, query_text(&query, 18), query_text(&query, 19),
                  err);
    }
    query_close(&query);
    return ok;
}
