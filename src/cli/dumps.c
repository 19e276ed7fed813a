#include <sys/prctl.h>
#include <sys/resource.h>

#include "cli.h"

/*
 * The limit keeps the kernel from writing a file; being not dumpable keeps it from handing the memory to a program that collects dumps,
 * which the limit does not bind, and other processes of the same user from looking into it.
 */
void cli_forbid_dumps(void)
{
    const struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
