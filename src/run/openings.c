#include "run/openings.h"

#include <string.h>
#include <sys/stat.h>

#include "core/lang.h"
#include "core/mem.h"
#include "core/thread.h"

#define AHEAD_MAX 8 /* BOMs that are open, or being opened, at once */

/* One BOM on its way. */
struct opening {
    const char *path;
    const char *language; /* of who asked: messages are made while opening */
    struct bom_options how;
    struct bom_map *maps;
    struct bom *bom;
    struct err err;
    bool opened, ahead; /* on a thread */
    pthread_t thread;
};

struct openings {
    const struct path_list *paths;
    openings_how *how;
    void *ctx;
    struct opening items[AHEAD_MAX];
    size_t width; /* of those in use */
    size_t begun, given;
};

static void open_bom(struct opening *opening) {
    opening->opened =
        bom_open(&opening->bom, opening->path, &opening->how, &opening->err);
}

static void *open_ahead(void *ctx) {
    struct opening *opening = ctx;
    (void)!lang_use(opening->language);
    open_bom(opening);
    return NULL;
}

/* Who waits for a pipe waits for it in its turn. */
static bool is_file(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool copy_maps(struct opening *opening) {
    size_t count = opening->how.map_count;
    opening->maps = mem_calloc(count + 1, sizeof(*opening->maps));
    if (opening->maps == NULL)
        return false;
    if (count != 0)
        memcpy(opening->maps, opening->how.maps,
               count * sizeof(*opening->maps));
    opening->how.maps = opening->maps;
    return true;
}

/* Where no thread can be had it is opened in its turn. */
static bool begin_next(struct openings *openings) {
    const struct listed_path *listed = &openings->paths->paths[openings->begun];
    struct opening *opening =
        &openings->items[openings->begun % openings->width];
    mem_free(opening->maps);
    *opening = (struct opening){
        .path = listed->path,
        .language = lang_name(),
        .how = openings->how(openings->ctx, listed),
        .err = ERR_INIT,
    };
    bool in_turn = openings->begun++ == openings->given;
    if (!copy_maps(opening))
        return false;
    opening->ahead = !in_turn && is_file(listed->path) &&
                     thread_start(&opening->thread, open_ahead, opening);
    return true;
}

bool openings_begin(struct openings **out, const struct path_list *paths,
                    openings_how *how, void *ctx, struct err *err) {
    struct openings *openings = mem_calloc(1, sizeof(*openings));
    size_t width = thread_processors();
    if (openings == NULL)
        return err_nomem(err);
    openings->paths = paths;
    openings->how = how;
    openings->ctx = ctx;
    openings->width = width < AHEAD_MAX ? width : AHEAD_MAX;
    *out = openings;
    return true;
}

bool openings_next(struct openings *openings, struct bom **bom,
                   struct err *err) {
    size_t end = openings->given + openings->width;
    while (openings->begun < end && openings->begun < openings->paths->count) {
        if (!begin_next(openings))
            return err_nomem(err);
    }
    struct opening *opening =
        &openings->items[openings->given++ % openings->width];
    if (opening->ahead)
        pthread_join(opening->thread, NULL);
    else
        open_bom(opening);
    opening->ahead = false;
    *bom = opening->opened ? opening->bom : NULL;
    *err = opening->err;
    return opening->opened;
}

void openings_end(struct openings *openings) {
    if (openings == NULL)
        return;
    for (; openings->given < openings->begun; openings->given++) {
        struct opening *opening =
            &openings->items[openings->given % openings->width];
        if (!opening->ahead)
            continue;
        pthread_join(opening->thread, NULL);
        if (opening->opened)
            bom_close(opening->bom);
    }
    for (size_t i = 0; i < openings->width; i++)
        mem_free(openings->items[i].maps);
    mem_free(openings);
}
