/*
 * The connector for everything that has an ODBC driver: source->dsn or source->connection names the database, dialects say what differs.
 */
#ifndef DCSCAN_PROVIDER_ODBC_CONNECTOR_H
#define DCSCAN_PROVIDER_ODBC_CONNECTOR_H

#include "dcscan/provider/connector.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const struct dc_connector_class dc_odbc_connector; /* "odbc" */

#ifdef __cplusplus
}
#endif
#endif
