#include "run/columns_of.h"

#include "core/mem.h"
#include "run/totals.h"

struct columns_of {
    struct run_options options;
    struct totals totals;
    const struct bom_totals *bom;
    struct bom_preview preview;
};

static bool read_all(struct columns_of *columns, struct bom *bom,
                     struct err *err) {
    struct bom_line line;
    struct bom_diagnostic diagnostic;
    enum bom_step step;
    do {
        step = bom_next(bom, &line, err);
        while (bom_next_diagnostic(bom, &diagnostic)) {
            if (!totals_diagnostic(&columns->totals, &diagnostic, err))
                return false;
        }
    } while (step == BOM_LINE);
    return step == BOM_END;
}

static bool finish(struct columns_of *columns, const struct bom_info *info,
                   struct err *reading, struct err *err) {
    char error[1024] = "";
    if (reading->code != ERR_NONE) {
        err_at(reading, info->path, 0, 0);
        err_format(reading, error, sizeof(error));
    }
    columns->bom =
        totals_bom_end(&columns->totals, info, error[0] != '\0' ? error : NULL);
    return columns->bom != NULL || err_nomem(err);
}

static bool read_bom(struct columns_of *columns, const char *path,
                     const struct bom_options *how, struct err *err) {
    struct bom *bom;
    struct bom_options options = *how;
    options.preview = &columns->preview;
    struct err reading = ERR_INIT;
    struct bom_info unread = {.path = path, .place = path, .format = ""};
    if (!totals_init(&columns->totals, &columns->options, err) ||
        !totals_bom_begin(&columns->totals, err))
        return false;
    if (!bom_open(&bom, path, &options, &reading))
        return finish(columns, &unread, &reading, err);
    bool ok = read_all(columns, bom, &reading) || reading.code != ERR_NOMEM;
    ok = ok ? finish(columns, bom_info(bom), &reading, err) : err_nomem(err);
    bom_close(bom);
    return ok;
}

bool columns_of_read(struct columns_of **out, const char *path,
                     const struct bom_options *options, struct err *err) {
    struct columns_of *columns = mem_calloc(1, sizeof(*columns));
    if (columns == NULL)
        return err_nomem(err);
    columns->options.rules = options->rules;
    if (read_bom(columns, path, options, err)) {
        *out = columns;
        return true;
    }
    columns_of_free(columns);
    return false;
}

const struct bom_totals *columns_of_totals(const struct columns_of *columns) {
    return columns->bom;
}

const struct bom_preview *columns_of_preview(const struct columns_of *columns) {
    return &columns->preview;
}

void columns_of_free(struct columns_of *columns) {
    if (columns == NULL)
        return;
    totals_dispose(&columns->totals);
    bom_preview_dispose(&columns->preview);
    mem_free(columns);
}
