#ifndef BOMGATE_CORE_COMPILER_H
#define BOMGATE_CORE_COMPILER_H

/* The two compiler hints bomgate uses; nothing on a compiler without them. */
#if defined(__GNUC__)
#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define NODISCARD
#define PRINTF_LIKE(fmt, args)
#endif

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif
