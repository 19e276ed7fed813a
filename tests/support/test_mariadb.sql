-- What tests of the connection need on MariaDB. @READER@ is the login that may only SELECT.
-- Readable, with everything a value can be: NULL, empty, long, Chinese, binary.
CREATE TABLE parts (
    id          bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    part_no     varchar(40) NOT NULL COMMENT '零件号',
    `名称`      varchar(80) COMMENT '零件名称',
    remark      text,
    weight_kg   decimal(10,3),
    drawing     blob COMMENT '图纸',
    is_active   bit(1),
    created_at  datetime,
    kind        enum('made','bought'),
    attributes  json
) COMMENT = '零件主数据';
INSERT INTO parts (part_no, `名称`, remark, weight_kg, drawing, is_active, created_at, kind, attributes)
SELECT concat('P-', lpad(seq, 6, '0')),
       CASE WHEN seq % 10 = 0 THEN NULL WHEN seq % 10 = 1 THEN '' ELSE concat('制动卡钳', seq) END,
       CASE WHEN seq % 100 = 0 THEN repeat('长', 2000) ELSE 'ok' END,
       seq / 7.0, unhex(concat(lpad(hex(seq), 8, '0'), '00FF')), seq % 2,
       '2024-01-01 08:00:00' + INTERVAL seq HOUR, IF(seq % 2, 'made', 'bought'), json_object('n', seq)
FROM seq_1_to_2500;

CREATE TABLE suppliers (
    supplier_id int PRIMARY KEY,
    name        varchar(80),
    credit_code char(18)
) COMMENT = '供应商';
CREATE TABLE deliveries (
    delivery_id int PRIMARY KEY,
    supplier_id int,
    quantity    int,
    FOREIGN KEY (supplier_id) REFERENCES suppliers (supplier_id)
);

-- Identifiers that have to be quoted.
CREATE TABLE `Order` (`select` int, `with ``quotes``` text, `two words` text);
INSERT INTO `Order` VALUES (1, 'a', 'b');
CREATE TABLE `检验记录` (`检验单号` varchar(20), `实测值` decimal(8,2));
INSERT INTO `检验记录` VALUES ('IQC-0001', 10.02), ('IQC-0002', NULL);

-- A table in an old encoding.
CREATE TABLE legacy_gbk (id int, `备注` varchar(100)) DEFAULT CHARSET = gbk;
INSERT INTO legacy_gbk VALUES (1, '武汉一厂');

CREATE TABLE empty_table (id int, note text);
CREATE VIEW parts_view AS SELECT id, part_no FROM parts;
-- A view over a table that has gone: listed, but an error to read.
CREATE TABLE gone (id int);
CREATE VIEW broken_view AS SELECT id FROM gone;
DROP TABLE gone;

GRANT SELECT ON parts TO '@READER@'@'%';
GRANT SELECT ON suppliers TO '@READER@'@'%';
GRANT SELECT ON deliveries TO '@READER@'@'%';
GRANT SELECT ON `Order` TO '@READER@'@'%';
GRANT SELECT ON `检验记录` TO '@READER@'@'%';
GRANT SELECT ON legacy_gbk TO '@READER@'@'%';
GRANT SELECT ON empty_table TO '@READER@'@'%';
GRANT SELECT ON parts_view TO '@READER@'@'%';
GRANT SELECT ON broken_view TO '@READER@'@'%';

-- Visible in the catalogue, but not to be read: REFERENCES shows a table and gives nothing of it.
CREATE TABLE forbidden (id int, salary decimal(12,2)) COMMENT = '薪资，不可读';
INSERT INTO forbidden VALUES (1, 12345.67);
GRANT REFERENCES ON forbidden TO '@READER@'@'%';
-- One column of two may be read.
CREATE TABLE half_forbidden (id int, secret text);
INSERT INTO half_forbidden VALUES (1, 'not for you');
GRANT SELECT (id) ON half_forbidden TO '@READER@'@'%';
-- Not visible at all.
CREATE TABLE hidden_vault (id int, secret text);
ANALYZE LOCAL TABLE parts, suppliers, deliveries;
