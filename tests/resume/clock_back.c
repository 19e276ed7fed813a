/* Preloaded: the clock of the machine, two hours back from the moment in which the file $CLOCK_BACK appears. */
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define BACK 7200

typedef int clock_gettime_fn(clockid_t clock, struct timespec *out);
typedef int gettimeofday_fn(struct timeval *out, void *zone);

static time_t back(void)
{
    const char *path = getenv("CLOCK_BACK");

    return path != NULL && access(path, F_OK) == 0 ? BACK : 0;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    clock_gettime_fn *real = (clock_gettime_fn *)dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, out);

    if (clock == CLOCK_REALTIME) {
        out->tv_sec -= back();
    }
    return result;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    gettimeofday_fn *real = (gettimeofday_fn *)dlsym(RTLD_NEXT, "gettimeofday");
    int result = real(out, zone);

    out->tv_sec -= back();
    return result;
}

time_t time(time_t *out)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL) {
        *out = now.tv_sec;
    }
    return now.tv_sec;
}
