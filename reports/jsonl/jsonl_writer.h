#ifndef REPORTS_JSONL_WRITER_H
#define REPORTS_JSONL_WRITER_H

#include "dcscan/provider/report_writer.h"

extern const struct dc_report_writer_class jsonl_writer_class;

#endif
