/* Private to src/detect: examples of values that give nothing away. */
#ifndef DCSCAN_DETECT_MASK_H
#define DCSCAN_DETECT_MASK_H

#include "dcscan/profile.h"
#include "dcscan/taxonomy.h"

/*
 * Writes a masked form of a value into out: valid UTF-8, terminated, "…" behind what was cut. At most a third of the characters
 * shown stays in clear, and no digit of a value that no rule knows (DC_MASK_NONE). Only ASCII values of up to three characters and the words of flags are
 * left as they are, and only in that style. DC_MASK_ALL tells not even the length. The form never equals a longer value.
 */
void dc_mask_value(const char *bytes, size_t size, bool truncated, enum dc_mask_style style,
                   char out[DC_EXAMPLE_SIZE]);

#endif
