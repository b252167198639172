#define MHD_NAMES_ONLY
#include "web/mhd.h"

#include <dlfcn.h>
#include <string.h>

#define LIBRARY "libmicrohttpd.so.12"

struct mhd mhd;

/* POSIX has it that a pointer to an object holds one to a function. */
static bool find(void *library, const char *name, void *function, size_t size,
                 struct err *err) {
    void *found = dlsym(library, name);
    if (found == NULL)
        return err_set(err, ERR_IO, LIBRARY " has no %s", name);
    memcpy(function, &found, size);
    return true;
}

bool mhd_load(struct err *err) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return err_set(err, ERR_IO,
                       "%s; on Debian, the package libmicrohttpd12 has it",
                       dlerror());
#define MHD_FIND(name)                                                         \
    if (!find(library, #name, &mhd.name##_, sizeof(mhd.name##_), err))         \
        return false;
    MHD_FUNCTIONS(MHD_FIND)
#undef MHD_FIND
    return true;
}
