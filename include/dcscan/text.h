/*
 * UTF-8, encodings and small text helpers. (utf8proc and iconv are used by src/base only.)
 */
#ifndef DCSCAN_TEXT_H
#define DCSCAN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/alloc.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

bool dc_utf8_valid(const char *text, size_t size);
/* Characters (code points) in valid UTF-8; stray bytes count one each. */
size_t dc_utf8_length(const char *text, size_t size);
/* Columns on a terminal (East Asian wide = 2). */
size_t dc_utf8_width(const char *text);
/* Largest prefix of at most `maximum` bytes that ends at a character boundary. */
size_t dc_utf8_cut(const char *text, size_t size, size_t maximum);
/*
 * Decodes one character at text[0..size); returns the bytes used (≥ 1). An invalid byte gives *code = 0xFFFD and 1.
 */
size_t dc_utf8_next(const char *text, size_t size, uint32_t *code);
/* Appends a code point; returns bytes written to out (room for 4). */
size_t dc_utf8_put(uint32_t code, char *out);
/*
 * A copy fit for people, XML and terminals: invalid UTF-8 becomes U+FFFD, control characters other than \n and \t become "□";
 * *changed (may be NULL) tells whether anything was replaced.
 */
char *dc_text_sanitize(struct dc_arena *arena, const char *text, size_t size, bool *changed);
/* NFKC, case folded, trimmed: the form in which names, comments and lexicon terms are compared. "" for NULL. */
char *dc_text_fold(struct dc_arena *arena, const char *text);
/* In lower case, character by character; nothing else changes. */
char *dc_text_lower(struct dc_arena *arena, const char *text);
bool dc_is_han(uint32_t code); /* CJK unified ideographs with their extensions */
/* `text` in `encoding` (an iconv name, e.g. "GB18030") as UTF-8. DC_ERR_READ when bytes do not fit the encoding. */
enum dc_status dc_text_decode(struct dc_arena *arena, const char *encoding, const char *text,
                              size_t size, const char **out, struct dc_err *err);
/*
 * A converter between two encodings that iconv knows, for texts without number; it belongs to one thread. DC_ERR_CONFIG when one of them
 * is not known.
 */
struct dc_converter;
enum dc_status dc_converter_create(const char *from, const char *to, struct dc_converter **out,
                                   struct dc_err *err);
void dc_converter_destroy(struct dc_converter *converter);
/*
 * Converts into `out` (no terminator); *room becomes the bytes written. `cut`: the text may end within a character, which is left out.
 * False when the text does not fit its encoding, or the room is too small; what stands in `out` then means nothing.
 */
bool dc_convert(struct dc_converter *converter, const char *text, size_t size, bool cut, char *out,
                size_t *room);

/*
 * UTF-16 as UTF-8. `out` has room for 3 bytes for each 2 begun; returns those written. A byte order mark in front goes before `big_endian`
 * and is left out. Half a pair of surrogates and an odd byte at the end become bytes that are no valid UTF-8, so that the value is marked
 * as no text; at the end of text that is `cut` they are left out.
 */
size_t dc_utf16_to_utf8(const char *bytes, size_t size, bool big_endian, bool cut, char *out);
/* UTF-8 as UTF-16 of this machine; invalid bytes become U+FFFD. `out` has room for `size` units; returns those written. */
size_t dc_utf8_to_utf16(const char *text, size_t size, uint16_t *out);

/* What text that is no valid UTF-8 may be, when nobody told. */
enum dc_guess {
    DC_GUESS_NONE,    /* nothing known */
    DC_GUESS_GB18030, /* fits it, and most characters are of GB 2312, which is in daily use */
    DC_GUESS_LATIN1,  /* mostly ASCII letters: a last resort, to be marked */
    DC_GUESS_UTF16LE, /* has a byte order mark, or a zero beside many a byte of ASCII */
    DC_GUESS_UTF16BE, /* the same in the other order */
    DC_N_GUESSES
};
/* `cut`: the text may end within a character. Told by its form alone: short texts may be taken for what they are not. */
enum dc_guess dc_text_guess(const char *text, size_t size, bool cut);
/* As iconv calls it; NULL for DC_GUESS_NONE. */
const char *dc_guess_encoding(enum dc_guess guess);
/*
 * Digits, letters and @ . - _ + / of full width (U+FF10 …) become those of ASCII; all else stays. `out` has room for `size` bytes and may
 * be `text`; returns the bytes written, `size` when there were none.
 */
size_t dc_text_narrow(const char *text, size_t size, char *out);

/* Shell-like match of whole names: * ? [set]; case-insensitive for ASCII. */
bool dc_glob_match(const char *pattern, const char *text);
bool dc_text_equal_nocase(const char *a, const char *b); /* ASCII case only; NULL equals NULL */

/* 64-bit hash of bytes (xxHash): for counting distinct values within a run, never for security. */
uint64_t dc_hash64(const void *bytes, size_t size);
#define DC_SHA256_HEX_SIZE 65
/* SHA-256 as lower-case hex, of bytes or of a file's content. */
void dc_sha256_hex(const void *bytes, size_t size, char out[DC_SHA256_HEX_SIZE]);
enum dc_status dc_sha256_file(const char *path, char out[DC_SHA256_HEX_SIZE], struct dc_err *err);

/* Files. Whole content (terminated by an extra NUL; *size without it), at most `maximum` bytes; release with free(). */
enum dc_status dc_file_read(const char *path, size_t maximum, char **content, size_t *size,
                            struct dc_err *err);
/* `path` resolved against the folder of `base_file` unless absolute ("~" is not expanded). */
char *dc_path_beside(struct dc_arena *arena, const char *base_file, const char *path);
/* Now, or `at` ≥ 0 seconds since the epoch, as UTC "2026-01-31T08:15:00Z". */
#define DC_TIME_TEXT_SIZE 32
void dc_time_text(int64_t at, char out[DC_TIME_TEXT_SIZE]);
/* Seconds east of UTC of the machine's zone (TZ) at that moment: daylight saving makes two of them. 0 where it cannot be told. */
int32_t dc_time_local_offset(int64_t at);
/* "+08:00" */
#define DC_OFFSET_TEXT_SIZE 8
void dc_offset_text(int32_t offset, char out[DC_OFFSET_TEXT_SIZE]);
/* `at` ≥ 0 in the machine's zone, with its offset: "2026-01-31 16:15:00+08:00". */
void dc_time_local_text(int64_t at, char out[DC_TIME_TEXT_SIZE]);
double dc_clock_seconds(void); /* monotonic */

#ifdef __cplusplus
}
#endif
#endif
