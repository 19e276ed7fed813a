/*
 * A source: one database login as the user named it, with what only the user can tell about it.
 */
#ifndef DCSCAN_SOURCE_H
#define DCSCAN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What no database can tell and every filing asks for (MIIT measures art. 12, network data regulations art. 33; T/WHCSA 003-2024
 * 5.1 to 5.3). Keys of `about:` in dcscan.yaml, in this order; all optional.
 */
enum dc_about {
    DC_ABOUT_SYSTEM,     /* system: 系统 */
    DC_ABOUT_PLANT,      /* plant: 工厂 */
    DC_ABOUT_DEPARTMENT, /* department: 责任部门 */
    DC_ABOUT_OWNER,      /* owner: 责任人 */
    DC_ABOUT_CONTACT,    /* contact: 联系方式 */
    DC_ABOUT_PURPOSE,    /* purpose: 处理目的 */
    DC_ABOUT_MANNER,     /* manner: 处理方式 */
    DC_ABOUT_SCOPE,      /* scope: 使用范围 */
    DC_ABOUT_RETENTION,  /* retention: 保存期限 */
    DC_ABOUT_STORAGE,    /* storage: 存储地点 */
    DC_ABOUT_SHARING,    /* sharing: 对外共享 */
    DC_ABOUT_EXPORT,     /* export: 出境 */
    DC_ABOUT_PROTECTION, /* protection: 安全保护措施 */
    DC_ABOUT_MLPS,       /* mlps: 等保级别 */
    DC_N_ABOUT
};

/* "system", "plant" …: the key in the configuration. */
const char *dc_about_key(enum dc_about about);

enum dc_secret_kind {
    DC_SECRET_NONE,
    DC_SECRET_FILE,
    DC_SECRET_ENV,
    DC_SECRET_COMMAND,
    DC_SECRET_STDIN
};

/* Where a password comes from; never the password itself. */
struct dc_secret {
    enum dc_secret_kind kind;
    const char *value; /* path, variable name or command line */
};

/*
 * A time of the day within which a source may be read, in minutes since midnight, local time of the machine that scans. `from` is
 * in it, `to` is not; with from > to it crosses midnight. Both 0: none, always open.
 */
struct dc_window {
    int32_t from; /* 0 to 1439 */
    int32_t to;   /* 0 to 1440 */
};

#define DC_MINUTES_A_DAY 1440

/* Bounds on what is asked of a source. 0 = the default. */
struct dc_limits {
    int64_t sample_rows;     /* rows per table; default 1000 */
    int64_t value_bytes;     /* bytes kept of one value; default 256 */
    int64_t table_bytes;     /* bytes read per table; default 64 MiB */
    int64_t table_seconds;   /* statement time-out per table; default 30 */
    int64_t connect_seconds; /* login time-out; default 15 */
    int64_t
        reconnect_seconds; /* how long a source that goes away in mid-scan is waited for; default 120 */
    int64_t pause_milliseconds; /* between tables; default 0 */
    int64_t connections;        /* opened to this source at once; default 1 */
    /* Budgets of the whole source, catalogue included; default 0: none. No table is begun when one is used up. */
    int64_t source_seconds, source_rows, source_bytes;
    struct dc_window window; /* default: always */
};

#define DC_DEFAULT_SAMPLE_ROWS       1000
#define DC_DEFAULT_VALUE_BYTES       256
#define DC_DEFAULT_TABLE_BYTES       (64 * 1024 * 1024)
#define DC_DEFAULT_TABLE_SECONDS     30
#define DC_DEFAULT_CONNECT_SECONDS   15
#define DC_DEFAULT_RECONNECT_SECONDS 120
#define DC_DEFAULT_CONNECTIONS       1

/* All texts live as long as the configuration they were read from. */
struct dc_source {
    const char *name;      /* the `source` of every finding; unique within a run */
    const char *connector; /* connector class, "odbc" unless told otherwise */
    const char *dsn;       /* one of dsn and connection is set */
    const char *
        connection; /* ODBC connection string; may hold a password, so it is never printed or logged */
    const char *user;
    struct dc_secret secret;
    const char *encoding; /* of the driver's texts, as iconv names it ("GB18030"); NULL: UTF-8 */
    const char *dialect;  /* name of a dialect, or NULL: recognised from the driver */
    const char *const *include; /* globs on [catalog.]schema.table; none = everything */
    size_t n_include;
    const char *const *exclude;
    size_t n_exclude;
    const char *about[DC_N_ABOUT]; /* NULL where not given */
    struct dc_limits limits;
    bool require_read_only; /* not opened unless it is proven that its login cannot write */
};

/* `limits` with defaults put in for zeros. */
struct dc_limits dc_limits_effective(const struct dc_limits *limits);

/* Reads "22:00-05:00" (24:00 is the end of a day). False, with *out untouched, when the text is no window or is of no length. */
bool dc_window_parse(const char *text, struct dc_window *out);
/* Whether a minute of the day lies in the window; always true when there is none. */
bool dc_window_contains(const struct dc_window *window, int32_t minute);
#define DC_WINDOW_TEXT_SIZE 16
/* "22:00-05:00"; "" when there is none. Returns out. */
const char *dc_window_text(const struct dc_window *window, char out[DC_WINDOW_TEXT_SIZE]);

/*
 * Whether the globs of the source let a table in. A glob without dots is matched against the table, with one dot against
 * schema.table (catalog.table where there is no schema), with two against catalog.schema.table. exclude wins over include.
 */
bool dc_source_includes(const struct dc_source *source, const char *catalog, const char *schema,
                        const char *table);

#ifdef __cplusplus
}
#endif
#endif
