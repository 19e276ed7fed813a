/* Pinyin of Chinese characters, from the table that the build derives from Unihan. Private to the detect layer. */
#ifndef DCSCAN_DETECT_PINYIN_H
#define DCSCAN_DETECT_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PINYIN_FIRST 0x4E00u
#define PINYIN_LAST  0x9FFFu
#define PINYIN_RARE  0x8000u
#define PINYIN_MAX   8 /* readings of one character, spellings with v and u counted apart */

/* The table: readings of FIRST + i are pool[start[i]] … pool[start[i + 1] - 1], numbers of syllables, RARE set on rare ones. */
extern const char dc_pinyin_syllables[][7];
extern const uint16_t dc_pinyin_start[];
extern const uint16_t dc_pinyin_pool[];

/* One way to write a character. */
struct pinyin_reading {
    char letters[7];
    uint8_t size;
    bool rare; /* found in dictionaries only, not in the texts of today */
};

/*
 * Readings of a character, common ones first, without tones; u with diaeresis gives both "lv" and "lu". Returns how many; 0 for what is
 * no Chinese character or has none.
 */
size_t dc_pinyin_readings(uint32_t code, struct pinyin_reading out[PINYIN_MAX]);

#endif
