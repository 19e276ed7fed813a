/* What a sample proves. */
#include <math.h>

#include "dcscan/profile.h"

double dc_share_upper_95(int64_t seen)
{
    if (seen <= 0) {
        return 1.0;
    }
    /* 1 - 0.05^(1/seen), written so that nothing is lost when seen is large. */
    return -expm1(log(0.05) / (double)seen);
}
