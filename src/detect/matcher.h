/* Private to src/detect: the parts of the matcher that the profiler and the tests use beside include/dcscan/detect.h. */
#ifndef DCSCAN_DETECT_MATCHER_H
#define DCSCAN_DETECT_MATCHER_H

#include "dcscan/detect.h"
#include "prefilter.h"

/* dc_value_match() for a caller that has looked at the bytes already. */
void dc_value_match_look(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                         const struct dc_look *look, struct dc_rule_bits *pattern,
                         struct dc_rule_bits *passed);
/* The same answer without the prefilter: every rule on every value. For tests and benchmarks. */
void dc_value_match_slow(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                         const struct dc_look *look, struct dc_rule_bits *pattern,
                         struct dc_rule_bits *passed);
/* Goes on with the interpreter, as on systems without executable memory. For tests; before any scratch is made. */
void dc_value_matcher_forget_jit(struct dc_value_matcher *matcher);
/* Looks at the bytes of a value. */
struct dc_look dc_look_at(const char *bytes, size_t size, bool truncated);

const struct dc_taxonomy *dc_value_matcher_taxonomy(const struct dc_value_matcher *matcher);

static inline bool dc_rule_bits_has(const struct dc_rule_bits *bits, size_t rule)
{
    return (bits->words[rule / 64] >> (rule % 64) & 1) != 0;
}

static inline void dc_rule_bits_add(struct dc_rule_bits *bits, size_t rule)
{
    bits->words[rule / 64] |= UINT64_C(1) << (rule % 64);
}

#endif
