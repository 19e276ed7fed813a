/*
 * What the words of the lexicon must not do: stand in the wrong list, or mean two things. A word that two concepts share would be
 * read as whichever was loaded first, so it is a complaint that names both places; where two meanings are meant, the second concept has it
 * under `also`.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "loader.h"

#define MAX_WORD   120 /* bytes; longer ones are prose, not words */
#define MAX_BLANKS 5

enum word_list { LIST_ZH, LIST_EN, LIST_ABBR, LIST_PINYIN, LIST_ALSO, N_LISTS };

static const char *const list_keys[N_LISTS] = {"zh", "en", "abbr", "pinyin", "also"};

/* Where a word was seen first. */
struct seen {
    int concept;
    const struct dc_yaml_node *at;
};

/* Words that share a space must differ: en and abbr are both read from identifiers. */
struct space {
    struct idmap words;
    struct seen *seen;
    size_t n_seen, capacity;
};

struct checking {
    struct loader *loader;
    struct space zh, latin;
};

static bool has_han(const char *text)
{
    size_t size = strlen(text);

    for (size_t i = 0; i < size;) {
        uint32_t code;

        i += dc_utf8_next(text + i, size - i, &code);
        if (dc_is_han(code)) {
            return true;
        }
    }
    return false;
}

/* Whether all bytes are ASCII letters, digits or one of `more`. */
static bool is_ascii_word(const char *text, const char *more)
{
    for (; *text != '\0'; text++) {
        if (!isalnum((unsigned char)*text) && strchr(more, *text) == NULL) {
            return false;
        }
    }
    return true;
}

/* What is wrong with the form of a word in its list, or NULL. */
static const char *form_complaint(enum word_list list, const char *folded)
{
    switch (list) {
    case LIST_ZH:
        return has_han(folded) ? NULL : "a word in \"zh\" has at least one Chinese character";
    case LIST_EN:
        return is_ascii_word(folded, " -/&.'")
                   ? NULL
                   : "a word in \"en\" is of ASCII letters, digits and blanks";
    case LIST_ABBR:
        return is_ascii_word(folded, "") ? NULL
                                         : "an abbreviation is of ASCII letters and digits only";
    case LIST_PINYIN:
        return is_ascii_word(folded, " '") ? NULL : "pinyin is of the letters a to z only";
    case LIST_ALSO:
    case N_LISTS:
        break;
    }
    return NULL;
}

/*
 * The form in which words are compared: without blanks and signs. Plurals are words of their own: "days" may mean a duration where "day"
 * means a date, as a listed word goes before a derived one.
 */
static const char *word_key(struct dc_arena *arena, const char *folded)
{
    char *key = dc_arena_alloc(arena, strlen(folded) + 1);
    size_t n = 0;

    for (const char *byte = folded; *byte != '\0'; byte++) {
        if ((unsigned char)*byte >= 0x80 || isalnum((unsigned char)*byte)) {
            key[n++] = *byte;
        }
    }
    key[n] = '\0';
    return key;
}

static int n_blanks(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++) {
        n += *text == ' ';
    }
    return n;
}

/* A word under `also` has to be one of another concept, listed by itself. */
static void check_also(struct checking *checking, int concept, const struct dc_yaml_node *node)
{
    const char *folded = dc_text_fold(checking->loader->scratch, node->text);
    struct space *space = has_han(folded) ? &checking->zh : &checking->latin;
    int known = dc_idmap_find(&space->words, word_key(checking->loader->scratch, folded));

    if (known < 0) {
        dc_complain(checking->loader->all, node, "\"%s\": no other concept has this word",
                    node->text);
    } else if (space->seen[known].concept == concept) {
        dc_complain(checking->loader->all, node, "\"%s\" is a word of this concept already",
                    node->text);
    }
}

static void check_word(struct checking *checking, int concept, enum word_list list,
                       const struct dc_yaml_node *node)
{
    struct loader *loader = checking->loader;
    struct space *space = list == LIST_ZH ? &checking->zh : &checking->latin;
    const char *folded = dc_text_fold(loader->scratch, node->text);
    const char *wrong = form_complaint(list, folded);
    const char *key = word_key(loader->scratch, folded);
    int known = dc_idmap_find(&space->words, key);

    if (n_blanks(folded) > MAX_BLANKS) {
        dc_complain(loader->all, node, "\"%s\": a phrase has at most %d words; is a comma missing?",
                    node->text, MAX_BLANKS + 1);
    } else if (wrong != NULL || key[0] == '\0' || strlen(folded) > MAX_WORD) {
        dc_complain(loader->all, node, "\"%s\": %s", node->text,
                    key[0] == '\0'  ? "a word has letters or digits"
                    : wrong != NULL ? wrong
                                    : "a word has at most 120 bytes");
    } else if (list == LIST_PINYIN) {
        /* Pinyin is ambiguous by nature: bgdh is a change and a customs form. Readings tell all that it can mean. */
        return;
    } else if (known < 0) {
        space->seen = dc_array_grow(space->seen, space->n_seen, &space->capacity,
                                    sizeof *space->seen);
        space->seen[space->n_seen] = (struct seen){concept, node};
        dc_idmap_add(&space->words, key, (int)space->n_seen++);
    } else if (space->seen[known].concept != concept) {
        const struct seen *first = &space->seen[known];

        dc_complain(loader->all, node, "\"%s\" is a word of concept \"%s\" already (%s:%zu:%zu)",
                    node->text, loader->taxonomy->concepts[first->concept].id, first->at->file,
                    first->at->line, first->at->column);
    }
}

static void check_list(struct checking *checking, int concept, enum word_list list)
{
    const struct item *item = &checking->loader->sections[SECTION_LEXICON].items[concept];
    const struct dc_yaml_node *node = dc_yaml_get(item->at, list_keys[list]);
    bool many = node != NULL && node->kind == DC_YAML_LIST;
    size_t n = node == NULL ? 0 : many ? node->n_items : 1;

    for (size_t i = 0; i < n; i++) {
        const struct dc_yaml_node *word = many ? node->items[i] : node;

        if (word->kind == DC_YAML_SCALAR && list == LIST_ALSO) {
            check_also(checking, concept, word);
        } else if (word->kind == DC_YAML_SCALAR) {
            check_word(checking, concept, list, word);
        }
    }
}

static void space_done(struct space *space)
{
    dc_idmap_done(&space->words);
    free(space->seen);
}

void dc_check_words(struct loader *loader)
{
    struct checking checking = {.loader = loader};

    for (enum word_list list = 0; list < N_LISTS; list++) {
        for (int concept = 0; concept < (int)loader->taxonomy->n_concepts; concept ++) {
            check_list(&checking, concept, list);
        }
    }
    space_done(&checking.zh);
    space_done(&checking.latin);
}
