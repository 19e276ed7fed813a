-- What tests of the connection need on PostgreSQL. @READER@ is the login that may only SELECT.
SET client_min_messages = warning;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO @READER@;

-- Readable, with everything a value can be: NULL, empty, long, Chinese, binary.
CREATE TABLE parts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    part_no     varchar(40) NOT NULL,
    名称        varchar(80),
    remark      text,
    weight_kg   numeric(10,3),
    drawing     bytea,
    is_active   boolean,
    created_at  timestamp with time zone,
    tags        text[],
    attributes  jsonb
);
COMMENT ON TABLE parts IS '零件主数据';
COMMENT ON COLUMN parts.part_no IS '零件号';
COMMENT ON COLUMN parts.名称 IS '零件名称';
COMMENT ON COLUMN parts.drawing IS '图纸';
INSERT INTO parts (part_no, 名称, remark, weight_kg, drawing, is_active, created_at, tags, attributes)
SELECT 'P-' || lpad(n::text, 6, '0'),
       CASE WHEN n % 10 = 0 THEN NULL WHEN n % 10 = 1 THEN '' ELSE '制动卡钳' || n END,
       CASE WHEN n % 100 = 0 THEN repeat('长', 2000) ELSE 'ok' END,
       n / 7.0, decode(lpad(to_hex(n), 8, '0') || '00ff', 'hex'), n % 2 = 0,
       timestamptz '2024-01-01 08:00+08' + n * interval '1 hour', ARRAY['a', 'b'], jsonb_build_object('n', n)
FROM generate_series(1, 2500) AS n;

CREATE TABLE suppliers (
    supplier_id integer PRIMARY KEY,
    name        varchar(80),
    credit_code char(18)
);
COMMENT ON TABLE suppliers IS '供应商';
CREATE TABLE deliveries (
    delivery_id integer PRIMARY KEY,
    supplier_id integer REFERENCES suppliers (supplier_id),
    quantity    integer
);

-- Identifiers that have to be quoted.
CREATE TABLE "Order" ("select" integer, "with ""quotes""" text, "two words" text);
INSERT INTO "Order" VALUES (1, 'a', 'b');
CREATE SCHEMA "质量";
CREATE TABLE "质量"."检验记录" ("检验单号" varchar(20), "实测值" numeric(8,2));
INSERT INTO "质量"."检验记录" VALUES ('IQC-0001', 10.02), ('IQC-0002', NULL);

CREATE TABLE empty_table (id integer, note text);
CREATE TABLE no_columns ();
CREATE VIEW parts_view AS SELECT id, part_no FROM parts;
CREATE MATERIALIZED VIEW parts_by_state AS SELECT is_active, count(*) AS n FROM parts GROUP BY is_active;
CREATE TABLE measured (at date, value double precision) PARTITION BY RANGE (at);
CREATE TABLE measured_2024 PARTITION OF measured FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO measured SELECT date '2024-01-01' + n, n FROM generate_series(0, 99) AS n;
-- A view whose reading fails half-way.
CREATE VIEW broken_view AS SELECT n, 10 / (5 - n) AS quotient FROM generate_series(1, 10) AS n;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO @READER@;
GRANT USAGE ON SCHEMA "质量" TO @READER@;
GRANT SELECT ON ALL TABLES IN SCHEMA "质量" TO @READER@;

-- Visible in the catalogue, but not to be read.
CREATE TABLE forbidden (id integer, salary numeric(12,2));
COMMENT ON TABLE forbidden IS '薪资，不可读';
INSERT INTO forbidden VALUES (1, 12345.67);
REVOKE ALL ON forbidden FROM @READER@;
-- One column of two may be read.
CREATE TABLE half_forbidden (id integer, secret text);
INSERT INTO half_forbidden VALUES (1, 'not for you');
GRANT SELECT (id) ON half_forbidden TO @READER@;
-- A schema that may not be used at all.
CREATE SCHEMA hidden;
CREATE TABLE hidden.vault (id integer, secret text);
ANALYZE;
