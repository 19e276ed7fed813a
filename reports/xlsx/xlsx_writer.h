#ifndef REPORTS_XLSX_WRITER_H
#define REPORTS_XLSX_WRITER_H

#include "dcscan/provider/report_writer.h"

extern const struct dc_report_writer_class xlsx_writer_class;

#endif
