#ifndef BOMGATE_RUN_RECIPES_H
#define BOMGATE_RUN_RECIPES_H

/** How to export a BOM with makers and part numbers from a CAD tool: one
    sentence a tool, ended by NULL. */
extern const char *const export_recipes[];

#endif
