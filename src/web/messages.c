#include "web/messages.h"

#include <stdio.h>
#include <string.h>

#include "core/lang.h"
#include "core/str.h"

static const char *sentence(enum program_end end) {
    switch (end) {
    case PROGRAM_LATE:
        return tr("This took too long and was given up; send a smaller file.");
    case PROGRAM_KILLED:
        return tr("This needed more than it may use, or failed; send a smaller "
                  "file, or another format of it.");
    case PROGRAM_STOPPED:
        return tr("The server is being stopped; try again later.");
    case PROGRAM_CROWDED:
        return tr("Too many checks are waiting; try again later.");
    default:
        return tr("The check could not be started; try again later.");
    }
}

/* "bomgate: boms.csv: the file is empty" */
static void take_line(char *out, size_t size, const char *line) {
    struct str text = str_trim(str_from(line)), name = STR_LIT("bomgate: ");
    if (str_starts(text, name))
        text = str_skip(text, name.len);
    if (text.len != 0 && out[0] == '\0')
        snprintf(out, size, "%.*s", STR_ARG(text));
}

void messages_read(char *out, size_t size, enum program_end end,
                   const char *path) {
    char line[1024];
    out[0] = '\0';
    FILE *in = end != PROGRAM_ENDED || path == NULL ? NULL : fopen(path, "rb");
    while (in != NULL && fgets(line, sizeof(line), in) != NULL)
        take_line(out, size, line);
    if (in != NULL)
        fclose(in);
    if (out[0] == '\0')
        snprintf(out, size, "%s", sentence(end));
}
