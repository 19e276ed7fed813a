#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_case.h"

static struct store_case c;

static void setup(void)
{
    case_init(&c);
}

static void teardown(void)
{
    case_done(&c);
}

TestSuite(store_lock, .init = setup, .fini = teardown);

static const struct dc_run other_run = {.program_version = "other"};

/* Whether another handle can begin a run now. */
static enum dc_status begin_elsewhere(struct dc_err *err)
{
    struct dc_store *other = NULL;
    int64_t run_id = 0;
    enum dc_status status = dc_store_open(c.path, &other, err);

    if (status == DC_OK) {
        status = dc_store_begin_run(other, &(struct dc_store_start){.run = &other_run}, &run_id,
                                    err);
    }
    dc_store_close(other);
    return status;
}

Test(store_lock, a_second_run_is_kept_out_and_told_who_holds_the_inventory)
{
    struct dc_err err = {0};
    char holder[64];

    case_begin_bare(&c);
    cr_expect_eq(begin_elsewhere(&err), DC_ERR_LOCKED, "%s", err.message);
    snprintf(holder, sizeof holder, "another run (process %ld on ", (long)getpid());
    cr_expect_not_null(strstr(err.message, holder), "%s", err.message);
    cr_expect_not_null(strstr(err.message, c.path));
    cr_expect_str_neq(err.hint, "");
}

Test(store_lock, the_end_of_a_run_lets_the_next_one_in)
{
    struct dc_err err = {0};

    case_begin_bare(&c);
    cr_assert_eq(dc_store_end_run(c.store, c.run_id, 1769847400, true, &err), DC_OK);
    cr_expect_eq(begin_elsewhere(&err), DC_OK, "%s", err.message);
}

Test(store_lock, closing_lets_the_next_one_in)
{
    struct dc_err err = {0};

    case_begin_bare(&c);
    dc_store_close(c.store);
    c.store = NULL;
    cr_expect_eq(begin_elsewhere(&err), DC_OK, "%s", err.message);
}

Test(store_lock, readers_are_not_kept_out)
{
    struct dc_store *other = NULL;
    struct dc_inventory_reader *reader = NULL;
    struct dc_err err = {0};

    case_begin(&c);
    cr_assert_eq(dc_store_open(c.path, &other, &err), DC_OK, "%s", err.message);
    cr_expect_eq(dc_store_read_run(other, c.run_id, &reader, &err), DC_OK, "%s", err.message);
    cr_expect_not_null(case_next_table(reader));
    reader->class_->destroy(reader);
    dc_store_close(other);
}

/* Begins a run in a child, which then waits to be killed. Returns when the run has begun. */
static pid_t begin_in_child(void)
{
    int ready[2];
    char byte = 0;
    pid_t child;

    cr_assert_eq(pipe(ready), 0);
    dc_store_close(c.store);
    c.store = NULL;
    child = fork();
    if (child == 0) {
        struct dc_store *store = NULL;
        int64_t run_id;

        if (dc_store_open(c.path, &store, NULL) == DC_OK &&
            dc_store_begin_run(store, &(struct dc_store_start){.run = &other_run}, &run_id, NULL) ==
                DC_OK) {
            byte = 1;
        }
        if (write(ready[1], &byte, 1) == 1) {
            pause();
        }
        _exit(1);
    }
    close(ready[1]);
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    cr_assert_eq(byte, 1);
    return child;
}

Test(store_lock, the_lock_of_a_killed_process_is_gone_with_it)
{
    struct dc_err err = {0};
    pid_t child = begin_in_child();

    cr_expect_eq(begin_elsewhere(&err), DC_ERR_LOCKED);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_expect_eq(begin_elsewhere(&err), DC_OK, "%s", err.message);
}

static void remove_beside(const char *ending)
{
    char path[600];

    snprintf(path, sizeof path, "%s%s", c.path, ending);
    cr_expect_eq(unlink(path), 0, "%s", path);
}

Test(store_lock, a_lock_file_removed_by_hand_lets_nobody_in)
{
    struct dc_err err = {0};
    pid_t child = begin_in_child();

    remove_beside(".lock");
    cr_expect_eq(begin_elsewhere(&err), DC_ERR_LOCKED);
    cr_expect_not_null(strstr(err.message, "another run"), "%s", err.message);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    cr_expect_eq(begin_elsewhere(&err), DC_OK, "%s", err.message);
}

Test(store_lock, nor_does_the_one_of_those_who_joined)
{
    struct dc_store *other = NULL;
    struct dc_err err = {0};

    cr_assert_eq(dc_store_join_run(c.store, &err), DC_OK, "%s", err.message);
    remove_beside(".join");
    cr_expect_eq(begin_elsewhere(&err), DC_ERR_LOCKED);
    cr_assert_eq(dc_store_open(c.path, &other, &err), DC_OK, "%s", err.message);
    cr_expect_eq(dc_store_join_run(other, &err), DC_OK, "%s", err.message);
    dc_store_close(other);
    dc_store_close(c.store);
    c.store = NULL;
    cr_expect_eq(begin_elsewhere(&err), DC_OK, "%s", err.message);
}

Test(store_lock, many_processes_open_a_new_inventory_at_once)
{
    char path[600];
    int n_good = 0;

    snprintf(path, sizeof path, "%s/new.db", c.folder);
    for (int i = 0; i < 6; i++) {
        if (fork() == 0) {
            struct dc_store *store = NULL;

            _exit(dc_store_open(path, &store, NULL) == DC_OK ? 0 : 1);
        }
    }
    for (int i = 0; i < 6; i++) {
        int how = 0;

        wait(&how);
        n_good += WIFEXITED(how) && WEXITSTATUS(how) == 0;
    }
    cr_expect_eq(n_good, 6);
}
