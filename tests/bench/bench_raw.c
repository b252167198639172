/*
 * What there is to compare with: a file only read, or only taken apart by
 * libcsv, in blocks of 256 KiB.
 *
 * usage: bench_raw read|libcsv FILE
 */
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK (256 * 1024)

struct count {
    unsigned long long bytes, fields, rows;
};

static void on_field(void *text, size_t len, void *ctx) {
    struct count *count = ctx;
    (void)text;
    (void)len;
    count->fields++;
}

static void on_row(int line_break, void *ctx) {
    struct count *count = ctx;
    (void)line_break;
    count->rows++;
}

static int stop(const char *what) {
    perror(what);
    return 2;
}

int main(int argc, char **argv) {
    static char block[BLOCK];
    struct count count = {0};
    struct csv_parser parser;
    if (argc != 3 || csv_init(&parser, 0) != 0)
        return fprintf(stderr, "usage: bench_raw read|libcsv FILE\n"), 2;
    int parses = strcmp(argv[1], "libcsv") == 0, fd = open(argv[2], O_RDONLY);
    ssize_t len;
    if (fd < 0)
        return stop(argv[2]);
    while ((len = read(fd, block, sizeof(block))) > 0) {
        count.bytes += (size_t)len;
        if (parses && csv_parse(&parser, block, (size_t)len, on_field, on_row,
                                &count) != (size_t)len)
            return stop("csv_parse");
    }
    if (len < 0)
        return stop(argv[2]);
    if (parses)
        csv_fini(&parser, on_field, on_row, &count);
    csv_free(&parser);
    printf("%llu bytes, %llu fields, %llu rows\n", count.bytes, count.fields,
           count.rows);
    return 0;
}
