/*
 * dcscan.yaml: the sources and settings of an installation. Keys: README.md, "Configuration".
 */
#ifndef DCSCAN_CONFIG_H
#define DCSCAN_CONFIG_H

#include "dcscan/source.h"
#include "dcscan/status.h"
#include "dcscan/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Immutable once loaded. Texts live as long as the configuration; NULL or 0 where a key is absent. */
struct dc_config {
    struct dc_arena *arena;
    const char *path; /* the file read */
    struct dc_source *sources;
    size_t n_sources;
    struct dc_limits limits;      /* for sources that do not set their own */
    bool require_read_only;       /* the same */
    const char *store;            /* path or "odbc:…" */
    int64_t keep_runs, keep_days; /* which runs stay in the store: struct dc_store_keep */
    const char *lang;             /* "zh" or "en" */
    const char *taxonomy;         /* main taxonomy file */
    struct dc_texts overlays;     /* taxonomy overlays */
    struct dc_texts outputs;      /* report files */
    const char *security_label;   /* in the header of printed pages */
    int64_t jobs;
    int64_t seed;
};

/*
 * Reads a configuration file. Relative paths in it are taken from the file's folder. All complaints are collected; any gives
 * DC_ERR_CONFIG.
 */
enum dc_status dc_config_load(const char *path, struct dc_config **out,
                              struct dc_complaints *complaints, struct dc_err *err);
void dc_config_destroy(struct dc_config *config);
/*
 * The first that exists of ./dcscan.yaml, $XDG_CONFIG_HOME/dcscan/dcscan.yaml (else ~/.config/…), /etc/dcscan/dcscan.yaml; NULL
 * when there is none. Release with free().
 */
char *dc_config_find(void);
const struct dc_source *dc_config_source(const struct dc_config *config,
                                         const char *name); /* or NULL */

/* Whether an ODBC connection string carries a password (PWD or Password key). */
bool dc_connection_string_has_password(const char *connection);
/*
 * A source for what was named on the command line: a connection string (it has "=") or a DSN. Its name comes from the Database, the
 * file name of the database, or the DSN. Texts go into `arena`.
 */
struct dc_source dc_source_from_text(struct dc_arena *arena, const char *text);

#ifdef __cplusplus
}
#endif
#endif
