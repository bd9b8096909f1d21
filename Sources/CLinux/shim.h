// What Linux has and Swift's view of the C library leaves out: calls that are declared only for
// _GNU_SOURCE, that only libcap's headers declare, or that take a variable number of arguments.
#if defined(__linux__)

#include <linux/capability.h>
#include <linux/sched.h>
#include <malloc.h>
#include <sys/prctl.h>

int unshare(int flags);
int capget(struct __user_cap_header_struct *header, struct __user_cap_data_struct *data);
int capset(struct __user_cap_header_struct *header, const struct __user_cap_data_struct *data);

static inline int control_process(int option, unsigned long second, unsigned long third) {
    return prctl(option, second, third, 0UL, 0UL);
}

// The GNU C library keeps most of what was freed; musl gives large blocks back by itself.
static inline void return_freed_blocks(int size) {
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, size);
#endif
}

#endif
