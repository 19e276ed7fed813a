/* Private to src/detect: values in another form, so that rules meet them as they meet all others. */
#ifndef DCSCAN_DETECT_REFORM_H
#define DCSCAN_DETECT_REFORM_H

#include "byte_class.h"
#include "dcscan/text.h"
#include "prefilter.h"

/* Begins zeroed. What it made last is valid until it makes the next. */
struct dc_reformer {
    struct dc_converter *converters[DC_N_GUESSES]; /* NULL until wanted */
    char *bytes;
    size_t size;
};
void dc_reformer_wipe(struct dc_reformer *reformer);
void dc_reformer_done(struct dc_reformer *reformer);

/* Zeros are valid UTF-8, and what ASCII has beside each byte in UTF-16. */
bool dc_reform_has_zeros(const struct dc_look *look);
/* A value in an encoding that nobody told, as UTF-8; `look` is left as it is when none is found. */
enum dc_guess dc_reform_decode(struct dc_reformer *reformer, struct dc_look *look);
/* Whether digits or letters of full width were made those of ASCII. */
bool dc_reform_narrow(struct dc_reformer *reformer, struct dc_look *look);

#endif
