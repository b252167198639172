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

/* Whether a sanitizer is built in that needs the whole address space. */
#if defined(__has_feature)
#define SANITIZED                                                              \
    (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif
