#ifndef BOMGATE_HISTORY_STORE_INSIDE_H
#define BOMGATE_HISTORY_STORE_INSIDE_H

#include <lazy/sqlite3.h>

/* What the files of this folder share beside the interface. */

struct history {
    sqlite3 *db;
    char path[256]; /* for messages; cut there */
};

#endif
