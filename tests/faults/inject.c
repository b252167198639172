/*
 * Loaded before the program. The FAULT_ALLOC-th allocation that the program
 * itself asks for fails, those of its libraries are let alone; and all after it
 * with FAULT_LASTS. The file FAULT_TOLD is made when one has failed. With
 * FAULT_CLOCK it is so many seconds since 1970, whatever the clock says.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);

static uintptr_t begin, end; /* of the program's code */
static long left;
static bool lasts;

static int find_program(struct dl_phdr_info *info, size_t size, void *ctx) {
    (void)size;
    (void)ctx;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && (part->p_flags & PF_X) != 0) {
            begin = info->dlpi_addr + part->p_vaddr;
            end = begin + part->p_memsz;
        }
    }
    return 1; /* the first is the program */
}

__attribute__((constructor)) static void start(void) {
    const char *number = getenv("FAULT_ALLOC");
    if (number == NULL)
        return;
    dl_iterate_phdr(find_program, NULL);
    lasts = getenv("FAULT_LASTS") != NULL;
    left = strtol(number, NULL, 10);
}

static bool must_fail(const void *caller) {
    uintptr_t at = (uintptr_t)caller;
    if (left == 0 || at < begin || at >= end)
        return false;
    if (left > 1) {
        left--;
        return false;
    }
    if (!lasts)
        left = 0;
    const char *told = getenv("FAULT_TOLD");
    int fd = told == NULL ? -1 : open(told, O_CREAT | O_WRONLY, 0600);
    if (fd >= 0)
        close(fd);
    return true;
}

void *malloc(size_t size) {
    return must_fail(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return must_fail(__builtin_return_address(0)) ? NULL
                                                  : __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size) {
    return must_fail(__builtin_return_address(0)) ? NULL
                                                  : __libc_realloc(ptr, size);
}

/* ---- the clock ---- */

static bool clock_says(time_t *now) {
    const char *seconds = getenv("FAULT_CLOCK");
    if (seconds != NULL)
        *now = (time_t)strtoll(seconds, NULL, 10);
    return seconds != NULL;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (clock == CLOCK_REALTIME && clock_says(&now->tv_sec)) {
        now->tv_nsec = 0;
        return 0;
    }
    return (int)syscall(SYS_clock_gettime, clock, now);
}

time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL)
        *out = now.tv_sec;
    return now.tv_sec;
}
