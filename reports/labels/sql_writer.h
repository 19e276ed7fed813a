#ifndef REPORTS_SQL_WRITER_H
#define REPORTS_SQL_WRITER_H

#include "dcscan/provider/report_writer.h"

extern const struct dc_report_writer_class sql_writer_class;

#endif
