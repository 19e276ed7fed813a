#include "ddl_comments.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define MAX_COMMENT 2000
#define MAX_NAME    1024

enum token_kind {
    TOKEN_END,
    TOKEN_COMMENT,
    TOKEN_WORD,
    TOKEN_QUOTED,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_OTHER
};

struct token {
    enum token_kind kind;
    const char *start;
    size_t size;
    size_t line;     /* where it begins */
    size_t end_line; /* where it ends */
};

struct scanner {
    const char *at;
    size_t line;
};

static bool is_word_byte(char byte)
{
    unsigned char b = (unsigned char)byte;

    return b >= 0x80 || b == '_' || b == '$' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') ||
           (b >= 'A' && b <= 'Z');
}

/* The place behind a comment that begins at `at`, or NULL when none does. */
static const char *comment_end(const char *at)
{
    if (at[0] == '-' && at[1] == '-') {
        return at + strcspn(at, "\n");
    }
    if (at[0] == '/' && at[1] == '*') {
        const char *end = strstr(at + 2, "*/");

        return end != NULL ? end + 2 : at + strlen(at);
    }
    return NULL;
}

/* The place behind a text in quotes; a doubled closing quote belongs to it. */
static const char *quoted_end(const char *at)
{
    char close = *at == '[' ? ']' : *at;

    for (at++; *at != '\0'; at++) {
        if (*at == close && (close == ']' || at[1] != close)) {
            return at + 1;
        }
        at += *at == close;
    }
    return at;
}

static const char *word_end(const char *at)
{
    while (is_word_byte(*at)) {
        at++;
    }
    return at;
}

static enum token_kind kind_at(const char *at)
{
    switch (*at) {
    case '\0':
        return TOKEN_END;
    case '(':
        return TOKEN_OPEN;
    case ')':
        return TOKEN_CLOSE;
    case ',':
        return TOKEN_COMMA;
    case '"':
    case '`':
    case '[':
    case '\'':
        return TOKEN_QUOTED;
    default:
        break;
    }
    if (comment_end(at) != NULL) {
        return TOKEN_COMMENT;
    }
    return is_word_byte(*at) ? TOKEN_WORD : TOKEN_OTHER;
}

static struct token next_token(struct scanner *scanner)
{
    struct token token;
    const char *end;

    for (; *scanner->at == ' ' || (*scanner->at >= '\t' && *scanner->at <= '\r'); scanner->at++) {
        scanner->line += *scanner->at == '\n';
    }
    token = (struct token){
        .kind = kind_at(scanner->at), .start = scanner->at, .line = scanner->line};
    switch (token.kind) {
    case TOKEN_END:
        end = scanner->at;
        break;
    case TOKEN_COMMENT:
        end = comment_end(scanner->at);
        break;
    case TOKEN_QUOTED:
        end = quoted_end(scanner->at);
        break;
    case TOKEN_WORD:
        end = word_end(scanner->at);
        break;
    default:
        end = scanner->at + 1;
        break;
    }
    token.size = (size_t)(end - token.start);
    for (; scanner->at < end; scanner->at++) {
        scanner->line += *scanner->at == '\n';
    }
    token.end_line = scanner->line;
    return token;
}

/* The words of a comment on one line: without its marks, the stars of a box and ruled lines. */
static void put_comment(const struct token *token, struct dc_strbuf *out)
{
    const char *at = token->start + 2, *end = token->start + token->size;
    bool block = token->start[0] == '/';

    if (block && end - at >= 2 && end[-1] == '/' && end[-2] == '*') {
        end -= 2;
    }
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((line_end != NULL ? line_end : end) - at), skip = 0;

        while (skip < size && strchr(block ? " \t\r*" : " \t\r-", at[skip]) != NULL) {
            skip++;
        }
        while (size > skip && strchr(" \t\r*-=", at[size - 1]) != NULL) {
            size--;
        }
        if (size > skip) {
            dc_strbuf_puts(out, out->size > 0 ? " " : "");
            dc_strbuf_append(out, at + skip, size - skip);
        }
        at = line_end != NULL ? line_end + 1 : end;
    }
}

static void put_name(const struct token *token, struct dc_strbuf *out)
{
    char close;

    if (token->kind == TOKEN_WORD) {
        dc_strbuf_append(out, token->start, token->size);
        return;
    }
    close = token->start[0] == '[' ? ']' : token->start[0];
    for (size_t i = 1; i + 1 < token->size; i++) {
        dc_strbuf_putc(out, token->start[i]);
        i += token->start[i] == close && token->start[i + 1] == close;
    }
}

/* Where in a definition we are, and whom comments are for. */
struct parser {
    struct dc_catalog *catalog;
    struct dc_table *table;
    int depth;
    size_t open_line; /* of the parenthesis that opens the columns; 0: not met yet */
    bool item_begun;  /* something of the present definition was seen */
    struct dc_column
        *current; /* the column of the present definition; NULL: a constraint, or none yet */
    struct dc_column *last; /* the one whose comma was met last */
    size_t comma_line;
    struct dc_strbuf above; /* comment lines that may be for the next column */
    bool done;
};

static void give(struct parser *parser, const char **comment, const char *text)
{
    if (text[0] == '\0') {
        return;
    }
    *comment = (*comment)[0] == '\0'
                   ? dc_arena_strdup(parser->catalog->arena, text)
                   : dc_arena_printf(parser->catalog->arena, "%s %s", *comment, text);
}

/* What a column was given inside or behind its definition goes before what stands above it. */
static void close_item(struct parser *parser, size_t line)
{
    parser->last = parser->current;
    parser->comma_line = line;
    parser->current = NULL;
    parser->item_begun = false;
}

static void take_comment(struct parser *parser, const struct token *token)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_COMMENT);
    bool first = parser->last == NULL && !parser->item_begun && parser->comma_line == 0;

    put_comment(token, &text);
    if (parser->depth == 0 || (first && token->line == parser->open_line)) {
        give(parser, &parser->table->comment, dc_strbuf_text(&text));
    } else if (parser->item_begun) {
        if (parser->current != NULL) {
            give(parser, &parser->current->comment, dc_strbuf_text(&text));
        }
    } else if (token->line == parser->comma_line) {
        if (parser->last != NULL) {
            give(parser, &parser->last->comment, dc_strbuf_text(&text));
        }
    } else {
        dc_strbuf_puts(&parser->above, parser->above.size > 0 ? " " : "");
        dc_strbuf_puts(&parser->above, dc_strbuf_text(&text));
    }
    dc_strbuf_done(&text);
}

static bool is_constraint(const struct token *token)
{
    static const char *const words[] = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"};

    for (size_t i = 0; token->kind == TOKEN_WORD && i < sizeof words / sizeof words[0]; i++) {
        if (token->size == strlen(words[i]) &&
            strncasecmp(token->start, words[i], token->size) == 0) {
            return true;
        }
    }
    return false;
}

static struct dc_column *find_column(const struct dc_table *table, const char *name)
{
    struct dc_column *column = dc_table_find_column(table, name);

    for (size_t i = 0; column == NULL && i < table->n_columns; i++) {
        if (dc_text_equal_nocase(table->columns[i].name, name)) {
            column = &table->columns[i];
        }
    }
    return column;
}

/* The first token of a definition: a column's name, or the word that begins a constraint. */
static void begin_item(struct parser *parser, const struct token *token)
{
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_NAME);

    parser->item_begun = true;
    if (!is_constraint(token) && (token->kind == TOKEN_WORD || token->kind == TOKEN_QUOTED)) {
        put_name(token, &name);
        parser->current = find_column(parser->table, dc_strbuf_text(&name));
    }
    dc_strbuf_done(&name);
}

/* Comment lines above a column serve when it has none of its own, which is known only behind its comma: so they are kept until then. */
struct fallback {
    struct dc_column *column;
    const char *text;
};

static void keep_above(struct parser *parser, struct fallback *fallbacks, size_t *n)
{
    if (parser->current != NULL && parser->above.size > 0) {
        fallbacks[(*n)++] = (struct fallback){
            parser->current,
            dc_arena_strdup(parser->catalog->arena, dc_strbuf_text(&parser->above))};
    }
    dc_strbuf_reset(&parser->above);
}

static bool is_as(const struct parser *parser, const struct token *token)
{
    return parser->depth == 0 && token->kind == TOKEN_WORD && token->size == 2 &&
           strncasecmp(token->start, "AS", 2) == 0;
}

static void take_token(struct parser *parser, const struct token *token, struct fallback *fallbacks,
                       size_t *n)
{
    if (token->kind == TOKEN_OPEN) {
        parser->depth++;
        if (parser->open_line == 0) {
            parser->open_line = token->line;
            return;
        }
    } else if (token->kind == TOKEN_CLOSE) {
        parser->depth--;
        if (parser->depth == 0) {
            close_item(parser, token->line);
            parser->last = NULL;
            return;
        }
    } else if (token->kind == TOKEN_COMMA && parser->depth == 1) {
        close_item(parser, token->line);
        return;
    } else if (is_as(parser, token)) {
        parser->done = true;
        return;
    }
    if (parser->depth == 1 && parser->open_line > 0 && !parser->item_begun) {
        begin_item(parser, token);
        if (*n < parser->table->n_columns) {
            keep_above(parser, fallbacks, n);
        }
    }
}

void dc_ddl_comments(struct dc_catalog *catalog, struct dc_table *table)
{
    struct parser parser = {
        .catalog = catalog, .table = table, .above = DC_STRBUF_INIT(MAX_COMMENT)};
    struct scanner scanner = {table->definition, 1};
    struct fallback *fallbacks = dc_alloc(table->n_columns + 1, sizeof *fallbacks);
    size_t n_fallbacks = 0;

    while (table->definition != NULL && !parser.done) {
        struct token token = next_token(&scanner);

        if (token.kind == TOKEN_END) {
            break;
        }
        if (token.kind == TOKEN_COMMENT) {
            take_comment(&parser, &token);
        } else {
            take_token(&parser, &token, fallbacks, &n_fallbacks);
        }
    }
    for (size_t i = 0; i < n_fallbacks; i++) {
        if (fallbacks[i].column->comment[0] == '\0') {
            fallbacks[i].column->comment = fallbacks[i].text;
        }
    }
    free(fallbacks);
    dc_strbuf_done(&parser.above);
}
