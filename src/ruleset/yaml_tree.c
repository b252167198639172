#include "ruleset/yaml_tree.h"

#include <yaml.h>

#include "core/mem.h"
#include "core/utf8.h"

struct yaml_tree {
    yaml_document_t document;
};

static bool fail(struct err *err, const yaml_parser_t *parser) {
    if (parser->error == YAML_MEMORY_ERROR)
        return err_nomem(err);
    err_set(err, ERR_SYNTAX, "%s",
            parser->problem != NULL ? parser->problem : "no valid YAML");
    err->line = (uint32_t)parser->problem_mark.line + 1;
    return false;
}

static bool load(struct yaml_tree *tree, struct str text, struct err *err) {
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return err_nomem(err);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr,
                                 text.len);
    bool ok = yaml_parser_load(&parser, &tree->document) != 0;
    if (!ok)
        fail(err, &parser);
    yaml_parser_delete(&parser);
    return ok;
}

bool yaml_tree_read(struct yaml_tree **out, struct str text, struct err *err) {
    struct yaml_tree *tree = mem_calloc(1, sizeof(*tree));
    if (tree == NULL)
        return err_nomem(err);
    if (!load(tree, text, err)) {
        mem_free(tree);
        return false;
    }
    if (yaml_tree_root(tree) == YAML_NODE_NONE) {
        yaml_tree_free(tree);
        return err_set(err, ERR_SYNTAX, "the file is empty");
    }
    *out = tree;
    return true;
}

void yaml_tree_free(struct yaml_tree *tree) {
    if (tree == NULL)
        return;
    yaml_document_delete(&tree->document);
    mem_free(tree);
}

int yaml_tree_root(const struct yaml_tree *tree) {
    const yaml_document_t *document = &tree->document;
    return document->nodes.top > document->nodes.start ? 1 : YAML_NODE_NONE;
}

/* yaml_document_get_node() wants a document that may be written to. */
static const yaml_node_t *node_at(const struct yaml_tree *tree, int node) {
    return tree->document.nodes.start + node - 1;
}

enum yaml_shape yaml_tree_shape(const struct yaml_tree *tree, int node) {
    switch (node_at(tree, node)->type) {
    case YAML_SEQUENCE_NODE:
        return YAML_SHAPE_LIST;
    case YAML_MAPPING_NODE:
        return YAML_SHAPE_MAPPING;
    case YAML_NO_NODE:
    case YAML_SCALAR_NODE:
        break;
    }
    return YAML_SHAPE_SCALAR;
}

size_t yaml_tree_count(const struct yaml_tree *tree, int node) {
    if (node == YAML_NODE_NONE)
        return 0;
    const yaml_node_t *at = node_at(tree, node);
    if (at->type == YAML_SEQUENCE_NODE)
        return (size_t)(at->data.sequence.items.top -
                        at->data.sequence.items.start);
    if (at->type == YAML_MAPPING_NODE)
        return (size_t)(at->data.mapping.pairs.top -
                        at->data.mapping.pairs.start);
    return 0;
}

int yaml_tree_item(const struct yaml_tree *tree, int list, size_t i) {
    return node_at(tree, list)->data.sequence.items.start[i];
}

struct str yaml_tree_key(const struct yaml_tree *tree, int mapping, size_t i) {
    return yaml_tree_text(
        tree, node_at(tree, mapping)->data.mapping.pairs.start[i].key);
}

int yaml_tree_value(const struct yaml_tree *tree, int mapping, size_t i) {
    return node_at(tree, mapping)->data.mapping.pairs.start[i].value;
}

uint32_t yaml_tree_key_line(const struct yaml_tree *tree, int mapping,
                            size_t i) {
    return yaml_tree_line(
        tree, node_at(tree, mapping)->data.mapping.pairs.start[i].key);
}

int yaml_tree_get(const struct yaml_tree *tree, int mapping, struct str key) {
    if (mapping == YAML_NODE_NONE ||
        yaml_tree_shape(tree, mapping) != YAML_SHAPE_MAPPING)
        return YAML_NODE_NONE;
    for (size_t i = 0; i < yaml_tree_count(tree, mapping); i++) {
        if (str_eq(yaml_tree_key(tree, mapping, i), key))
            return yaml_tree_value(tree, mapping, i);
    }
    return YAML_NODE_NONE;
}

struct str yaml_tree_text(const struct yaml_tree *tree, int node) {
    if (node == YAML_NODE_NONE || node_at(tree, node)->type != YAML_SCALAR_NODE)
        return STR_EMPTY;
    const yaml_node_t *at = node_at(tree, node);
    return (struct str){(const char *)at->data.scalar.value,
                        at->data.scalar.length};
}

uint32_t yaml_tree_line(const struct yaml_tree *tree, int node) {
    return (uint32_t)node_at(tree, node)->start_mark.line + 1;
}

static void write_list(const struct yaml_tree *tree, int node,
                       struct strbuf *out) {
    strbuf_add_char(out, '[');
    for (size_t i = 0; i < yaml_tree_count(tree, node); i++) {
        strbuf_add_text(out, i == 0 ? "" : ", ");
        yaml_tree_write(tree, yaml_tree_item(tree, node, i), out);
    }
    strbuf_add_char(out, ']');
}

static void write_mapping(const struct yaml_tree *tree, int node,
                          struct strbuf *out) {
    strbuf_add_char(out, '{');
    for (size_t i = 0; i < yaml_tree_count(tree, node); i++) {
        strbuf_add_text(out, i == 0 ? "" : ", ");
        strbuf_add(out, yaml_tree_key(tree, node, i));
        strbuf_add_text(out, ": ");
        yaml_tree_write(tree, yaml_tree_value(tree, node, i), out);
    }
    strbuf_add_char(out, '}');
}

void yaml_tree_write(const struct yaml_tree *tree, int node,
                     struct strbuf *out) {
    switch (yaml_tree_shape(tree, node)) {
    case YAML_SHAPE_LIST:
        write_list(tree, node, out);
        break;
    case YAML_SHAPE_MAPPING:
        write_mapping(tree, node, out);
        break;
    case YAML_SHAPE_SCALAR:
        yaml_write_text(out, yaml_tree_text(tree, node));
        break;
    }
}

/* A word that begins with a letter or is a day reads the same everywhere;
   "NO", "1e3" and "null" do not. */
static bool is_plain(struct str text) {
    static const char *const taken[] = {"true", "false", "null", "yes", "no",
                                        "on",   "off",   "y",    "n"};
    bool day = text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-';
    if (text.len == 0 || (!ascii_is_alpha(text.ptr[0]) && !day))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(taken); i++) {
        if (str_eq_nocase(text, str_from(taken[i])))
            return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool inner = c == '-' || c == '/' || c == '.' || c == ' ' || c == '_';
        if (!ascii_is_alnum(c) && !inner)
            return false;
    }
    return text.ptr[text.len - 1] != ' ';
}

static void add_quoted(struct strbuf *out, uint32_t code) {
    if (code == '"' || code == '\\') {
        strbuf_add_char(out, '\\');
        strbuf_add_char(out, (char)code);
    } else if (utf8_is_hostile(code) || code == 0xFEFF || code == 0x85 ||
               code == 0xFFFE || code == 0xFFFF) {
        strbuf_printf(out, code > 0xFFFF ? "\\U%08X" : "\\u%04X",
                      (unsigned)code);
    } else {
        utf8_add(out, code);
    }
}

void yaml_write_quoted(struct strbuf *out, struct str text) {
    strbuf_add_char(out, '"');
    uint32_t code;
    for (size_t len; (len = utf8_next(text, &code)) != 0;
         text = str_skip(text, len))
        add_quoted(out, code);
    strbuf_add_char(out, '"');
}

void yaml_write_text(struct strbuf *out, struct str text) {
    if (is_plain(text))
        strbuf_add(out, text);
    else
        yaml_write_quoted(out, text);
}
