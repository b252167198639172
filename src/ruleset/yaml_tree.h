#ifndef BOMGATE_RULESET_YAML_TREE_H
#define BOMGATE_RULESET_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/*
 * A YAML file as it stands, without a schema: what a comparison of two files
 * walks. Nodes are numbered from 1; YAML_NODE_NONE is no node.
 */
struct yaml_tree;

#define YAML_NODE_NONE 0

enum yaml_shape { YAML_SHAPE_SCALAR, YAML_SHAPE_LIST, YAML_SHAPE_MAPPING };

/** @param[out] out  Free with yaml_tree_free(). @return false when it is not
    valid YAML, or empty; err has the line. */
NODISCARD bool yaml_tree_read(struct yaml_tree **out, struct str text,
                              struct err *err);
/** Accepts NULL. */
void yaml_tree_free(struct yaml_tree *tree);

int yaml_tree_root(const struct yaml_tree *tree);
enum yaml_shape yaml_tree_shape(const struct yaml_tree *tree, int node);
/** Items of a list, pairs of a mapping; 0 for a scalar and for no node. */
size_t yaml_tree_count(const struct yaml_tree *tree, int node);
int yaml_tree_item(const struct yaml_tree *tree, int list, size_t i);
/** The i-th key of a mapping, and its value. */
struct str yaml_tree_key(const struct yaml_tree *tree, int mapping, size_t i);
int yaml_tree_value(const struct yaml_tree *tree, int mapping, size_t i);
/** Line on which the i-th key stands, from 1. */
uint32_t yaml_tree_key_line(const struct yaml_tree *tree, int mapping,
                            size_t i);
/** The value of `key`; YAML_NODE_NONE when the mapping has none. */
int yaml_tree_get(const struct yaml_tree *tree, int mapping, struct str key);
/** A scalar's text; empty for other nodes. */
struct str yaml_tree_text(const struct yaml_tree *tree, int node);
/** Line on which the node starts, from 1. */
uint32_t yaml_tree_line(const struct yaml_tree *tree, int node);

/** Append the node on one line: "{party: micron, covers: [all]}". */
void yaml_tree_write(const struct yaml_tree *tree, int node,
                     struct strbuf *out);

/**
 * Append text as a YAML scalar: plain where every reader takes it for text,
 * else in double quotes.
 */
void yaml_write_text(struct strbuf *out, struct str text);
/** The same, in double quotes always. */
void yaml_write_quoted(struct strbuf *out, struct str text);

#endif
