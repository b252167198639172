#ifndef BOMGATE_CORE_COMPILER_H
#define BOMGATE_CORE_COMPILER_H

/* The compiler hints bomgate uses; nothing on a compiler without them. */
#if defined(__GNUC__)
#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
/* What is returned takes the same arguments as that parameter. */
#define FORMAT_OF(arg) __attribute__((format_arg(arg)))
#else
#define NODISCARD
#define PRINTF_LIKE(fmt, args)
#define FORMAT_OF(arg)
#endif

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif
