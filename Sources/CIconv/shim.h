#include <errno.h>
#include <iconv.h>

// Answers 0 or the error: Swift may do anything between a call and a look at errno.
static inline int convert_characters(
    iconv_t descriptor, char **input, size_t *left, char **output, size_t *room
) {
    return iconv(descriptor, input, left, output, room) == (size_t)-1 ? errno : 0;
}

// What iconv_open answers where it fails is a cast, which Swift does not import.
static inline int is_open(iconv_t descriptor) { return descriptor != (iconv_t)-1; }
