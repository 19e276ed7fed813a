/* The built-in connectors. A new one gets a line here and a folder under connectors/. */
#include <string.h>

#include "connection.h"
#include "dcscan/provider/mem_connector.h"
#include "dcscan/provider/odbc_connector.h"

static const struct dc_connector_class *const connectors[] = {
    &dc_odbc_connector,
    &dc_mem_connector,
};

const struct dc_connector_class *dc_connector_find(const char *name)
{
    for (size_t i = 0; i < sizeof connectors / sizeof connectors[0]; i++) {
        if (strcmp(connectors[i]->name, name) == 0) {
            return connectors[i];
        }
    }
    return NULL;
}
