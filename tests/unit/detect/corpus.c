/* Invented values. */
#include <string.h>

#include "corpus.h"

void corpus_init(struct corpus *corpus, uint64_t seed, const struct dc_taxonomy *taxonomy)
{
    corpus->state = seed * 2654435761u + 88172645463325252u;
    corpus->taxonomy = taxonomy;
}

/* xorshift64*: good enough to make texts. */
uint64_t corpus_random(struct corpus *corpus, uint64_t below)
{
    corpus->state ^= corpus->state >> 12;
    corpus->state ^= corpus->state << 25;
    corpus->state ^= corpus->state >> 27;
    return (corpus->state * 2685821657736338717u >> 11) % below;
}

static size_t append(char *out, size_t size, const char *text, size_t text_size)
{
    size_t room = CORPUS_VALUE_SIZE - size;

    text_size = text_size < room ? text_size : room;
    memcpy(out + size, text, text_size);
    return size + text_size;
}

static size_t append_example(struct corpus *corpus, char *out, size_t size)
{
    const struct dc_value_rule *rule =
        &corpus->taxonomy->value_rules[corpus_random(corpus, corpus->taxonomy->n_value_rules)];
    const char *text;

    if (rule->n_examples == 0) {
        return size;
    }
    text = rule->examples[corpus_random(corpus, rule->n_examples)].text;
    return append(out, size, text, strlen(text));
}

/* Pieces that values of databases are made of. */
static size_t append_piece(struct corpus *corpus, char *out, size_t size)
{
    static const char *const alphabets[] = {
        "0123456789",
        "0123456789",
        "0123456789ABCDEF",
        "0123456789abcdef",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "abcdefghijklmnopqrstuvwxyz",
        "0123456789.-:/ ",
        "Aa1_-.@:/;=()\" ,'*#%$!?&+[]{}<>|\\~^`\t\n",
    };
    static const char *const characters[] = {"张", "王", "有", "限", "公",       "司",   "路",
                                             "号", "市", "省", "银", "行",       "炎",   "★",
                                             "，", "：", "·",  "（", "）",       "鄂",   "学",
                                             "é",  "ſ",  "K",  "😀",  "\xE4\xBC", "\xFF", "\x80"};
    size_t length = 1 + corpus_random(corpus, 12);
    size_t kind = corpus_random(corpus, 11);

    for (size_t i = 0; i < length; i++) {
        if (kind < 8) {
            const char *alphabet = alphabets[kind];

            size = append(out, size, alphabet + corpus_random(corpus, strlen(alphabet)), 1);
        } else {
            const char *text =
                characters[corpus_random(corpus, sizeof characters / sizeof *characters)];

            size = append(out, size, text, strlen(text));
        }
    }
    return size;
}

static void change(struct corpus *corpus, char *out, size_t size)
{
    for (uint64_t n = 1 + corpus_random(corpus, 3); n > 0 && size > 0; n--) {
        char *at = out + corpus_random(corpus, size);

        *at = *at >= '0' && *at <= '9' ? (char)('0' + corpus_random(corpus, 10))
                                       : (char)corpus_random(corpus, 256);
    }
}

size_t corpus_next(struct corpus *corpus, char out[CORPUS_VALUE_SIZE])
{
    size_t size = 0;
    uint64_t kind = corpus_random(corpus, 10);

    for (uint64_t n = kind < 6 ? 0 : corpus_random(corpus, 5); n > 0; n--) {
        size = append_piece(corpus, out, size);
    }
    if (kind < 8) {
        size = append_example(corpus, out, size);
    }
    if (kind == 5 || kind == 7) {
        size = append_piece(corpus, out, size);
    }
    if (kind == 2 || kind == 3) {
        change(corpus, out, size);
    }
    return kind == 4 && size > 0 ? corpus_random(corpus, size) : size;
}
