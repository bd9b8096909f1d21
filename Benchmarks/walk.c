// Reads a pcap file through a window and walks its records: what any reader of captures has to do
// at least. Prints the number of records and of their bytes.
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static unsigned char window[256 << 10];

int main(int count, char **arguments) {
    int file = count == 2 ? open(arguments[1], O_RDONLY) : -1;
    if (file < 0) return 66;
    size_t position = 24, filled = 0;
    unsigned long long records = 0, bytes = 0;
    ssize_t got;
    while ((got = read(file, window + filled, sizeof window - filled)) > 0) {
        filled += (size_t)got;
        while (position + 16 <= filled) {
            uint32_t length;
            memcpy(&length, window + position + 8, sizeof length);
            if (length > sizeof window - 16) return 65;
            if (position + 16 + length > filled) break;
            position += 16 + length;
            records += 1;
            bytes += length;
        }
        memmove(window, window + position, filled - position);
        filled -= position;
        position = 0;
    }
    printf("%llu records, %llu bytes\n", records, bytes);
    return 0;
}
