/* Ctrl-C: the first ends the scan in order, the second at once. */
#ifndef DCSCAN_SRC_CLI_SIGNALS_H
#define DCSCAN_SRC_CLI_SIGNALS_H

struct dc_scan;
struct signal_watch;

/* Must be called before other threads are started: SIGINT, SIGTERM and SIGHUP are blocked and read by one thread of their own. */
struct signal_watch *signal_watch_start(struct dc_scan *scan);
/* Stops watching; nothing is cancelled through the watch afterwards. */
void signal_watch_stop(struct signal_watch *watch);

#endif
