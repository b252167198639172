#ifndef BOMGATE_CORE_THREAD_H
#define BOMGATE_CORE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"

/**
 * Start a thread that gets no signals: they are for the one that cleans up.
 *
 * @return false where none can be had.
 */
NODISCARD bool thread_start(pthread_t *out, void *(*run)(void *ctx), void *ctx);

/** How many threads can do something at once; at least 1. */
size_t thread_processors(void);

#endif
