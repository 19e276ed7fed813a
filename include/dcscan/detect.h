/*
 * Detectors: what a value is, and what a name says. Compiled once from a taxonomy, immutable and shared by threads; mutable state
 * lives in a per-thread scratch. (PCRE2 is used by src/detect only.)
 */
#ifndef DCSCAN_DETECT_H
#define DCSCAN_DETECT_H

#include "dcscan/catalog.h"
#include "dcscan/profile.h"
#include "dcscan/sample.h"
#include "dcscan/status.h"
#include "dcscan/taxonomy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- checks of values: pure functions on the bytes of one value ---- */

typedef bool dc_check_fn(const char *bytes, size_t size);
/*
 * The built-in check of that name, or NULL: cn_id (GB 11643), uscc (GB 32100), luhn, bank_card (Luhn and issuer range), vin (GB/T 16735),
 * imei, iccid, cas, gtin, … The list is dc_check_names(). A check reads `size` bytes and nothing else; dates are compared with
 * the system clock.
 */
dc_check_fn *dc_check_find(const char *name);
const char *const *dc_check_names(void); /* NULL-terminated */

/* Version of PCRE2 that the program was built with, e.g. "10.42 2022-12-11". */
const char *dc_pcre2_version(void);

/* ---- value rules ---- */

struct dc_value_matcher;
/* Compiles all value rules (PCRE2 with JIT) and the prefilter. Bad patterns are complaints with file:line; DC_ERR_CONFIG. */
enum dc_status dc_value_matcher_create(const struct dc_taxonomy *taxonomy,
                                       struct dc_value_matcher **out,
                                       struct dc_complaints *complaints, struct dc_err *err);
void dc_value_matcher_destroy(struct dc_value_matcher *matcher);

/* A dc_value_judge_fn: whether PCRE2 refuses the pattern, or there is no such check. */
bool dc_value_rule_judge(const struct dc_value_rule *rule, char *reason, size_t size);
/*
 * What only running the rules shows, as complaints: patterns that take far too long on text that almost matches, and examples that two rules
 * of an exclusive group take. Slow (tens of milliseconds); for who checks a taxonomy.
 */
void dc_value_rules_probe(const struct dc_taxonomy *taxonomy,
                          const struct dc_value_matcher *matcher, struct dc_complaints *complaints);

#define DC_RULE_WORDS 6 /* at most 384 value rules */
/* Bit sets, one bit per value rule of the taxonomy. */
struct dc_rule_bits {
    uint64_t words[DC_RULE_WORDS];
};

struct dc_match_scratch;
struct dc_match_scratch *dc_match_scratch_create(const struct dc_value_matcher *matcher);
void dc_match_scratch_destroy(struct dc_match_scratch *scratch);
/*
 * Which rules hit on a value: `pattern` those whose pattern matches, `passed` those whose check passes too. Rules of scope `whole` see whole
 * values of valid UTF-8 only (never a truncated one), with blanks at its ends as given; rules of scope `contains` look into values that look
 * like text, pass over invalid bytes, and leave out what touches the cut of a truncated value.
 */
void dc_value_match(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                    const char *bytes, size_t size, bool truncated, struct dc_rule_bits *pattern,
                    struct dc_rule_bits *passed);
/* PCRE2 version and whether JIT is in use, e.g. "10.42 2022-12-11 (JIT)". */
const char *dc_value_matcher_version(const struct dc_value_matcher *matcher);

/* ---- profiles ---- */

struct dc_profiler; /* per worker; reused for table after table */
struct dc_profiler *dc_profiler_create(const struct dc_value_matcher *matcher);
void dc_profiler_destroy(struct dc_profiler *profiler);
/* Starts a table of n_columns columns. */
void dc_profiler_begin(struct dc_profiler *profiler, const struct dc_table *table);
/*
 * The name of a column says what it is: value rules for columns without names (`nameless` in the taxonomy) need not be tried on it, and count
 * nothing there. After dc_profiler_begin, before the first value.
 */
void dc_profiler_set_named(struct dc_profiler *profiler, size_t column);
/* Counts a block, column by column. Columns that were not fetched keep rows = 0. */
void dc_profiler_add(struct dc_profiler *profiler, const struct dc_block *block);
/*
 * Whether a value rule has passed anywhere in the table so far, so that sampling can stop at once (state-secret marks, level rule L10).
 */
bool dc_profiler_has_seen(const struct dc_profiler *profiler, size_t rule);
/*
 * Sub-columns, found in values while the table is read: a column more, whose place is returned (they follow the table's); a value of it,
 * which counts as a row; so many NULLs of it.
 */
size_t dc_profiler_add_column(struct dc_profiler *profiler);
void dc_profiler_add_value(struct dc_profiler *profiler, size_t column, struct dc_value value);
void dc_profiler_add_nulls(struct dc_profiler *profiler, size_t column, int64_t n);
int64_t dc_profiler_rows(const struct dc_profiler *profiler, size_t column); /* so far */
/*
 * Ends the table: one profile per column, sub-columns last, allocated in `arena` (the rule counters too). All raw state of the table is wiped.
 */
struct dc_profile *dc_profiler_end(struct dc_profiler *profiler, struct dc_arena *arena);

/* ---- names ---- */

/* A word of a name or comment that means a concept. Forms in falling order of trust: as listed, abbreviation, pinyin, glued, fuzzy, initials. */
struct dc_name_hit {
    int concept;         /* index */
    uint32_t start, end; /* byte range in the folded text, for showing and for order */
    uint32_t
        characters; /* characters of the word matched (Chinese ones, or letters): longer words are surer */
    bool pinyin;   /* found through pinyin */
    bool initials; /* found through pinyin initials (weaker still; `pinyin` is set too) */
    bool abbreviation;
    bool fuzzy; /* one edit away in a long word */
    bool glued; /* cut out of a longer run of letters ("suppliername") */
    /*
     * The form can mean several concepts (pinyin: "yhzh"; a plural two words share): all of them, the chosen one too, for a caller
     * that knows the table's subject. NULL and 0 where there is no doubt. Owned by the index.
     */
    const int *alternatives;
    size_t n_alternatives;
};

struct dc_name_reading {
    const char *folded;       /* the text in comparable form; arena */
    struct dc_name_hit *hits; /* left to right, not overlapping; arena */
    size_t n_hits;
    size_t
        head_end; /* comments: bytes of `folded` up to the first separator; a hit with end ≤ head_end is in the head. Names: the whole */
    double
        covered; /* share of the text's letters that the hits explain, 0…1; of a comment: of its head. Digits and known prefixes don't count */
};

struct dc_name_index;
/* Compiles the lexicon with derived pinyin. */
enum dc_status dc_name_index_create(const struct dc_taxonomy *taxonomy, struct dc_name_index **out,
                                    struct dc_err *err);
void dc_name_index_destroy(struct dc_name_index *index);
/* Reads an identifier: snake, camel, digits, prefixes, glued words, Chinese, pinyin. Only the first 512 bytes count. */
void dc_name_read(const struct dc_name_index *index, const char *identifier, struct dc_arena *arena,
                  struct dc_name_reading *out);
/*
 * Reads a comment: Chinese and English prose, no pinyin. The head ends before the first separator (： （ ， 。 ； [ = a line end, a
 * blank or a code list behind Chinese); brackets in front are passed over. Hits of head and rest come in order. Only the first 2 KiB count.
 */
void dc_comment_read(const struct dc_name_index *index, const char *comment, struct dc_arena *arena,
                     struct dc_name_reading *out);
/*
 * Index of the known field (SAP, Kingdee …) of that name, compared without case, or DC_NO_INDEX. One that names its tables is valid in
 * them only and goes before one valid anywhere.
 */
int dc_name_known_field(const struct dc_name_index *index, const char *table, const char *column);
/* Index of the known table; a plain name goes before a glob, then the first in the files counts. */
int dc_name_known_table(const struct dc_name_index *index, const char *table);

#ifdef __cplusplus
}
#endif
#endif
