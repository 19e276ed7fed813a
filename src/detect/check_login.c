/* Login names that people are given after their names: zhangwei, lixiaoming02. */
#include <string.h>

#include "check.h"
#include "check_util.h"

#define LONGEST_SURNAME 6
#define MOST_DIGITS     4

/* What a syllable of pinyin may begin with, two letters first, and end in, longest first. */
static const char *const initials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d",
                                       "t",  "n",  "l",  "g", "k", "h", "j", "q",
                                       "x",  "r",  "z",  "c", "s", "y", "w"};
static const char *const finals[] = {
    "iang", "iong", "uang", "ang", "eng", "ong", "ian", "iao", "ing", "uan", "uai",
    "ai",   "ei",   "ao",   "ou",  "an",  "en",  "ia",  "ie",  "iu",  "in",  "ua",
    "uo",   "ui",   "un",   "ue",  "ve",  "a",   "o",   "e",   "i",   "u",   "v"};

#define N_ITEMS(array) (sizeof(array) / sizeof *(array))

/* Whether `left` syllables at most make up all the letters. */
static bool is_given(const char *bytes, size_t size, int left)
{
    if (size == 0) {
        return true;
    }
    for (size_t i = 0; left > 0 && i < N_ITEMS(initials); i++) {
        size_t begin = strlen(initials[i]);

        if (!dc_has_prefix(bytes, size, initials[i])) {
            continue;
        }
        for (size_t k = 0; k < N_ITEMS(finals); k++) {
            size_t used = begin + strlen(finals[k]);

            if (dc_has_prefix(bytes + begin, size - begin, finals[k]) &&
                is_given(bytes + used, size - used, left - 1)) {
                return true;
            }
        }
    }
    return false;
}

/* A surname and one or two syllables, a number behind where the name is taken. */
bool dc_check_login_pinyin(const char *bytes, size_t size)
{
    size_t letters = size;

    while (letters > 0 && dc_is_digit(bytes[letters - 1])) {
        letters--;
    }
    if (size - letters > MOST_DIGITS) {
        return false;
    }
    for (size_t n = 2; n <= LONGEST_SURNAME && n < letters; n++) {
        if (dc_is_latin_surname(bytes, n) && is_given(bytes + n, letters - n, 2)) {
            return true;
        }
    }
    return false;
}
