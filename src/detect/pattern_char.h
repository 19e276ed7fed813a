/* Private to src/detect: the characters that one place of a pattern can take, as bytes of UTF-8. */
#ifndef DCSCAN_DETECT_PATTERN_CHAR_H
#define DCSCAN_DETECT_PATTERN_CHAR_H

#include "pattern.h"

#define DC_LAST_CODE 0x10FFFFu

struct dc_char_set {
    struct dc_pattern_facts facts;
    uint64_t ascii[2]; /* ASCII bytes among them, to be turned round when the class is negated */
    bool caseless, empty;
    bool wider; /* holds more than the pattern names: its opposite can't be told */
};

void dc_char_set_init(struct dc_char_set *set, bool caseless);
/* Adds the characters first…last, and in caseless sets what PCRE2 takes for the same letters. */
void dc_char_set_add(struct dc_char_set *set, uint32_t first, uint32_t last);
/* Reads an escape for one character or a kind of characters at **at (the backslash) and steps over it. False: not known. */
bool dc_char_set_add_escape(struct dc_char_set *set, const char **at);
/* Reads a class at **at (the opening bracket) and steps over it. False: not known. */
bool dc_char_set_add_class(struct dc_char_set *set, const char **at);
struct dc_pattern_facts dc_char_set_facts(const struct dc_char_set *set);

#endif
