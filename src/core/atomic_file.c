#include "core/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mem.h"
#include "core/str.h"

static bool io_error(struct err *err, const char *path, const char *what) {
    if (errno == ENOMEM)
        return err_nomem(err);
    err_set(err, ERR_IO, "cannot %s: %s", what, strerror(errno));
    return err_at(err, path, 0, 0);
}

/* The name is new each time: an attacker's link or another run's file at a
   guessed name must not be written through (O_EXCL). */
static int create_beside(const char *path, char **temp) {
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        struct strbuf name = {.ptr = NULL};
        strbuf_printf(&name, "%s.%ld-%u.tmp", path, (long)getpid(), attempt);
        if (name.failed) {
            strbuf_dispose(&name);
            errno = ENOMEM;
            return -1;
        }
        int fd = open(name.ptr, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
        if (fd >= 0) {
            *temp = name.ptr;
            return fd;
        }
        strbuf_dispose(&name);
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

bool atomic_file_begin(struct atomic_file *file, const char *path,
                       struct err *err) {
    struct atomic_file made = {.path = NULL};
    struct strbuf copy = {.ptr = NULL};
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        err_set(err, ERR_IO, "cannot write: it is not a regular file");
        return err_at(err, path, 0, 0);
    }
    strbuf_add_text(&copy, path);
    if (copy.failed)
        return err_nomem(err);
    made.path = copy.ptr;
    int fd = create_beside(path, &made.temp);
    if (fd < 0) {
        io_error(err, path, "write");
        mem_free(made.path);
        return false;
    }
    made.out = fdopen(fd, "w+b");
    if (made.out == NULL) {
        close(fd);
        io_error(err, path, "write");
        atomic_file_abandon(&made);
        return false;
    }
    *file = made;
    return true;
}

bool atomic_file_close(struct atomic_file *file, struct err *err) {
    FILE *out = file->out;
    file->out = NULL;
    if (out == NULL)
        return true;
    bool ok = fflush(out) == 0 && !ferror(out);
    ok = fclose(out) == 0 && ok;
    return ok ? true : io_error(err, file->path, "write");
}

static bool sync_file(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    /* A file system that cannot sync says EINVAL or EROFS; that is no loss. */
    bool ok = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    close(fd);
    return ok;
}

bool atomic_file_commit(struct atomic_file *file, struct err *err) {
    bool ok = atomic_file_close(file, err);
    /* What was written since may be cut short. */
    if (ok && mem_failed())
        ok = err_nomem(err);
    if (ok && !sync_file(file->temp))
        ok = io_error(err, file->path, "write");
    if (ok && rename(file->temp, file->path) != 0)
        ok = io_error(err, file->path, "rename the finished file");
    if (!ok) {
        atomic_file_abandon(file);
        return false;
    }
    mem_free(file->path);
    mem_free(file->temp);
    *file = (struct atomic_file){.path = NULL};
    return true;
}

bool atomic_file_write(const char *path, struct str text, struct err *err) {
    struct atomic_file file;
    if (!atomic_file_begin(&file, path, err))
        return false;
    if (text.len != 0)
        fwrite(text.ptr, 1, text.len, file.out);
    return atomic_file_commit(&file, err);
}

void atomic_file_abandon(struct atomic_file *file) {
    if (file->out != NULL)
        fclose(file->out);
    if (file->temp != NULL)
        unlink(file->temp);
    mem_free(file->path);
    mem_free(file->temp);
    *file = (struct atomic_file){.path = NULL};
}
