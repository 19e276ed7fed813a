/* What people put in front of names without meaning anything by it: t_, tbl_, F of FName, c of cVenCode. */
#include <string.h>

#include "name_read.h"

bool dc_name_is_prefix_letter(char letter)
{
    return letter != '\0' && strchr("bcdfilnpstuvwxz", letter) != NULL;
}

static bool is_prefix(const char *token, size_t size)
{
    static const char *const prefixes[] = {"tb",  "tbl", "tab", "fd",  "fld",
                                           "col", "vw",  "str", "int", "sys"};

    if (size == 1) {
        return dc_name_is_prefix_letter(token[0]);
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (strlen(prefixes[i]) == size && memcmp(prefixes[i], token, size) == 0) {
            return true;
        }
    }
    return false;
}

size_t dc_name_prefix_end(const struct name_text *text)
{
    size_t end;

    if (text->size == 0 || !dc_is_latin_letter(text->folded[0])) {
        return 0;
    }
    end = dc_token_end(text, 0);
    if (!is_prefix(text->folded, end) || text->edges[end] == EDGE_DIGIT) {
        return 0;
    }
    if (end < text->size && text->folded[end] == '_') {
        end++;
    }
    return end < text->size ? end : 0;
}
