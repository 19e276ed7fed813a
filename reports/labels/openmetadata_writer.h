#ifndef REPORTS_OPENMETADATA_WRITER_H
#define REPORTS_OPENMETADATA_WRITER_H

#include "dcscan/provider/report_writer.h"

extern const struct dc_report_writer_class openmetadata_writer_class;

#endif
