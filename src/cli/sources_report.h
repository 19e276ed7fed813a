/* dcscan sources: what is told of drivers, data sources and sources, as text or JSON. */
#ifndef DCSCAN_SRC_CLI_SOURCES_REPORT_H
#define DCSCAN_SRC_CLI_SOURCES_REPORT_H

#include "session.h"

/* A driver with its library, or a data source with its driver. */
struct sources_known {
    const char *name, *what;
    bool missing; /* the library is a path where there is no file */
};
struct sources_known_list {
    struct dc_arena *arena;
    struct sources_known *items;
    size_t n_items, capacity;
};
struct sources_listing {
    struct sources_known_list drivers, dsns;
    const struct dc_config *config; /* or NULL */
};

/* What a test of a source found out; NULL and 0 where it did not get so far. */
struct sources_tested {
    const struct dc_source *source;
    struct dc_err err; /* status DC_OK: it serves */
    bool connected;
    struct dc_odbc_info info;
    const char *dialect, *dialect_reason, *read_only, *warning;
    struct dc_login_rights rights;
    struct dc_examination found;
    bool listed, window_open;
    int64_t n_tables, n_columns, n_unreadable;
};

void sources_list_text(const struct sources_listing *listing);
void sources_list_json(const struct sources_listing *listing);
void sources_test_text(const struct sources_tested *tested);
/* All of them as one array. */
void sources_test_json(const struct sources_tested *tested, size_t n);

#endif
