#include "web/messages.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <lazy/microhttpd.h>

#include "core/lang.h"
#include "core/str.h"

static const struct {
    unsigned status;
    const char *text;
} ends[] = {
    [PROGRAM_ENDED] = {MHD_HTTP_INSUFFICIENT_STORAGE,
                       N_("There is no room for the file; nothing was kept.")},
    [PROGRAM_LATE] = {MHD_HTTP_UNPROCESSABLE_CONTENT,
                      N_("This took too long and was given up; send a smaller "
                         "file.")},
    [PROGRAM_KILLED] = {MHD_HTTP_INTERNAL_SERVER_ERROR,
                        N_("This needed more than it may use, or failed; send "
                           "a smaller file, or another format of it.")},
    [PROGRAM_STOPPED] = {MHD_HTTP_SERVICE_UNAVAILABLE,
                         N_("The server is being stopped; try again later.")},
    [PROGRAM_VAIN] = {MHD_HTTP_REQUEST_TIMEOUT, ""},
    [PROGRAM_CROWDED] = {MHD_HTTP_SERVICE_UNAVAILABLE,
                         N_("Too many checks are waiting; try again later.")},
    [PROGRAM_FAILED] = {MHD_HTTP_SERVICE_UNAVAILABLE,
                        N_("The check could not be started; try again later.")},
};

/* "bomgate: board.csv: the file is empty" */
static void read_first(char *out, size_t size, FILE *in) {
    char line[1024];
    const struct str name = STR_LIT("bomgate: ");
    while (out[0] == '\0' && fgets(line, sizeof(line), in) != NULL) {
        struct str text = str_trim(str_from(line));
        if (str_starts(text, name))
            text = str_skip(text, name.len);
        snprintf(out, size, "%.*s", STR_ARG(text));
    }
}

/* It says so in the system's words. */
static bool is_about_room(const char *text) {
    static const int faults[] = {ENOSPC, EDQUOT, EFBIG};
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        if (str_ends(str_from(text), str_from(strerror(faults[i]))))
            return true;
    }
    return false;
}

unsigned messages_read(char *out, size_t size, enum program_end end,
                       const char *path) {
    FILE *in = end != PROGRAM_ENDED || path == NULL ? NULL : fopen(path, "rbe");
    out[0] = '\0';
    if (in != NULL) {
        read_first(out, size, in);
        fclose(in);
    }
    /* A program says why, where there is room for that. */
    if (out[0] != '\0' && !is_about_room(out))
        return MHD_HTTP_UNPROCESSABLE_CONTENT;
    snprintf(out, size, "%s", tr(ends[end].text));
    return ends[end].status;
}
