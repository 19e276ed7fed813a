/* The head of a comment: what it is about, before explanations, units and lists of codes. */
#include <string.h>

#include "dcscan/text.h"
#include "name_read.h"

/* A character of the folded text with its neighbours. */
struct place {
    const struct name_text *text;
    size_t at, size;
    uint32_t code, before; /* before: 0 at the start */
};

static bool is_opening(uint32_t code)
{
    return code == '(' || code == '[' || code == '{' || code == '<' || code == 0x3010 ||
           code == 0x300A || code == 0x300C || code == 0x3014;
}

static bool is_closing(uint32_t code)
{
    return code == ')' || code == ']' || code == '}' || code == '>' || code == 0x3011 ||
           code == 0x300B || code == 0x300D || code == 0x3015;
}

static bool is_letter(uint32_t code)
{
    return code >= 0x80 ? dc_is_han(code) : code <= 0x7F && dc_is_latin((char)code);
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

/* The character behind the place, 0 at the end. */
static uint32_t code_behind(const struct place *place)
{
    size_t next = place->at + place->size;
    uint32_t code = 0;

    if (next < place->text->size) {
        dc_utf8_next(place->text->folded + next, place->text->size - next, &code);
    }
    return code;
}

static bool starts_latin_word(const struct name_text *text, size_t at)
{
    return at + 1 < text->size && dc_is_latin_letter(text->folded[at]) &&
           dc_is_latin_letter(text->folded[at + 1]);
}

/* A blank behind Chinese ends the head unless a Latin word goes on with it: 产品 BOM 编号. */
static bool is_final_blank(const struct place *place)
{
    return dc_is_han(place->before) && !starts_latin_word(place->text, place->at + 1);
}

/* A digit behind Chinese starts a list of codes where something explains it: 状态0正常, 类型1-原料. */
static bool is_code_list(const struct place *place)
{
    uint32_t behind = code_behind(place);

    return is_digit(place->code) && dc_is_han(place->before) &&
           (dc_is_han(behind) ||
            (behind != 0 && behind < 0x80 && strchr("-=:.,", (int)behind) != NULL) ||
            behind == 0x3001);
}

static bool ends_head(const struct place *place)
{
    uint32_t code = place->code;

    if (code < 0x80 && code != 0 && strchr(":,;?!=|\n\r\t", (int)code) != NULL) {
        return true;
    }
    if (code == '.') {
        return code_behind(place) == ' ' || code_behind(place) == 0;
    }
    if (code == '-' || code == '~') {
        return is_digit(code_behind(place)) || (place->before == ' ' && code_behind(place) == ' ');
    }
    return code == 0x3002 || is_opening(code) || (code == ' ' && is_final_blank(place)) ||
           is_code_list(place);
}

/* Behind the bracket that closes the one at `at`, or the end of the text. */
static size_t skip_bracket(const struct name_text *text, size_t at)
{
    while (at < text->size) {
        uint32_t code;

        at += dc_utf8_next(text->folded + at, text->size - at, &code);
        if (is_closing(code)) {
            break;
        }
    }
    return at;
}

size_t dc_comment_head(const struct name_text *text)
{
    struct place place = {.text = text};
    bool begun = false;

    while (place.at < text->size) {
        place.size = dc_utf8_next(text->folded + place.at, text->size - place.at, &place.code);
        if (begun && ends_head(&place)) {
            return place.at;
        }
        if (!begun && is_opening(place.code) && skip_bracket(text, place.at) < text->size) {
            place.at = skip_bracket(text, place.at);
            continue;
        }
        begun = begun || is_letter(place.code);
        place.before = place.code;
        place.at += place.size;
    }
    return text->size;
}
