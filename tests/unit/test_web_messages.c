#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "web/messages.h"

TestSuite(web_messages, .timeout = 5);

/* Each test runs in a process of its own. */
static char place[] = "/tmp/bomgate-test-XXXXXX";

static void say(const char *text) {
    int fd = mkstemp(place);
    cr_assert(ge(int, fd, 0));
    FILE *out = fdopen(fd, "w");
    fputs(text, out);
    fclose(out);
}

static void expect(const char *said, enum program_end end, unsigned status,
                   const char *message) {
    char text[1024];
    say(said);
    cr_expect(eq(uint, messages_read(text, sizeof(text), end, place), status),
              "of %s", said);
    cr_expect(eq(str, text, (char *)message), "of %s", said);
    unlink(place);
}

Test(web_messages, the_first_thing_that_is_said_counts) {
    expect("bomgate: a.csv: the file is empty\nTry 'bomgate --help'.\n",
           PROGRAM_ENDED, 422, "a.csv: the file is empty");
}

Test(web_messages, a_full_disk_is_the_servers_affair) {
    expect("bomgate: ../report.xlsx: No space left on device\n", PROGRAM_ENDED,
           507, "There is no room for the file; nothing was kept.");
}

Test(web_messages, a_full_disk_has_no_room_for_words) {
    expect("", PROGRAM_ENDED, 507,
           "There is no room for the file; nothing was kept.");
}

Test(web_messages, what_a_killed_program_said_does_not_count) {
    expect("bomgate: a.csv: a note\n", PROGRAM_KILLED, 500,
           "This needed more than it may use, or failed; send a smaller file, "
           "or another format of it.");
}

Test(web_messages, what_is_too_much_at_once_may_be_tried_again) {
    expect("", PROGRAM_CROWDED, 503,
           "Too many checks are waiting; try again later.");
}
