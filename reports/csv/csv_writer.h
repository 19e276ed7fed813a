#ifndef REPORTS_CSV_WRITER_H
#define REPORTS_CSV_WRITER_H

#include "dcscan/provider/report_writer.h"

extern const struct dc_report_writer_class csv_writer_class;

#endif
