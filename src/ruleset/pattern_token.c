#include "ruleset/pattern_token.h"

size_t pattern_group_end(struct str pattern, size_t at, bool alternatives) {
    size_t depth = 0;
    for (; at < pattern.len; at++) {
        char c = pattern.ptr[at];
        if (c == '(' || c == '{')
            depth++;
        else if (depth == 0 && (c == ')' || c == '}'))
            return at;
        else if (depth == 0 && c == '|' && alternatives)
            return at;
        else if (c == ')' || c == '}')
            depth--;
    }
    return pattern.len;
}

size_t pattern_token_end(struct str pattern, size_t at, char closer) {
    ptrdiff_t end = str_find_char(str_skip(pattern, at), closer);
    return end < 0 ? pattern.len : at + (size_t)end + 1;
}

struct str pattern_table_name(struct str pattern, size_t at) {
    size_t end = pattern_token_end(pattern, at, '>');
    return str_take(str_skip(pattern, at + 1), end - at - 2);
}
