/* Pinyin of Chinese characters. */
#include <string.h>

#include "pinyin.h"

static size_t add(struct pinyin_reading *out, size_t n, const char *letters, bool rare)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(out[i].letters, letters) == 0) {
            return n;
        }
    }
    if (n < PINYIN_MAX) {
        out[n].size = (uint8_t)strlen(letters);
        memcpy(out[n].letters, letters, out[n].size + 1U);
        out[n].rare = rare;
        n++;
    }
    return n;
}

size_t dc_pinyin_readings(uint32_t code, struct pinyin_reading out[PINYIN_MAX])
{
    size_t n = 0;

    if (code < PINYIN_FIRST || code > PINYIN_LAST) {
        return 0;
    }
    for (size_t i = dc_pinyin_start[code - PINYIN_FIRST];
         i < dc_pinyin_start[code - PINYIN_FIRST + 1]; i++) {
        const char *syllable = dc_pinyin_syllables[dc_pinyin_pool[i] & ~PINYIN_RARE];
        bool rare = (dc_pinyin_pool[i] & PINYIN_RARE) != 0;
        const char *v = strchr(syllable, 'v');

        n = add(out, n, syllable, rare);
        if (v != NULL) {
            char other[7];

            memcpy(other, syllable, sizeof other);
            other[v - syllable] = 'u';
            n = add(out, n, other, rare);
        }
    }
    return n;
}
