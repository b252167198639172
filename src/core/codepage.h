#ifndef BOMGATE_CORE_CODEPAGE_H
#define BOMGATE_CORE_CODEPAGE_H

#include <stdint.h>

/* What single bytes stand for; 0: nothing, or a character that draws boxes. */
uint32_t codepage_1252(unsigned char byte);
uint32_t codepage_1250(unsigned char byte);
uint32_t codepage_850(unsigned char byte);

/** The byte that Windows-1252 or Latin-1 has for a character; -1: none. */
int codepage_byte(uint32_t code);

#endif
