#ifndef BOMGATE_WEB_MESSAGES_H
#define BOMGATE_WEB_MESSAGES_H

#include <stddef.h>

#include "web/program.h"

/** Where the program says what went wrong, and its summary, in the folder of
    a result. */
#define MESSAGES_FILE "messages"
#define SUMMARY_FILE "summary"

/**
 * Why a program gave no answer, in one sentence.
 *
 * @param path  What it said; its first line counts.
 * @return the status to answer.
 */
unsigned messages_read(char *out, size_t size, enum program_end end,
                       const char *path);

#endif
