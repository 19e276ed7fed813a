#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dcscan/text.h"
#include "sources_report.h"

enum { NAME_WIDTH = 24, LABEL_WIDTH = 12 };

static void print_padded(const char *text, size_t width)
{
    size_t used = dc_utf8_width(text);

    printf("  %s%*s", text, used < width ? (int)(width - used) : 1, "");
}

static void list_known(const char *title, const struct sources_known_list *list)
{
    printf("%s:%s\n", title, list->n_items == 0 ? " none" : "");
    for (size_t i = 0; i < list->n_items; i++) {
        print_padded(list->items[i].name, NAME_WIDTH);
        printf("%s%s\n", list->items[i].what, list->items[i].missing ? " (missing)" : "");
    }
}

/* Where the password of a source comes from; never more of it. */
static const char *secret_of(const struct dc_source *source)
{
    static const char *const words[] = {[DC_SECRET_NONE] = "none of its own",
                                        [DC_SECRET_FILE] = "from a file",
                                        [DC_SECRET_ENV] = "from the environment",
                                        [DC_SECRET_COMMAND] = "from a command",
                                        [DC_SECRET_STDIN] = "from standard input"};

    return words[source->secret.kind];
}

void sources_list_text(const struct sources_listing *listing)
{
    const struct dc_config *config = listing->config;
    char window[DC_WINDOW_TEXT_SIZE];

    list_known("drivers", &listing->drivers);
    list_known("data sources", &listing->dsns);
    if (config == NULL) {
        puts("sources: no configuration found");
        return;
    }
    printf("sources of %s:%s\n", config->path, config->n_sources == 0 ? " none" : "");
    for (size_t i = 0; i < config->n_sources; i++) {
        const struct dc_source *source = &config->sources[i];
        const char *system = source->about[DC_ABOUT_SYSTEM];

        print_padded(source->name, NAME_WIDTH);
        /* A connection string may hold a password, so only its presence is shown. */
        printf("%s%s, login %s, password %s", source->dsn != NULL ? "DSN " : "connection string",
               source->dsn != NULL ? source->dsn : "",
               source->user != NULL ? source->user : "of the driver", secret_of(source));
        printf("%s%s", system != NULL ? ", system " : "", system != NULL ? system : "");
        printf("%s%s\n", source->limits.window.from != source->limits.window.to ? ", window " : "",
               dc_window_text(&source->limits.window, window));
    }
}

static void print_label(const char *label)
{
    print_padded(label, LABEL_WIDTH);
}

static const char *can_write_text(const struct dc_login_rights *rights)
{
    static const char *const texts[] = {
        [DC_WRITE_UNKNOWN] = "the DBMS does not tell whether the login can write",
        [DC_WRITE_NO] = "the login cannot write",
        [DC_WRITE_YES] = "the login can write: ",
        [DC_WRITE_NO_LOGIN] = "a file, there are no logins",
    };

    return texts[rights->can_write];
}

static void print_connection(const struct sources_tested *tested)
{
    const struct dc_odbc_info *info = &tested->info;
    const struct dc_examination *found = &tested->found;

    print_label("server");
    printf("%s %s through %s %s\n", info->dbms_name, info->dbms_version, info->driver_name,
           info->driver_version);
    print_label("login");
    printf("%s\n", info->user_name[0] != '\0' ? info->user_name : "-");
    print_label("dialect");
    printf("%s: %s\n", tested->dialect, tested->dialect_reason);
    print_label("read only");
    printf("%s%s; %s%s\n", strcmp(tested->read_only, "none") == 0 ? "not asserted" : "by ",
           strcmp(tested->read_only, "none") == 0 ? "" : tested->read_only,
           can_write_text(&tested->rights), tested->rights.writes);
    print_label("encoding");
    if (found->database_encoding[0] != '\0') {
        printf("%s in the database, %s on the way\n", found->database_encoding,
               found->connection_encoding[0] != '\0' ? found->connection_encoding : "UTF-8");
    } else {
        puts("the dialect has no question for it");
    }
    print_label("clock");
    if (found->clock_known) {
        printf("%.1f s %s ours\n", fabs(found->clock_ahead),
               found->clock_ahead < 0 ? "behind" : "ahead of");
    } else {
        puts("the dialect has no question for it");
    }
}

void sources_test_text(const struct sources_tested *tested)
{
    const struct dc_window *window = &tested->source->limits.window;
    char text[DC_WINDOW_TEXT_SIZE];

    printf("%s: %s\n", tested->source->name, tested->err.status == DC_OK ? "ok" : "failed");
    if (tested->connected) {
        print_connection(tested);
    }
    if (window->from != window->to) {
        print_label("window");
        printf("%s, %s\n", dc_window_text(window, text),
               tested->window_open ? "open now" : "closed now");
    }
    if (tested->listed) {
        print_label("scope");
        printf("%lld tables, %lld columns, %lld %s not readable\n", (long long)tested->n_tables,
               (long long)tested->n_columns, (long long)tested->n_unreadable,
               tested->n_unreadable == 1 ? "table" : "tables");
    }
    for (size_t i = 0; i < tested->found.n_missing; i++) {
        print_label(i == 0 ? "missing" : "");
        printf("%s: %s\n", tested->found.missing[i].what, tested->found.missing[i].grant);
    }
    if (tested->warning != NULL) {
        print_label("warning");
        puts(tested->warning);
    }
}
