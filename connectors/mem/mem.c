#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "dcscan/provider/mem_connector.h"
#include "dcscan/text.h"

#define BLOCK_ROWS 64
#define MAX_CELL   4096

struct mem {
    struct dc_connector_connection base;
    const struct dc_mem_database *database;
    int *n_begun;  /* per table: samples begun */
    int *n_broken; /* per table: fetches that failed by its fault */
    bool lost;
    pthread_mutex_t lock; /* of cancelled */
    pthread_cond_t wake;
    bool cancelled;
    /* The open sample. */
    const struct dc_mem_table *table;
    const size_t *selected, *value_bytes;
    size_t n_selected, next_row, end_row, n_blocks;
    double timeout;
    char *memory;
    int64_t *lengths;
    struct dc_block_column *columns;
};

static struct mem *cast(struct dc_connector_connection *connection)
{
    return (struct mem *)connection;
}

/* ---- addresses ---- */

/*
 * An address typed into a configuration must not be followed: so it carries a number that only this process can work out, from where its
 * code was loaded and who it is.
 */
static uint64_t token_of(uint64_t address)
{
    uint64_t parts[3] = {address, (uint64_t)(uintptr_t)&dc_mem_connector, (uint64_t)getpid()};

    return dc_hash64(parts, sizeof parts);
}

const char *dc_mem_address(const struct dc_mem_database *database, char out[DC_MEM_ADDRESS_SIZE])
{
    uint64_t address = (uint64_t)(uintptr_t)database;

    snprintf(out, DC_MEM_ADDRESS_SIZE, "mem:%016" PRIx64 ":%016" PRIx64, address,
             token_of(address));
    return out;
}

static const struct dc_mem_database *database_at(const char *text)
{
    char *end;
    uint64_t address, token;

    if (text == NULL || strncmp(text, "mem:", 4) != 0) {
        return NULL;
    }
    address = strtoull(text + 4, &end, 16);
    if (*end != ':') {
        return NULL;
    }
    token = strtoull(end + 1, &end, 16);
    return *end == '\0' && token == token_of(address)
               ? (const struct dc_mem_database *)(uintptr_t)address
               : NULL;
}

/* ---- connections ---- */

static enum dc_status fail(struct dc_err *err, enum dc_status status, const char *what,
                           const struct dc_mem_fault *fault)
{
    dc_err_set(err, status, "could not %s: %s", what, dc_status_name(status));
    if (err != NULL && fault != NULL && fault->sqlstate != NULL) {
        snprintf(err->sqlstate, sizeof err->sqlstate, "%s", fault->sqlstate);
        err->native_code = fault->native_code;
    }
    return status;
}

static enum dc_status mem_open(const struct dc_source *source, const char *password,
                               struct dc_connector_connection **out, struct dc_err *err)
{
    const struct dc_mem_database *database = database_at(source->connection);
    struct mem *mem;

    if (database == NULL) {
        return dc_err_set(err, DC_ERR_CONNECT,
                          "could not connect: not the address of a database in memory");
    }
    if (database->at_open != DC_OK) {
        return fail(err, database->at_open, "connect", NULL);
    }
    if (database->password != NULL &&
        (password == NULL || strcmp(password, database->password) != 0)) {
        return dc_err_set(err, DC_ERR_CONNECT, "could not connect: wrong password");
    }
    mem = dc_alloc(1, sizeof *mem);
    mem->base.class_ = &dc_mem_connector;
    mem->database = database;
    mem->n_begun = dc_alloc(database->n_tables + 1, sizeof *mem->n_begun);
    mem->n_broken = dc_alloc(database->n_tables + 1, sizeof *mem->n_broken);
    pthread_mutex_init(&mem->lock, NULL);
    pthread_cond_init(&mem->wake, NULL);
    *out = &mem->base;
    return DC_OK;
}

static void end_sample(struct mem *mem)
{
    free(mem->memory);
    free(mem->lengths);
    free(mem->columns);
    mem->memory = NULL;
    mem->lengths = NULL;
    mem->columns = NULL;
    mem->table = NULL;
}

static void mem_close(struct dc_connector_connection *connection)
{
    struct mem *mem = cast(connection);

    end_sample(mem);
    pthread_mutex_destroy(&mem->lock);
    pthread_cond_destroy(&mem->wake);
    free(mem->n_begun);
    free(mem->n_broken);
    free(mem);
}

static enum dc_status mem_info(struct dc_connector_connection *connection, struct dc_odbc_info *out,
                               struct dc_err *err)
{
    const struct dc_mem_database *database = cast(connection)->database;
    struct dc_odbc_info info = {
        .dbms_version = "1", .driver_name = "mem", .identifier_quote = "\""};

    (void)err;
    snprintf(info.dbms_name, sizeof info.dbms_name, "%s",
             database->dbms_name != NULL ? database->dbms_name : "Memory");
    snprintf(info.user_name, sizeof info.user_name, "%s",
             database->user_name != NULL ? database->user_name : "");
    *out = info;
    return DC_OK;
}

static enum dc_status mem_begin_session(struct dc_connector_connection *connection,
                                        const struct dc_dialect *dialect,
                                        const struct dc_limits *limits, bool *read_only,
                                        struct dc_err *err)
{
    (void)dialect;
    (void)limits;
    (void)err;
    *read_only = !cast(connection)->database->writable;
    return DC_OK;
}

/* ---- catalogue ---- */

static void add_table(struct dc_catalog *catalog, const struct dc_mem_table *from)
{
    struct dc_table *table = dc_catalog_add_table(catalog, from->catalog, from->schema,
                                                  from->name != NULL ? from->name : "",
                                                  from->comment, from->kind);

    table->rows_estimated = from->rows_unknown ? -1 : (int64_t)from->n_rows;
    table->skip_reason = from->skip_reason;
    for (size_t i = 0; i < from->n_columns; i++) {
        const struct dc_mem_column *source = &from->columns[i];
        struct dc_column *column = dc_table_add_column(
            catalog, table, source->name, source->comment, source->type_name, source->type);

        column->primary_key = source->primary_key;
        column->unreadable = source->unreadable;
        column->ref_schema = source->ref_schema;
        column->ref_table = source->ref_table;
        column->ref_column = source->ref_column;
    }
}

static enum dc_status mem_list(struct dc_connector_connection *connection,
                               const struct dc_source *source, struct dc_catalog *catalog,
                               struct dc_err *err)
{
    struct mem *mem = cast(connection);

    (void)source;
    dc_connector_sent(&mem->base, "(list)");
    if (mem->database->at_list != DC_OK) {
        return fail(err, mem->database->at_list, "list tables", NULL);
    }
    for (size_t i = 0; i < mem->database->n_tables; i++) {
        add_table(catalog, &mem->database->tables[i]);
    }
    return DC_OK;
}

/* ---- samples ---- */

static bool same(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static const struct dc_mem_table *find_table(const struct dc_mem_database *database,
                                             const struct dc_table *wanted)
{
    for (size_t i = 0; i < database->n_tables; i++) {
        const struct dc_mem_table *table = &database->tables[i];

        if (same(table->name, wanted->name) && same(table->schema, wanted->schema) &&
            same(table->catalog, wanted->catalog)) {
            return table;
        }
    }
    return NULL;
}

static bool refuses(struct mem *mem, const struct dc_mem_table *table)
{
    int *n = &mem->n_begun[table - mem->database->tables];

    ++*n;
    return table->fault.at_begin != DC_OK &&
           (table->fault.n_begins == 0 || *n <= table->fault.n_begins);
}

static void lay_out(struct mem *mem, const struct dc_sample_request *request)
{
    size_t size = 1, n = request->n_selected;
    char *data;

    for (size_t i = 0; i < n; i++) {
        size += BLOCK_ROWS * (request->value_bytes[i] + 1);
    }
    mem->memory = data = dc_alloc(size, 1);
    mem->lengths = dc_alloc(BLOCK_ROWS * n + 1, sizeof *mem->lengths);
    mem->columns = dc_alloc(n + 1, sizeof *mem->columns);
    for (size_t i = 0; i < n; i++) {
        size_t stride = request->value_bytes[i] + 1;

        mem->columns[i] = (struct dc_block_column){data, stride, mem->lengths + i * BLOCK_ROWS,
                                                   true};
        data += BLOCK_ROWS * stride;
    }
}

static enum dc_status mem_sample_begin(struct dc_connector_connection *connection,
                                       const struct dc_sample_request *request, struct dc_err *err)
{
    struct mem *mem = cast(connection);
    const struct dc_mem_table *table = find_table(mem->database, request->table);

    dc_connector_sent(&mem->base, request->statement);
    if (mem->lost) {
        return fail(err, DC_ERR_LOST, "run the statement", NULL);
    }
    if (table == NULL) {
        return dc_err_set(err, DC_ERR_READ, "could not run the statement: no such table");
    }
    if (refuses(mem, table)) {
        mem->lost = table->fault.at_begin == DC_ERR_LOST;
        return fail(err, table->fault.at_begin, "run the statement", &table->fault);
    }
    mem->table = table;
    mem->selected = request->selected;
    mem->value_bytes = request->value_bytes;
    mem->n_selected = request->n_selected;
    mem->timeout = (double)request->timeout_seconds;
    mem->next_row = mem->n_blocks = 0;
    mem->end_row = table->n_rows;
    if (request->max_rows > 0 && (size_t)request->max_rows < mem->end_row) {
        mem->end_row = (size_t)request->max_rows;
    }
    lay_out(mem, request);
    return DC_OK;
}

/* Takes the time a block takes; tells how it ended. */
static enum dc_status pass_time(struct mem *mem)
{
    double wait = mem->table->fault.seconds;
    enum dc_status status = DC_OK;
    struct timespec until;
    int64_t nanoseconds;

    if (wait > mem->timeout) {
        wait = mem->timeout;
        status = DC_ERR_TIMEOUT;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    nanoseconds = until.tv_nsec + (int64_t)(wait * 1e9);
    until.tv_sec += (time_t)(nanoseconds / 1000000000);
    until.tv_nsec = (long)(nanoseconds % 1000000000);
    pthread_mutex_lock(&mem->lock);
    while (wait > 0 && !mem->cancelled) {
        if (pthread_cond_timedwait(&mem->wake, &mem->lock, &until) != 0) {
            break;
        }
    }
    if (mem->cancelled) {
        status = DC_ERR_CANCELLED;
        mem->cancelled = false;
    }
    pthread_mutex_unlock(&mem->lock);
    return status;
}

static const char *cell_at(const struct dc_mem_table *table, size_t row, size_t column,
                           char *buffer)
{
    if (table->cell != NULL) {
        return table->cell(table->user, row, column, buffer, MAX_CELL);
    }
    return table->cells[row * table->n_columns + column];
}

static void fill_row(struct mem *mem, size_t row, size_t place)
{
    char buffer[MAX_CELL];

    for (size_t i = 0; i < mem->n_selected; i++) {
        const char *text = cell_at(mem->table, row, mem->selected[i], buffer);
        size_t size = text != NULL ? strlen(text) : 0;
        size_t room = mem->value_bytes[i] < size ? mem->value_bytes[i] : size;

        mem->lengths[i * BLOCK_ROWS + place] = text != NULL ? (int64_t)size : DC_CELL_NULL;
        if (text != NULL) {
            memcpy(mem->memory + (mem->columns[i].data - mem->memory) +
                       place * mem->columns[i].stride,
                   text, room);
        }
    }
}

static bool breaks(struct mem *mem)
{
    const struct dc_mem_fault *fault = &mem->table->fault;
    int *n = &mem->n_broken[mem->table - mem->database->tables];

    if (fault->at_block == DC_OK || mem->n_blocks != fault->block ||
        (fault->n_blocks > 0 && *n >= fault->n_blocks)) {
        return false;
    }
    ++*n;
    return true;
}

static enum dc_fetch mem_sample_next(struct dc_connector_connection *connection,
                                     struct dc_block *out, struct dc_err *err)
{
    struct mem *mem = cast(connection);
    const struct dc_mem_fault *fault = &mem->table->fault;
    enum dc_status status = pass_time(mem);
    size_t n = 0;

    if (status == DC_OK && breaks(mem)) {
        status = fault->at_block;
    }
    if (status != DC_OK) {
        mem->lost = mem->lost || status == DC_ERR_LOST;
        fail(err, status, "fetch rows", fault);
        return DC_FETCH_ERROR;
    }
    if (mem->next_row == mem->end_row) {
        return DC_FETCH_END;
    }
    for (; n < BLOCK_ROWS && mem->next_row < mem->end_row; n++) {
        fill_row(mem, mem->next_row++, n);
    }
    mem->n_blocks++;
    *out = (struct dc_block){n, mem->n_selected, mem->columns};
    return DC_FETCH_ROWS;
}

static void mem_sample_end(struct dc_connector_connection *connection)
{
    end_sample(cast(connection));
}

static void mem_cancel(struct dc_connector_connection *connection)
{
    struct mem *mem = cast(connection);

    pthread_mutex_lock(&mem->lock);
    mem->cancelled = true;
    pthread_cond_signal(&mem->wake);
    pthread_mutex_unlock(&mem->lock);
}

static enum dc_status mem_texts(struct dc_connector_connection *connection, const char *sql,
                                int64_t timeout_seconds, size_t max_rows, struct dc_arena *arena,
                                struct dc_text_rows *out, struct dc_err *err)
{
    struct mem *mem = cast(connection);

    (void)timeout_seconds;
    (void)arena;
    dc_connector_sent(&mem->base, sql);
    if (mem->database->answer == NULL) {
        return fail(err, DC_ERR_READ, "run the statement", NULL);
    }
    *out = *mem->database->answer;
    out->n_rows = out->n_rows < max_rows ? out->n_rows : max_rows;
    return DC_OK;
}

const struct dc_connector_class dc_mem_connector = {
    .name = "mem",
    .open = mem_open,
    .close = mem_close,
    .info = mem_info,
    .begin_session = mem_begin_session,
    .list = mem_list,
    .sample_begin = mem_sample_begin,
    .sample_next = mem_sample_next,
    .sample_end = mem_sample_end,
    .cancel = mem_cancel,
    .texts = mem_texts,
};
