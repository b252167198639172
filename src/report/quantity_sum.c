#include "report/quantity_sum.h"

#include "report/phrases.h"

#define DIGITS_MAX 9

void quantity_add(struct quantity_sum *sum, struct str quantity) {
    quantity = str_trim(quantity);
    if (quantity.len <= DIGITS_MAX && str_is_digits(quantity))
        sum->total += str_number(quantity);
    else
        sum->open = true;
}

void quantity_phrase(struct strbuf *out, const struct quantity_sum *sum) {
    if (!sum->open)
        phrase_number(out, (size_t)sum->total);
    else if (sum->total != 0)
        strbuf_printf(out, "%zu + ?", (size_t)sum->total);
}
