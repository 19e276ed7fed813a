#ifndef REPORTS_LINEAGE_WRITER_H
#define REPORTS_LINEAGE_WRITER_H

#include "dcscan/provider/report_writer.h"

extern const struct dc_report_writer_class lineage_writer_class;

#endif
