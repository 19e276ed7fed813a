/* Private to the base layer. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "dcscan/status.h"

/* "could not read PATH: reason of errno `error`". */
enum dc_status dc_file_error(struct dc_err *err, const char *path, int error);

#endif
