/*
 * bare_fetch: what the drivers alone cost. The denominator of every figure of speed.
 *
 * Runs the same statements as a scan, through the same drivers, with the block cursor that the drivers like best (64 rows,
 * 256-byte SQL_C_CHAR buffers, bound by column), touches every value (length, first and last byte) and throws it away.
 * Names and types are not asked for: a scan takes them from the catalogue, once.
 *
 * Sources file:    NAME<TAB>CONNECTION_STRING<TAB>USER<TAB>PASSWORD_FILE   (the last two may be missing)
 * Statements file: NAME<TAB>STATEMENT                                      (as dcscan writes it)
 * Output:          a line a source, tab-separated, under a heading
 */
#include <dlfcn.h>
#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sql.h>
#include <sqlext.h>

#define N_ROWS                  64
#define CELL_SIZE               256
#define MAX_CONNECTIONS         64
#define SQLITE_CONFIG_MEMSTATUS 9

struct options {
    const char *sources, *statements;
    int n_connections;
    bool memstatus_off;
};

struct lines {
    char **items;
    size_t n_items, capacity;
};

struct source {
    char *name, *connection, *user, *password_file; /* the last two may be NULL */
};

/* What one connection fetched. */
struct tally {
    size_t n_statements, n_failed, n_rows, n_cells, n_bytes, n_nulls;
    unsigned long checksum; /* keeps the compiler from leaving the touching out */
};

/* One connection with its buffers, which grow to the widest statement. */
struct fetcher {
    SQLHDBC connection;
    SQLHSTMT statement;
    SQLULEN n_fetched;
    char *cells;     /* column c, row r: cells + (c * N_ROWS + r) * CELL_SIZE */
    SQLLEN *lengths; /* lengths[c * N_ROWS + r] */
    size_t n_columns;
};

/* The work on one source, shared by its connections. */
struct job {
    SQLHENV environment;
    const struct source *source;
    const char *password;
    const struct lines *statements; /* of this source alone */
    atomic_size_t next;
    pthread_mutex_t lock; /* of what follows */
    struct tally tally;
    double connect_seconds; /* the longest */
    bool could_not_connect;
};

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void *must(void *memory)
{
    if (memory == NULL) {
        fputs("bare_fetch: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

static void lines_add(struct lines *lines, const char *text)
{
    if (lines->n_items == lines->capacity) {
        lines->capacity = lines->capacity ? lines->capacity * 2 : 64;
        lines->items = must(realloc(lines->items, lines->capacity * sizeof *lines->items));
    }
    lines->items[lines->n_items++] = must(strdup(text));
}

static void lines_done(struct lines *lines)
{
    for (size_t i = 0; i < lines->n_items; i++)
        free(lines->items[i]);
    free(lines->items);
    *lines = (struct lines){0};
}

/* Lines without their ends; empty ones and comments (#) are left out. */
static bool lines_read(struct lines *lines, const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fprintf(stderr, "bare_fetch: could not read \"%s\": %s\n", path, strerrordesc_np(errno));
        return false;
    }
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, file) >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] != '\0' && line[0] != '#')
            lines_add(lines, line);
    }
    free(line);
    fclose(file);
    return true;
}

/* Cuts the line into up to four fields, in place; a missing or empty field is NULL. */
static struct source source_parse(char *line)
{
    char *fields[4] = {NULL};
    for (size_t i = 0; i < 4 && line != NULL; i++) {
        char *field = strsep(&line, "\t");
        fields[i] = field[0] != '\0' ? field : NULL;
    }
    return (struct source){fields[0], fields[1], fields[2], fields[3]};
}

/* The statements of one source. */
static struct lines statements_of(const struct lines *all, const char *name)
{
    struct lines mine = {0};
    size_t length = strlen(name);
    for (size_t i = 0; i < all->n_items; i++) {
        const char *line = all->items[i];
        if (strncmp(line, name, length) == 0 && line[length] == '\t')
            lines_add(&mine, line + length + 1);
    }
    return mine;
}

static void print_diagnostics(const char *what, SQLSMALLINT type, SQLHANDLE handle)
{
    SQLCHAR state[6], text[512];
    SQLINTEGER native;
    SQLSMALLINT length;
    for (SQLSMALLINT i = 1;
         SQL_SUCCEEDED(SQLGetDiagRec(type, handle, i, state, &native, text, sizeof text, &length));
         i++)
        fprintf(stderr, "bare_fetch: %s: [%s] %s\n", what, (char *)state, (char *)text);
}

/* A password may hold any character, so it goes in braces with its own closing braces doubled. */
static char *login_of(const struct source *source, const char *password)
{
    size_t size = strlen(source->connection) + 64 + (source->user ? strlen(source->user) : 0) +
                  2 * strlen(password);
    char *login = must(malloc(size));
    int used = snprintf(login, size, "%s", source->connection);
    if (source->user != NULL)
        used += snprintf(login + used, size - (size_t)used, ";UID=%s;PWD={", source->user);
    if (source->user != NULL) {
        char *out = login + used;
        for (const char *in = password; *in != '\0'; in++) {
            *out++ = *in;
            if (*in == '}')
                *out++ = '}';
        }
        memcpy(out, "}", 2);
    }
    return login;
}

static bool fetcher_open(struct fetcher *fetcher, const struct job *job)
{
    char *login = login_of(job->source, job->password);
    SQLAllocHandle(SQL_HANDLE_DBC, job->environment, &fetcher->connection);
    SQLRETURN rc = SQLDriverConnect(fetcher->connection, NULL, (SQLCHAR *)login, SQL_NTS, NULL, 0,
                                    NULL, SQL_DRIVER_NOPROMPT);
    explicit_bzero(login, strlen(login));
    free(login);
    if (!SQL_SUCCEEDED(rc)) {
        print_diagnostics(job->source->name, SQL_HANDLE_DBC, fetcher->connection);
        return false;
    }
    SQLAllocHandle(SQL_HANDLE_STMT, fetcher->connection, &fetcher->statement);
    SQLSetStmtAttr(fetcher->statement, SQL_ATTR_ROW_BIND_TYPE, SQL_BIND_BY_COLUMN, 0);
    SQLSetStmtAttr(fetcher->statement, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)(uintptr_t)N_ROWS, 0);
    SQLSetStmtAttr(fetcher->statement, SQL_ATTR_ROWS_FETCHED_PTR, &fetcher->n_fetched, 0);
    return true;
}

static void fetcher_close(struct fetcher *fetcher)
{
    if (fetcher->statement != NULL)
        SQLFreeHandle(SQL_HANDLE_STMT, fetcher->statement);
    SQLDisconnect(fetcher->connection);
    SQLFreeHandle(SQL_HANDLE_DBC, fetcher->connection);
    free(fetcher->cells);
    free(fetcher->lengths);
}

static void fetcher_bind(struct fetcher *fetcher, size_t n_columns)
{
    if (n_columns > fetcher->n_columns) {
        fetcher->cells = must(realloc(fetcher->cells, n_columns * N_ROWS * CELL_SIZE));
        fetcher->lengths = must(
            realloc(fetcher->lengths, n_columns * N_ROWS * sizeof *fetcher->lengths));
        fetcher->n_columns = n_columns;
    }
    for (size_t c = 0; c < n_columns; c++)
        SQLBindCol(fetcher->statement, (SQLUSMALLINT)(c + 1), SQL_C_CHAR,
                   fetcher->cells + c * N_ROWS * CELL_SIZE, CELL_SIZE,
                   fetcher->lengths + c * N_ROWS);
}

static void touch_block(const struct fetcher *fetcher, size_t n_columns, struct tally *tally)
{
    for (size_t c = 0; c < n_columns; c++) {
        const char *cell = fetcher->cells + c * N_ROWS * CELL_SIZE;
        for (size_t r = 0; r < fetcher->n_fetched; r++, cell += CELL_SIZE) {
            SQLLEN length = fetcher->lengths[c * N_ROWS + r];
            if (length == SQL_NULL_DATA) {
                tally->n_nulls++;
                continue;
            }
            if (length < 0 || length >= CELL_SIZE) /* cut, or too long to be told */
                length = CELL_SIZE - 1;
            tally->n_bytes += (size_t)length;
            if (length > 0)
                tally->checksum += (unsigned char)cell[0] + 257UL * (unsigned char)cell[length - 1];
        }
    }
    tally->n_rows += fetcher->n_fetched;
    tally->n_cells += fetcher->n_fetched * n_columns;
}

static SQLRETURN fetch_blocks(struct fetcher *fetcher, struct tally *tally)
{
    SQLSMALLINT n_columns = 0;
    SQLRETURN rc = SQLNumResultCols(fetcher->statement, &n_columns);
    if (!SQL_SUCCEEDED(rc) || n_columns <= 0)
        return rc;
    fetcher_bind(fetcher, (size_t)n_columns);
    while (SQL_SUCCEEDED(rc = SQLFetch(fetcher->statement)))
        touch_block(fetcher, (size_t)n_columns, tally);
    return rc;
}

static void fetch_statement(struct fetcher *fetcher, const char *sql, struct tally *tally)
{
    SQLRETURN rc = SQLExecDirect(fetcher->statement, (SQLCHAR *)(uintptr_t)sql, SQL_NTS);
    if (SQL_SUCCEEDED(rc))
        rc = fetch_blocks(fetcher, tally);
    tally->n_statements++;
    if (!SQL_SUCCEEDED(rc) && rc != SQL_NO_DATA) {
        tally->n_failed++;
        print_diagnostics(sql, SQL_HANDLE_STMT, fetcher->statement);
    }
    SQLFreeStmt(fetcher->statement, SQL_CLOSE);
    SQLFreeStmt(fetcher->statement, SQL_UNBIND);
}

static void job_add(struct job *job, const struct tally *tally, double connect_seconds,
                    bool connected)
{
    pthread_mutex_lock(&job->lock);
    job->tally.n_statements += tally->n_statements;
    job->tally.n_failed += tally->n_failed;
    job->tally.n_rows += tally->n_rows;
    job->tally.n_cells += tally->n_cells;
    job->tally.n_bytes += tally->n_bytes;
    job->tally.n_nulls += tally->n_nulls;
    job->tally.checksum += tally->checksum;
    if (connect_seconds > job->connect_seconds)
        job->connect_seconds = connect_seconds;
    job->could_not_connect |= !connected;
    pthread_mutex_unlock(&job->lock);
}

static void *run_connection(void *argument)
{
    struct job *job = argument;
    struct fetcher fetcher = {0};
    struct tally tally = {0};
    double start = now();
    bool connected = fetcher_open(&fetcher, job);
    double connect_seconds = now() - start;
    size_t i;
    while (connected && (i = atomic_fetch_add(&job->next, 1)) < job->statements->n_items)
        fetch_statement(&fetcher, job->statements->items[i], &tally);
    fetcher_close(&fetcher);
    job_add(job, &tally, connect_seconds, connected);
    return NULL;
}

/* First line of the file, "" without one; NULL when it cannot be read. Wipe and free. */
static char *read_password(const char *path)
{
    struct lines lines = {0};
    if (path == NULL)
        return must(strdup(""));
    if (!lines_read(&lines, path))
        return NULL;
    char *password = must(strdup(lines.n_items > 0 ? lines.items[0] : ""));
    if (lines.n_items > 0)
        explicit_bzero(lines.items[0], strlen(lines.items[0]));
    lines_done(&lines);
    return password;
}

static void print_job(const struct job *job, double seconds)
{
    const struct tally *t = &job->tally;
    printf("%s\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\t%lx\t%.4f\t%.4f\n", job->source->name,
           t->n_statements, t->n_failed, t->n_rows, t->n_cells, t->n_nulls, t->n_bytes, t->checksum,
           job->connect_seconds, seconds);
    fflush(stdout);
}

static bool run_source(SQLHENV environment, const struct source *source,
                       const struct lines *statements, int n_connections)
{
    char *password = read_password(source->password_file);
    if (password == NULL)
        return false;
    struct lines mine = statements_of(statements, source->name);
    struct job job = {
        .environment = environment, .source = source, .password = password, .statements = &mine};
    pthread_mutex_init(&job.lock, NULL);
    pthread_t threads[MAX_CONNECTIONS];
    int n_started = 0;
    double start = now();
    while (n_started < n_connections &&
           pthread_create(&threads[n_started], NULL, run_connection, &job) == 0)
        n_started++;
    for (int i = 0; i < n_started; i++)
        pthread_join(threads[i], NULL);
    print_job(&job, now() - start);
    pthread_mutex_destroy(&job.lock);
    lines_done(&mine);
    explicit_bzero(password, strlen(password));
    free(password);
    return n_started == n_connections && !job.could_not_connect && job.tally.n_failed == 0;
}

/*
 * Allocation statistics of SQLite take a lock of the whole process for every value its ODBC driver copies. Has to be
 * called before the driver loads the same library.
 */
static void sqlite_memstatus_off(void)
{
    void *library = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_GLOBAL);
    void *symbol = library ? dlsym(library, "sqlite3_config") : NULL;
    int (*config)(int, ...);
    if (symbol == NULL)
        return;
    memcpy(&config, &symbol, sizeof config);
    config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool run(const struct options *options)
{
    struct lines sources = {0}, statements = {0};
    bool good = lines_read(&sources, options->sources) &&
                lines_read(&statements, options->statements);
    if (options->memstatus_off)
        sqlite_memstatus_off();
    SQLHENV environment = NULL;
    SQLAllocHandle(SQL_HANDLE_ENV, NULL, &environment);
    SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)(uintptr_t)SQL_OV_ODBC3, 0);
    puts("source\tstatements\tfailed\trows\tcells\tnulls\tbytes\tchecksum\tconnect_s\ttotal_s");
    for (size_t i = 0; good && i < sources.n_items; i++) {
        struct source source = source_parse(sources.items[i]);
        if (source.name != NULL && source.connection != NULL)
            good &= run_source(environment, &source, &statements, options->n_connections);
    }
    SQLFreeHandle(SQL_HANDLE_ENV, environment);
    lines_done(&sources);
    lines_done(&statements);
    return good;
}

static bool options_parse(int argc, char **argv, struct options *options)
{
    static const struct option known[] = {{"sources", required_argument, NULL, 's'},
                                          {"statements", required_argument, NULL, 't'},
                                          {"connections", required_argument, NULL, 'c'},
                                          {"memstatus-off", no_argument, NULL, 'm'},
                                          {NULL, 0, NULL, 0}};
    int letter;
    while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (letter) {
        case 's':
            options->sources = optarg;
            break;
        case 't':
            options->statements = optarg;
            break;
        case 'c':
            options->n_connections = (int)strtol(optarg, NULL, 10);
            break;
        case 'm':
            options->memstatus_off = true;
            break;
        default:
            return false;
        }
    }
    return options->sources && options->statements && optind == argc &&
           options->n_connections >= 1 && options->n_connections <= MAX_CONNECTIONS;
}

int main(int argc, char **argv)
{
    struct options options = {.n_connections = 1};
    if (!options_parse(argc, argv, &options)) {
        fputs("usage: bare_fetch --sources FILE --statements FILE [--connections 1..64] "
              "[--memstatus-off]\n",
              stderr);
        return 2;
    }
    return run(&options) ? 0 : 1;
}
