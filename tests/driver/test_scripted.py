"""The program on databases that no test machine has, and on ones that misbehave."""
from scripted import *

RFC = "138{n:8}"


class SqlServer(Scripted):
    COLUMNS = [
        column("id", "int", key=True, start=1, step=1),
        column("rowguid", "uniqueidentifier", value="6F9619FF-8B86-D011-B42D-{n:12}"),
        column("changed", "datetimeoffset", values=["2024-03-01 08:15:00.1234567 +08:00", "2023-11-30 23:59:59.0000000 +00:00"]),
        column("remark", "ntext", comment="备注", lob=1073741824),
        column("手机", "nvarchar", size=20, comment="联系电话", value=RFC),
        column("photo", "image", lob=1073741824),
    ]

    def test_its_types_are_understood_and_long_texts_are_cut_at_the_server(self):
        result = self.scan(self.play("sqlserver", [table("客户", self.COLUMNS, schema="dbo", rows=60000)]))
        self.assert_exit(result, 0)
        rows = self.by_column()
        self.assertEqual({row["dbms"] for row in rows.values()}, {"Microsoft SQL Server"})
        self.assertEqual(rows["客户", "手机"]["category"][0], "P")
        self.assertEqual(rows["客户", "remark"]["nulls"], 0)
        sample = [text for text in self.statements() if "TABLESAMPLE" in text]
        self.assertEqual(len(sample), 1)
        self.assertIn("SUBSTRING([remark], 1, 257)", sample[0])
        self.assertNotIn("photo", sample[0])
        self.assertGreater(rows["客户", "id"]["rows_sampled"], 800)
        self.assert_workbook()

    def test_its_session_reads_uncommitted_and_waits_for_no_lock(self):
        self.scan(self.play("sqlserver", [table("t", schema="dbo")]), "--table-seconds", "7")
        self.assertEqual(self.statements()[:3], ["SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED", "SET LOCK_TIMEOUT 7000",
                                                 "SET DEADLOCK_PRIORITY LOW"])


class Oracle(Scripted):
    COLUMNS = [
        column("EMP_ID", "NUMBER", size=10, scale=0, key=True, start=100, step=1),
        column("ID_CARD_NO", "VARCHAR2", size=18, comment="身份证号", value="11010119900307{n:4}"),
        column("SALARY", "NUMBER", size=10, scale=2, comment="工资", value="{n}.5"),
        column("RESUME", "CLOB", lob=1073741824),
        column("SIGNATURE", "RAW", lob=2000),
        column("NOTE", "VARCHAR2", size=100, empty_every=1),
    ]

    def test_upper_case_names_numbers_lobs_and_raw(self):
        result = self.scan(self.play("oracle", [table("HR_EMPLOYEE", self.COLUMNS, schema="HR", rows=500, comment="员工档案")]))
        self.assert_exit(result, 0)
        rows = self.by_column()
        self.assertEqual(rows["HR_EMPLOYEE", "EMP_ID"]["rows_sampled"], 500)
        self.assertEqual(rows["HR_EMPLOYEE", "ID_CARD_NO"]["category"][0], "P")
        self.assertEqual(rows["HR_EMPLOYEE", "SALARY"]["type"], "NUMBER")
        sample = [text for text in self.statements() if 'FROM "HR"."HR_EMPLOYEE"' in text]
        self.assertTrue(sample)
        for text in sample:
            self.assertNotIn("SIGNATURE", text)
            self.assertRegex(text, r'(?i)substr\(.*"RESUME"')


class Sizes(Scripted):
    def test_a_lob_of_a_gigabyte_that_no_dialect_cuts_costs_256_bytes(self):
        """The generic dialect knows no SUBSTR; what the driver offers is not taken."""
        columns = [column("id", "int", key=True), column("doc", "clob", lob=1073741824), column("none", "clob", lob=0),
                   column("gone", "clob", null_every=1)]
        result = self.scan(self.play("generic", [table("t", columns, rows=20)]), "--statements", "sent.tsv")
        self.assert_exit(result, 0)
        rows = self.by_column()
        self.assertEqual((rows["t", "doc"]["rows_sampled"], rows["t", "doc"]["nulls"]), (20, 0))
        self.assertEqual((rows["t", "none"]["rows_sampled"], rows["t", "none"]["nulls"]), (20, 0))
        self.assertEqual(rows["t", "gone"]["nulls"], 20)
        self.assert_workbook()

    def test_a_driver_without_block_cursors_or_bindings_is_read_row_by_row(self):
        for how in ({"blocks": False}, {"binds": False}, {"blocks": False, "binds": False}, {"max_rows": False}):
            result = self.scan(self.play("generic", [table("t", rows=300)], **how))
            self.assert_exit(result, 0)
            self.assertEqual({row["rows_sampled"] for row in self.rows()}, {300}, how)
            self.assertEqual({row["distinct"] for row in self.rows()}, {300}, how)

    def test_without_a_limit_clause_or_max_rows_reading_ends_all_the_same(self):
        result = self.scan(self.play("generic", [table("t", rows=100000)], max_rows=False), "--sample-rows", "50")
        self.assert_exit(result, 0)
        self.assertLessEqual(max(row["rows_sampled"] for row in self.rows()), 300)


class Encodings(Scripted):
    CUSTOMERS = [
        column("客户编号", "INTEGER", size=10, scale=0, key=True, start=1, step=1),
        column("联系人姓名", "VARCHAR", size=40, comment="联系人姓名", values=["王伟", "李娜", "张敏", "刘静"]),
        column("手机号码", "VARCHAR", size=20, comment="手机号码", value="138{n:8}"),
        column("备注", "CLOB", comment="备注", value="制动卡钳总成" * 60),
    ]

    def test_a_driver_that_speaks_gb18030_is_understood_when_the_source_says_so(self):
        tables = [table("客户", self.CUSTOMERS, schema="厂区", comment="客户联系人"), table("㐀罕用字𠀀", schema="厂区")]
        for how in ({}, {"binds": False}):
            (self.path / "log").unlink(missing_ok=True)
            result = self.scan(self.play("dm", tables, encoding="GB18030", **how), "--encoding", "GB18030")
            self.assert_exit(result, 0)
            rows = self.by_column()
            self.assertEqual(rows["客户", "手机号码"]["table_comment"], "客户联系人")
            self.assertEqual(rows["客户", "手机号码"]["category"][0], "P")
            self.assertEqual(rows["客户", "联系人姓名"]["pi"], "personal")
            self.assertEqual(rows["客户", "备注"]["rows_sampled"], 100)
            self.assertIn(("㐀罕用字𠀀", "name"), rows)
            self.assertEqual({row["reason"] for row in self.rows()}, {""})
            sent = [line["text"].encode("latin-1") for line in self.log() if line["call"] == "SQLExecDirect"]
            self.assertTrue([text for text in sent if '"厂区"."客户"'.encode("gb18030") in text])
            self.assert_workbook()

    def test_messages_of_such_a_driver_are_understood_too(self):
        message = "没有表[客户]的查询权限"
        fails = {"state": "42000", "native": -5504, "message": "hex:" + message.encode("gb18030").hex()}
        tables = [table("客户", schema="A", fails=fails), table("b", schema="A")]
        self.assert_exit(self.scan(self.play("dm", tables, encoding="GB18030"), "--encoding", "GB18030"), 5)
        self.assertIn(message, self.by_column()["客户", "name"]["reason"])

    def test_what_is_not_declared_is_marked_and_breaks_nothing(self):
        result = self.scan(self.play("dm", [table("客户", self.CUSTOMERS, schema="A")], encoding="GB18030"))
        self.assert_exit(result, 0)
        rows = self.by_column()
        self.assertIn("read as GB18030", rows["客户", "备注"]["reason"])
        self.assertIn("encoding", rows["客户", "备注"]["reason"])
        self.assertEqual(rows["客户", "联系人姓名"]["pi"], "personal")
        self.assertIn("were read as GB18030", result.stderr, "names and comments")
        sent = [line["text"].encode("latin-1") for line in self.log() if line["call"] == "SQLExecDirect"]
        self.assertTrue([text for text in sent if '"A"."客户"'.encode("gb18030") in text])
        self.assert_workbook()

    def test_who_goes_on_with_a_run_knows_what_its_names_were_found_to_be(self):
        stuck = self.path / "stuck"
        stuck.touch()
        tables = [table("客户%d" % i, self.CUSTOMERS, schema="厂区", **({"hangs": "execute", "when": str(stuck)} if i == 2 else {}))
                  for i in range(1, 5)]
        connection = self.play("dm", tables, encoding="GB18030")
        process = self.start("scan", connection, "--join", "night-1")
        self.wait_for_statement(".*2")
        stuck.unlink()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130)
        self.assert_exit(self.run_dcscan("scan", connection, "--join", "night-1", "-o", "out.jsonl"), 0)
        self.assertEqual({row["rows_sampled"] for row in self.rows()}, {100})
        self.assertEqual({row["table"] for row in self.rows()}, {"客户%d" % i for i in range(1, 5)})

    def test_latin_1_that_is_not_declared_is_read_and_marked(self):
        columns = [column("id", "int", key=True), column("note", "varchar", size=60, value="Überprüfung {n} der Fräsmaschine")]
        result = self.scan(self.play("generic", [table("t", columns)], encoding="ISO-8859-1"))
        self.assert_exit(result, 0)
        row = self.by_column()["t", "note"]
        self.assertIn("read as Latin-1", row["reason"])
        self.assertTrue(all("\ufffd" not in example for example in row["examples"]), row["examples"])
        self.assert_workbook()

    def test_digits_and_letters_of_full_width_are_matched(self):
        def wide(text):
            return "".join(chr(0xFEE0 + ord(letter)) for letter in text)

        columns = [column("id", "int", key=True),
                   column("a", "varchar", size=80, values=[wide("139%08d" % (20000000 + 4711 * n)) for n in range(50)]),
                   column("b", "varchar", size=80, values=[wide("li.wei%d@example.com" % n) for n in range(50)])]
        self.assert_exit(self.scan(self.play("generic", [table("t", columns)])), 0)
        rows = self.by_column()
        for name, rule in (("a", "cn-mobile"), ("b", "email")):
            self.assertIn(rule, [line["rule"] for line in rows["t", name]["evidence"]], name)
            self.assertEqual(rows["t", name]["pi"], "personal")

    def test_what_is_declared_and_not_so_is_read_as_it_is_or_marked(self):
        result = self.scan(self.play("dm", [table("t", [column("id", "INTEGER", key=True),
                                                        column("v", "VARCHAR", size=40, bytes=["FFFF", "E5BC"])], schema="A")]),
                           "--encoding", "GB18030")
        self.assert_exit(result, 0)
        self.assertIn("not valid text", self.by_column()["t", "v"]["reason"])
        self.assert_workbook()

    def test_latin_1_and_an_encoding_that_nobody_knows(self):
        columns = [column("id", "int", key=True), column("straße", "varchar", size=40, comment="Größe", value="Überprüfung {n}")]
        result = self.scan(self.play("generic", [table("prüfung", columns)], encoding="ISO-8859-1"), "--encoding", "ISO-8859-1")
        self.assert_exit(result, 0)
        self.assertIn(("prüfung", "straße"), self.by_column())
        result = self.scan(self.play("generic", [table("t")]), "--encoding", "KLINGON-8")
        self.assert_exit(result, 4)
        self.assertIn("KLINGON-8", result.stderr)

    def test_utf_16_is_asked_for_where_a_driver_loses_characters(self):
        tables = [table("客户", self.CUSTOMERS + [column("罕", "NVARCHAR2", size=40, code=-9, value="㐀𠀀{n}")], schema="厂区", comment="客户联系人")]
        for how in ({}, {"binds": False}, {"blocks": False}):
            self.assert_exit(self.scan(self.play("sqlserver", tables, lossy="results", **how)), 0)
            rows = self.by_column()
            self.assertEqual(rows["客户", "手机号码"]["table_comment"], "客户联系人")
            self.assertEqual(rows["客户", "联系人姓名"]["pi"], "personal")
            self.assertEqual((rows["客户", "备注"]["rows_sampled"], rows["客户", "备注"]["distinct"]), (100, 1))
            self.assertEqual({row["reason"] for row in self.rows()}, {""})
            self.assert_workbook()
        self.assert_exit(self.scan(self.play("dm", tables, lossy="results")), 5)
        self.assertNotIn(("客户", "罕"), self.by_column(), "without it they are lost")

    def test_what_the_driver_describes_as_utf_16_is_read_so_and_nothing_else(self):
        columns = [column("A", "VARCHAR2", size=40, code=12, value="工序"), column("B", "NVARCHAR2", size=40, code=-9, value="王伟"),
                   column("C", "NCLOB", code=-10, value="张敏" * 300)]
        for how in ({}, {"binds": False}):
            self.assert_exit(self.scan(self.play("oracle", [table("T", columns)], lossy="results", **how)), 0)
            rows = {name: row["examples"] for (_, name), row in self.by_column().items()}
            self.assertIn("?", rows["A"][0])
            self.assertNotIn("?", rows["B"][0])
            self.assertEqual({row["reason"] for row in self.rows()}, {""})

    def test_a_source_that_is_declared_utf_16_is_spoken_to_in_it(self):
        tables = [table("客户", self.CUSTOMERS, schema="厂区"), table("㐀罕用字𠀀", schema="厂区"),
                  table("坏", schema="厂区", fails={"state": "42501", "message": "没有权限"})]
        for dialect in ("dm", "generic"):
            result = self.scan(self.play(dialect, tables, lossy="all"), "--encoding", "utf-16")
            self.assert_exit(result, 5)
            rows = self.by_column()
            self.assertEqual(rows["客户", "联系人姓名"]["pi"], "personal")
            self.assertEqual(rows["㐀罕用字𠀀", "name"]["rows_sampled"], 100)
            self.assertIn("没有权限", rows["坏", "name"]["reason"])
            self.assertTrue([text for text in self.statements() if "客户" in text])
            self.assert_workbook()

    def test_utf_16_of_any_byte_order_and_broken_is_read_or_marked(self):
        def hexes(text, order):
            return text.encode("utf-16-" + order).hex().upper()

        mobile = "139%08d" % 20004711
        columns = [column("id", "int", key=True), column("ok", "nvarchar", size=40, code=-9, bytes=[hexes("检验" + mobile, "le")]),
                   column("mark", "nvarchar", size=40, code=-9, bytes=["FEFF" + hexes("王伟", "be"), "FFFE" + hexes("王伟", "le")]),
                   column("half", "nvarchar", size=40, code=-9, bytes=["410040D8", "00DC4100"]),
                   column("odd", "nvarchar", size=40, code=-9, bytes=["410042"]),
                   column("pairs", "nvarchar", size=40, code=-9, bytes=[hexes("a" + "𠀀" * 400, "le")])]
        for how in ({}, {"binds": False}):
            self.assert_exit(self.scan(self.play("sqlserver", [table("t", columns)], **how)), 0)
            rows = self.by_column()
            self.assertEqual({name: "not valid text" in row["reason"] for (_, name), row in rows.items()},
                             {"id": False, "ok": False, "mark": False, "half": True, "odd": True, "pairs": False})
            self.assertEqual(rows["t", "mark"]["distinct"], 1)
            self.assert_workbook()
        columns = [column("v", "nvarchar", size=40, code=-9, bytes=[hexes("手机" + mobile, "be")])]
        self.assert_exit(self.scan(self.play("sqlserver", [table("t", columns)]), "--encoding", "UTF-16BE"), 0)
        self.assertEqual(self.by_column()["t", "v"]["pi"], "personal")

    def test_utf_16_in_bytes_that_nobody_declared_is_told_by_its_form(self):
        columns = [column("id", "int", key=True)] + [
            column(order, "varchar", size=80, bytes=[("139%08d" % (20000000 + 4711 * n)).encode("utf-16-" + order).hex().upper() for n in range(50)])
            for order in ("le", "be")]
        self.assert_exit(self.scan(self.play("generic", [table("t", columns)])), 0)
        for order in ("le", "be"):
            row = self.by_column()["t", order]
            self.assertIn("read as UTF-16", row["reason"])
            self.assertEqual(row["pi"], "personal")
        self.assert_workbook()

    BAD = ["FF", "C0AF", "EDA080", "F4908080", "E5BC", "00", "61007A", "0B0C1B5B", "EFBFBE", "EFBFBF", "C285", "CED2", "B9A4B5A5"]

    def test_bytes_that_are_no_text_never_break_a_report(self):
        columns = [column("id", "int", key=True)] + [column("c%d" % i, "varchar", size=40, bytes=[bad])
                                                     for i, bad in enumerate(self.BAD)]
        result = self.scan(self.play("generic", [table("t", columns)]))
        self.assert_exit(result, 0)
        self.assertEqual(len(self.rows()), len(columns))
        self.assert_workbook()

    def test_names_and_comments_that_are_no_text_never_break_a_report(self):
        names = [b"a\x01b", b"\x1b[31mred", b"tab\there", b"line\nbreak", b"\xef\xbf\xbe", b"x" * 300, b"=1+1", b"]]>",
                 "\u202eevil".encode(), b"\xc9\xcc\xc6\xb7", b"\xff\xfe", b"\xed\xa0\x80"]
        names = ["hex:" + name.hex() for name in names]
        tables = [table("t%d" % i, [column(name, "varchar"), column("other", "varchar", comment=name)], comment=name)
                  for i, name in enumerate(names)]
        result = self.scan(self.play("generic", tables))
        self.assert_exit(result, 0)
        self.assertEqual(len(self.rows()), 2 * len(names))
        self.assert_workbook()

    def test_wrong_lengths_are_survived(self):
        """A driver that says more, less, or nonsense about how long a value is."""
        columns = [column("id", "int", key=True)]
        columns += [column(says, "varchar", size=4000, says=says, value="x" * length + "{n}")
                    for says, length in (("short", 20), ("long", 20), ("negative", 20), ("no_total", 900), ("silent", 900))]
        for how in ({}, {"binds": False}):
            result = self.scan(self.play("generic", [table("t", columns)], **how))
            self.assert_exit(result, 0)
            self.assertEqual({row["rows_sampled"] for row in self.rows()}, {100})
            self.assert_workbook()


class Faults(Scripted):
    def statuses(self):
        return {name: {row["status"] for row in self.rows() if row["table"] == name} for name in {row["table"] for row in self.rows()}}

    def test_a_server_that_dies_in_mid_fetch_leaves_the_rest_unread(self):
        tables = [table("a"), table("b", rows=5000, lost_at=200), table("c"), table("d")]
        result = self.scan(self.play("sqlserver", tables, connect={"at_most": 1}), "--reconnect-seconds", "1")
        self.assert_exit(result, 5)
        self.assertIn("waiting for the source", result.stderr)
        self.assertEqual(self.statuses(), {"a": {"ok"}, "b": {"unreadable"}, "c": {"unreadable"}, "d": {"unreadable"}})
        reasons = {row["table"]: row["reason"] for row in self.rows()}
        self.assertIn("the server does not answer", reasons["b"])
        self.assertIn("the server does not answer", reasons["d"])
        self.assertTrue(all(row["rows_sampled"] == 0 for row in self.rows() if row["table"] == "b"), "part of a sample proves nothing")
        self.assertIn("unreadable", self.assert_workbook() + "unreadable")

    def test_a_connection_lost_at_one_table_is_made_again_for_the_others(self):
        tables = [table("a"), table("b", rows=5000, lost_at=200), table("c")]
        result = self.scan(self.play("sqlserver", tables))
        self.assert_exit(result, 5)
        self.assertEqual(self.statuses(), {"a": {"ok"}, "b": {"unreadable"}, "c": {"ok"}})
        self.assertEqual(self.calls().count("SQLDriverConnect"), 3, "table b was tried once more")

    GONE = {"match": "*c.column_id, c.is_nullable*", "fails": {"state": "08S01", "message": "communication link failure"}}

    def test_a_server_that_goes_while_it_lists_its_tables_is_waited_for(self):
        config = self.play("sqlserver", [table("a"), table("b")], answers=[self.GONE])
        process = self.start("scan", config, "-o", "out.jsonl", "--full")
        for line in process.stderr:
            if "lost while tables were listed" in line:
                break
        else:
            self.fail("it was not told")
        self.play("sqlserver", [table("a"), table("b")])
        errors = process.communicate(timeout=120)[1]
        self.assertEqual(process.returncode, 0, errors)
        self.assertEqual(self.statuses(), {"a": {"ok"}, "b": {"ok"}})

    def test_a_server_that_goes_each_time_it_lists_its_tables_is_given_up(self):
        result = self.scan(self.play("sqlserver", [table("a")], answers=[self.GONE]), "--reconnect-seconds", "1")
        self.assert_exit(result, 4)
        self.assertIn("communication link failure", result.stderr)
        self.assertEqual(self.calls().count("SQLDriverConnect"), 6, "five more, and no more")

    def test_every_diagnostic_record_is_told(self):
        records = [{"state": "01000", "message": "changed database context"}, {"state": "42000", "native": 229,
                   "message": "The SELECT permission was denied"}, {"state": "HY000", "native": 3621, "message": "terminated"}]
        result = self.scan(self.play("sqlserver", [table("a"), table("b", fails=records)]))
        self.assert_exit(result, 5)
        reason = {row["table"]: row["reason"] for row in self.rows()}["b"]
        for record in records:
            self.assertIn(record["message"], reason)

    def test_a_row_in_error_among_good_ones_is_no_success(self):
        result = self.scan(self.play("sqlserver", [table("a"), table("b", bad_row=70)]))
        self.assert_exit(result, 5)
        self.assertEqual(self.statuses(), {"a": {"ok"}, "b": {"unreadable"}})

    def test_warnings_with_each_block_are_no_failure(self):
        warns = [{"state": "01000", "message": "null value eliminated"}, {"state": "01003", "message": "twice"}]
        self.assert_exit(self.scan(self.play("sqlserver", [table("a", warns=warns)])), 0)
        self.assertEqual({row["rows_sampled"] for row in self.rows()}, {100})

    def test_a_table_that_hangs_is_given_up_in_its_time_and_the_others_are_read(self):
        for timeouts in (True, False):
            for where in ({"hangs": "execute"}, {"hangs": "fetch", "hang_row": 65}):
                tables = [table("a"), table("b", **where), table("c")]
                began = time.monotonic()
                result = self.scan(self.play("sqlserver", tables, timeouts=timeouts), "--table-seconds", "1")
                self.assert_exit(result, 5)
                self.assertLess(time.monotonic() - began, 10)
                self.assertEqual(self.statuses(), {"a": {"ok"}, "b": {"unreadable"}, "c": {"ok"}}, (timeouts, where))
                self.assertRegex({row["table"]: row["reason"] for row in self.rows()}["b"], "not done within|timeout")

    def test_what_has_failed_for_the_moment_is_tried_again(self):
        deadlock = {"state": "40001", "native": 1205, "message": "deadlock victim"}
        result = self.scan(self.play("sqlserver", [table("a", fails=deadlock, fails_times=2)]))
        self.assert_exit(result, 0)
        self.assertEqual(sum("[a]" in text for text in self.statements()), 3)
        self.assert_exit(self.scan(self.play("sqlserver", [table("a", fails=deadlock)])), 5)

    def test_a_login_that_is_refused_is_told_with_all_records(self):
        fails = [{"state": "28000", "native": 18456, "message": "Login failed for user 'reader'"}, {"state": "42000", "message": "cannot open"}]
        result = self.scan(self.play("sqlserver", [], connect={"fails": fails}))
        self.assert_exit(result, 4)
        self.assertIn("cannot open", result.stderr)

    def test_a_dry_run_samples_nothing(self):
        result = self.run_dcscan("scan", self.play("sqlserver", [table("a"), table("b", rows=100000)]), "--dry-run")
        self.assert_exit(result, 0)
        self.assertFalse([text for text in self.statements() if "[a]" in text or "[b]" in text], self.statements())
        self.assertIn("TABLESAMPLE", result.stdout + result.stderr)

    def test_five_thousand_tables_are_listed_with_three_statements(self):
        result = self.run_dcscan("scan", self.play("sqlserver", [table("t{i:5}", repeat=5000)]), "--dry-run", "-q")
        self.assert_exit(result, 0)
        self.assertLessEqual(len(self.statements()), 8)


class Interrupts(Scripted):
    def test_the_first_interrupt_reaches_the_server_as_a_cancel(self):
        process = self.start("scan", self.play("sqlserver", [table("a"), table("b", hangs="execute")]), "-o", "out.xlsx")
        self.wait_for_statement(r"\[b\]")
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130, errors)
        self.assertLess(time.monotonic() - began, 5)
        self.assertIn("SQLCancel", self.calls())
        self.assertIn("cancelled", self.calls(), "the running statement gave in")
        self.assertFalse((self.path / "out.xlsx").exists())

    def test_it_does_so_while_rows_are_fetched(self):
        process = self.start("scan", self.play("sqlserver", [table("b", hangs="fetch", hang_row=10)]))
        self.wait_for_statement(r"\[b\]")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130)
        self.assertIn("cancelled", self.calls())

    def test_the_second_ends_at_once_whatever_the_server_does(self):
        tables = [table("b", hangs="execute")]
        process = self.start("scan", self.play("sqlserver", tables, deaf=True), "-o", "out.xlsx")
        self.wait_for_statement(r"\[b\]")
        process.send_signal(signal.SIGINT)
        time.sleep(1)
        self.assertIsNone(process.poll(), "the server hears no cancel")
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        self.assertEqual(process.returncode, 130)
        self.assertLess(time.monotonic() - began, 2)
        self.assertFalse((self.path / "out.xlsx").exists())


if __name__ == "__main__":
    tap.main()
