/* All report formats. A new one adds a line here and its files to reports/meson.build. */
#include "csv/csv_writer.h"
#include "jsonl/jsonl_writer.h"
#include "labels/lineage_writer.h"
#include "labels/openmetadata_writer.h"
#include "labels/sql_writer.h"
#include "xlsx/xlsx_writer.h"

const struct dc_report_writer_class *const *dc_report_writer_classes(void)
{
    static const struct dc_report_writer_class
        *const
            classes
                [] =
                    {
                        &xlsx_writer_class,         &csv_writer_class,
                        &lineage_writer_class, /* these two before jsonl: their endings end like that one's */
                        &openmetadata_writer_class, &jsonl_writer_class,
                        &sql_writer_class,          NULL,
                    };

    return classes;
}
