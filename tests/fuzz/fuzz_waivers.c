/* A file of waivers is refused in words, or every waiver in it says who decided
   what, why and until when. */
#include "fuzz.h"
#include "run/waivers.h"

static void check_waiver(const struct waiver *waiver) {
    const char *const needed[] = {waiver->kind, waiver->reason,
                                  waiver->approved_by};
    for (size_t i = 0; i < ARRAY_LEN(needed); i++)
        must(needed[i] != NULL && str_trim(str_from(needed[i])).len != 0,
             "what a waiver needs is there");
    must(waiver_kind_is_known(str_from(waiver->kind)), "a kind that there is");
    must(waiver->measure != NULL || waiver->party != NULL ||
             waiver->mpn != NULL,
         "a waiver is of something");
    must(waiver->expires != DATE_NONE, "it ends");
    must(waiver->line != 0, "it stands somewhere");
}

static const struct waiver *read_once(struct waivers **waivers,
                                      const char *path, size_t *count) {
    struct waivers_options options = {.rules = fuzz_rules(),
                                      .as_of = 20000,
                                      .path = path,
                                      .risk_limit = VERDICT_RESTRICTED};
    struct err err = ERR_INIT;
    if (waivers_read(waivers, &options, &err))
        return waivers_all(*waivers, count);
    must_say_why(&err);
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *path = fuzz_file((struct str){(const char *)data, size});
    struct waivers *waivers = NULL;
    size_t count = 0;
    const struct waiver *all = read_once(&waivers, path, &count);
    for (size_t i = 0; all != NULL && i < count; i++)
        check_waiver(&all[i]);
    waivers_free(waivers);
    return 0;
}
