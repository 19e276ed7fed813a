/*
 * Private to src/connect: comments out of the text of a CREATE TABLE, for a DBMS that keeps that text and has no comments of its own.
 */
#ifndef DCSCAN_CONNECT_DDL_COMMENTS_H
#define DCSCAN_CONNECT_DDL_COMMENTS_H

#include "dcscan/catalog.h"

/*
 * Fills the comments of table and columns that are empty, from table->definition. Of the table: what stands behind the opening parenthesis
 * on its line, else before it. Of a column: what stands inside its definition or behind its comma on the same line; else the comment
 * lines just above it.
 */
void dc_ddl_comments(struct dc_catalog *catalog, struct dc_table *table);

#endif
