#include "ruleset/yaml_place.h"

#include <stdio.h>
#include <yaml.h>

#define DEPTH_MAX 32 /* rule files nest six levels */
#define KEY_MAX 64   /* keys are words such as "shared-names" */

static bool start(yaml_parser_t *parser, struct str text) {
    if (!yaml_parser_initialize(parser))
        return false;
    yaml_parser_set_input_string(parser, (const unsigned char *)text.ptr,
                                 text.len);
    return true;
}

bool yaml_starts_with_sequence(struct str text) {
    yaml_parser_t parser;
    if (!start(&parser, text))
        return false;
    bool sequence = false, known = false;
    while (!known) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            break;
        sequence = event.type == YAML_SEQUENCE_START_EVENT;
        known = sequence || event.type == YAML_MAPPING_START_EVENT ||
                event.type == YAML_SCALAR_EVENT ||
                event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return sequence;
}

/* The way from the top of the document to the event that was just read. */
struct walk {
    yaml_parser_t parser;
    unsigned depth;
    struct {
        bool mapping, expect_value;
        unsigned position; /* in a list */
        char key[KEY_MAX]; /* in a mapping */
    } levels[DEPTH_MAX];
};

static struct str scalar_of(const yaml_event_t *event) {
    return (struct str){(const char *)event->data.scalar.value,
                        event->data.scalar.length};
}

/* Is the node about to be entered at `path`? Consumes the path level by
   level. */
static bool at_path(const struct walk *walk, struct str path) {
    struct str rest = path, step;
    for (unsigned i = 0; i < walk->depth; i++) {
        char number[16];
        if (!str_split(&rest, ' ', &step))
            return false;
        snprintf(number, sizeof(number), "%u", walk->levels[i].position);
        const char *here =
            walk->levels[i].mapping ? walk->levels[i].key : number;
        if (!str_eq(step, str_from(here)))
            return false;
    }
    return rest.ptr == NULL || (walk->depth == 0 && path.len == 0);
}

static void leave_node(struct walk *walk) {
    if (walk->depth == 0)
        return;
    unsigned top = walk->depth - 1;
    walk->levels[top].expect_value = false;
    walk->levels[top].position++;
}

/* True for a key of a mapping, which is no node of its own. */
static bool take_key(struct walk *walk, const yaml_event_t *event) {
    if (walk->depth == 0 || event->type != YAML_SCALAR_EVENT)
        return false;
    unsigned top = walk->depth - 1;
    if (!walk->levels[top].mapping || walk->levels[top].expect_value)
        return false;
    snprintf(walk->levels[top].key, KEY_MAX, "%.*s", STR_ARG(scalar_of(event)));
    walk->levels[top].expect_value = true;
    return true;
}

static bool enter(struct walk *walk, bool mapping) {
    if (walk->depth == DEPTH_MAX)
        return false;
    walk->levels[walk->depth].mapping = mapping;
    walk->levels[walk->depth].expect_value = false;
    walk->levels[walk->depth].position = 0;
    walk->levels[walk->depth].key[0] = '\0';
    walk->depth++;
    return true;
}

/* One event; false ends the walk. `*line` is set when the path was reached. */
static bool step(struct walk *walk, const yaml_event_t *event, struct str path,
                 uint32_t *line) {
    bool opens = event->type == YAML_MAPPING_START_EVENT ||
                 event->type == YAML_SEQUENCE_START_EVENT;
    if (event->type == YAML_STREAM_END_EVENT || take_key(walk, event))
        return event->type != YAML_STREAM_END_EVENT;
    if ((opens || event->type == YAML_SCALAR_EVENT) && at_path(walk, path)) {
        *line = (uint32_t)event->start_mark.line + 1;
        return false;
    }
    if (opens)
        return enter(walk, event->type == YAML_MAPPING_START_EVENT);
    if (event->type == YAML_MAPPING_END_EVENT ||
        event->type == YAML_SEQUENCE_END_EVENT)
        walk->depth--;
    else if (event->type != YAML_SCALAR_EVENT)
        return true;
    leave_node(walk);
    return true;
}

uint32_t yaml_line_of_path(struct str text, struct str path) {
    struct walk walk = {.depth = 0};
    uint32_t line = 0;
    if (!start(&walk.parser, text))
        return 0;
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&walk.parser, &event))
            break;
        more = step(&walk, &event, path, &line);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&walk.parser);
    return line;
}

uint32_t yaml_line_of_key(struct str text, struct str key, uint32_t from_line) {
    struct walk walk = {.depth = 0};
    uint32_t line = 0;
    if (!start(&walk.parser, text))
        return 0;
    for (bool more = true; more && line == 0;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&walk.parser, &event))
            break;
        uint32_t here = (uint32_t)event.start_mark.line + 1, unused = 0;
        bool is_key = take_key(&walk, &event);
        if (is_key && here >= from_line && str_eq(scalar_of(&event), key))
            line = here;
        if (!is_key)
            more = step(&walk, &event, STR_LIT("\n"), &unused);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&walk.parser);
    return line;
}
