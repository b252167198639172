#include "core/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* POSIX has it that a pointer to an object holds one to a function. */
static bool is_filled(const struct library_function *function) {
    void *held;
    memcpy(&held, function->to, sizeof(held));
    return held != NULL;
}

static bool fill(void *library, const char *file,
                 const struct library_function *functions, size_t count,
                 struct err *err) {
    /* The first one last: it says that all are there. */
    for (size_t i = count; i-- > 0;) {
        void *found = dlsym(library, functions[i].name);
        if (found == NULL)
            return err_set(err, ERR_IO, "%s has no %s", file,
                           functions[i].name);
        memcpy(functions[i].to, &found, sizeof(found));
    }
    return true;
}

bool library_load(const char *file, const char *package,
                  const struct library_function *functions, size_t count,
                  struct err *err) {
    bool ok = true;
    pthread_mutex_lock(&lock);
    if (!is_filled(&functions[0])) {
        void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
        ok = library != NULL
                 ? fill(library, file, functions, count, err)
                 : err_set(err, ERR_IO, "%s; on Debian, the package %s has it",
                           dlerror(), package);
    }
    pthread_mutex_unlock(&lock);
    return ok;
}
