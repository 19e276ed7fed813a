/* Texts of a driver that speaks another encoding than UTF-8: statements and names on the way out, cells and messages on the way in. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "internal.h"

#define GROWTH 4 /* bytes that one byte becomes at most, in either direction */

static bool is_ascii(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)text[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

enum dc_status dc_odbc_encoding_open(struct dc_odbc_connection *connection, const char *encoding,
                                     struct dc_err *err)
{
    enum dc_status status;

    if (encoding == NULL || dc_text_equal_nocase(encoding, "UTF-8") ||
        dc_text_equal_nocase(encoding, "UTF8")) {
        return DC_OK;
    }
    if (dc_odbc_wide_encoding(connection, encoding)) {
        return DC_OK;
    }
    status = dc_converter_create(encoding, "UTF-8", &connection->decoder, err);
    if (status == DC_OK) {
        status = dc_converter_create("UTF-8", encoding, &connection->encoder, err);
    }
    return status;
}

enum dc_status dc_odbc_send_in(struct dc_odbc_connection *connection, const char *encoding,
                               struct dc_err *err)
{
    struct dc_converter *encoder = NULL;
    enum dc_status status = dc_converter_create("UTF-8", encoding, &encoder, err);

    if (status == DC_OK) {
        dc_converter_destroy(connection->encoder);
        connection->encoder = encoder;
    }
    return status;
}

void dc_odbc_encoding_close(struct dc_odbc_connection *connection)
{
    dc_converter_destroy(connection->decoder);
    dc_converter_destroy(connection->encoder);
}

char *dc_odbc_encode(struct dc_odbc_connection *connection, const char *text)
{
    size_t size = strlen(text), room = GROWTH * size;
    char *out;

    if (connection->encoder == NULL || is_ascii(text, size)) {
        return dc_strdup(text);
    }
    out = dc_alloc(room + 1, 1);
    if (!dc_convert(connection->encoder, text, size, false, out, &room)) {
        free(out);
        return NULL;
    }
    out[room] = '\0';
    return out;
}

char *dc_odbc_decode(struct dc_odbc_connection *connection, const char *text, size_t size,
                     size_t *decoded_size)
{
    size_t room = GROWTH * size;
    char *out;

    if (connection->decoder == NULL || is_ascii(text, size)) {
        return NULL;
    }
    out = dc_alloc(room + 1, 1);
    if (!dc_convert(connection->decoder, text, size, false, out, &room)) {
        free(out);
        return NULL;
    }
    out[room] = '\0';
    *decoded_size = room;
    return out;
}

void dc_odbc_decode_message(struct dc_odbc_connection *connection, struct dc_strbuf *text)
{
    size_t size = 0;
    char *decoded = dc_odbc_decode(connection, dc_strbuf_text(text), text->size, &size);

    if (decoded != NULL) {
        dc_strbuf_reset(text);
        dc_strbuf_append(text, decoded, size);
        free(decoded);
    }
}

/* One cell in its place. What does not fit the encoding stays as it is: UTF-8 after all, or marked as no text further on. */
static void decode_cell(struct dc_odbc_statement *statement, char *data, size_t room,
                        int64_t *length)
{
    bool cut = *length < 0 || (size_t)*length > room;
    size_t size = cut ? room : (size_t)*length, decoded = statement->buffers->scratch_size;

    if (*length == DC_CELL_NULL || is_ascii(data, size) ||
        !dc_convert(statement->connection->decoder, data, size, cut, statement->buffers->scratch,
                    &decoded)) {
        return;
    }
    if (decoded <= room) {
        /* Still a prefix: told by what no value ends with. */
        memset(data, ' ', room);
        memcpy(data, statement->buffers->scratch, decoded);
        *length = cut ? DC_CELL_NO_TOTAL : (int64_t)decoded;
    } else {
        memcpy(data, statement->buffers->scratch, room);
        *length = cut ? DC_CELL_NO_TOTAL : (int64_t)decoded;
    }
}

void dc_odbc_decode_block(struct dc_odbc_statement *statement)
{
    const struct dc_odbc_buffers *buffers = statement->buffers;

    if (statement->connection->decoder == NULL) {
        return;
    }
    for (size_t c = 0; c < statement->n_block_columns; c++) {
        const struct dc_block_column *column = &buffers->columns[c];

        bool is_wide = statement->wide != NULL && statement->wide[c];

        for (size_t r = 0; column->fetched && !is_wide && r < statement->rows_fetched; r++) {
            decode_cell(statement, (char *)column->data + r * column->stride, column->stride - 1,
                        (int64_t *)&column->lengths[r]);
        }
    }
}
