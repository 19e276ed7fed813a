#!/usr/bin/env python3
"""What readers find in the workbook of the demo inventory.

usage: check_workbook.py WRITE_DEMO WRITE_ROWS SOURCE_ROOT     TAP on standard output
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from xml.etree import ElementTree

import golden
import schema
import workbook

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import tap  # noqa: E402  (beside the other supports)

SHEETS = ["Cover", "Overview", "Sources and owners", "Data assets", "Column inventory", "Important data candidates",
          "Filing of important data", "Personal information", "Sensitive information", "Export of data", "To review", "Evidence",
          "Sampling and coverage", "Not scanned and why", "Comparison with the last run", "Views of other standards",
          "Method and versions"]
HIDDEN = ["Code lists"]
HOSTILE_TABLE = "=cmd|' /C calc'!A0"


def letters(column):
    """The name of a column: 0 is A."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


class DemoCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.path = os.path.join(cls.folder, "demo.xlsx")
        golden.write_demo(PROGRAM, ROOT, "en", cls.path)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)


class Parts(DemoCase):
    """The file by its parts, with nothing but an XML reader."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.book = workbook.Workbook(cls.path)

    def column(self, table, column):
        records = [record for record in self.book.sheet("Column inventory").records("Table")
                   if record["Table"] == table and record["Column"] == column]
        self.assertEqual(len(records), 1)
        return records[0]

    def test_sheets_stand_in_order(self):
        self.assertEqual(self.book.names, SHEETS + HIDDEN)

    def test_every_part_is_well_formed(self):
        for name, content in self.book.parts.items():
            with self.subTest(name=name):
                ElementTree.fromstring(content)

    def test_there_is_no_formula_and_no_link_out_of_the_file(self):
        for name in self.book.names:
            self.assertNotIn("<f>", self.book.xml(name))
        for name, content in self.book.parts.items():
            self.assertNotIn(b'TargetMode="External"', content, name)

    def test_text_that_looks_like_a_formula_stays_text(self):
        sheet = self.book.sheet("Column inventory")
        texts = {text: sheet.kinds[place] for place, text in sheet.rows.items()}
        for text in (HOSTILE_TABLE, "=HYPERLINK(\"http://example.invalid\")", "@SUM(A1)", "-2+3", "+1+1"):
            self.assertEqual(texts[text], "inlineStr")

    def test_a_name_like_an_escape_stays_what_it_is(self):
        record = self.column(HOSTILE_TABLE, "_x0041_ & <b>")
        self.assertEqual(record["Column comment"], "bell □ escape □[31m")

    def test_invalid_utf8_is_replaced(self):
        record = next(r for r in self.book.sheet("Column inventory").records("Table") if (r["Column"] or "").startswith("b\ufffd"))
        self.assertEqual(record["Column"], "b\ufffd\ufffdd")

    def test_a_long_text_is_cut_visibly_at_the_limit(self):
        comment = self.column(HOSTILE_TABLE, "长名🏭")["Column comment"]
        self.assertEqual(len(comment), 32767)
        self.assertTrue(comment.endswith("x…"))

    def test_numbers_are_numbers(self):
        record = self.column("pro_workorder", "workorder_code")
        self.assertEqual((record["Estimated rows"], record["Rows sampled"], record["Confidence"]), ("125000", "1000", "0.97"))

    def test_the_key_is_hidden_and_exact(self):
        record = self.column(HOSTILE_TABLE, "a,b;\"c\"\td")
        self.assertEqual(record["Key"], "erp//public/%3Dcmd|' %2FC calc'!A0/a,b;\"c\"%09d")
        self.assertRegex(self.book.xml("Column inventory"), r'<col [^>]*hidden="1"[^>]*/>')

    def test_every_list_has_a_filter_and_a_header_in_view(self):
        for name in [name for name in SHEETS[2:14] if name != "Export of data"]:
            xml = self.book.xml(name)
            self.assertIn("<autoFilter ", xml, name)
            self.assertRegex(xml, r'<pane [^>]*state="frozen"', name)

    def test_pages_are_landscape_and_one_wide_with_label_and_number(self):
        for name in SHEETS:
            xml = self.book.xml(name)
            self.assertRegex(xml, r'<pageSetup [^>]*orientation="landscape"[^>]*', name)
            self.assertRegex(xml, r'fitToHeight="0"', name)
            self.assertIn("Internal - handle with care", xml)
            self.assertIn("Page &amp;P of &amp;N", xml)

    def test_the_header_row_is_repeated_on_paper(self):
        titles = {local: text for (name, local), text in self.book.defined.items() if name == "_xlnm.Print_Titles"}
        self.assertEqual(titles[str(SHEETS.index("Column inventory"))], "'Column inventory'!$1:$1")
        self.assertEqual(titles[str(SHEETS.index("Important data candidates"))], "'Important data candidates'!$3:$3")

    def test_what_is_too_long_for_paper_is_printed_to_its_header(self):
        areas = {local: text for (name, local), text in self.book.defined.items() if name == "_xlnm.Print_Area"}
        header = self.book.sheet("Evidence").header_row("Rule")[0]
        self.assertRegex(areas[str(SHEETS.index("Evidence"))], r"^Evidence!\$A\$1:\$[A-Z]+\$%d$" % header)
        self.assertIn("print the selection", self.book.sheet("Evidence").row(2)[0])

    def test_final_levels_are_chosen_from_a_list(self):
        validations = re.findall(r"<dataValidation [^>]*>.*?</dataValidation>", self.book.xml("Column inventory"))
        self.assertEqual(len(validations), 2)
        self.assertTrue(all('type="list"' in validation for validation in validations))
        lists = self.book.sheet("Code lists")
        first, last = re.fullmatch(r"'Code lists'!\$A\$(\d+):\$A\$(\d+)", self.book.defined["dcscan_level", None]).groups()
        self.assertEqual([lists.row(row)[0] for row in range(int(first), int(last) + 1)],
                         ["General 1", "General 2", "General 3", "General 4", "Important", "Core"])
        first, last = re.fullmatch(r"'Code lists'!\$A\$(\d+):\$A\$(\d+)", self.book.defined["dcscan_category", None]).groups()
        self.assertIn("B2-02", [lists.row(row)[0] for row in range(int(first), int(last) + 1)])

    def test_a_changed_level_needs_a_reason(self):
        sheet = self.book.sheet("Column inventory")
        row, columns = sheet.header_row("Table")
        level, reason = ("$%s%d" % (letters(columns[title]), row + 1) for title in ("Proposed level", "Reason of the decision"))
        final = "$%s%d" % (letters(columns["Final level"]), row + 1)
        xml = self.book.xml("Column inventory")
        self.assertIn("<formula1>IF(LEN(%s)=0,%s,dcscan_level)</formula1>" % (reason, level), xml)
        self.assertIn("<formula>AND(LEN(%s)&gt;0,%s&lt;&gt;%s,LEN(%s)=0)</formula>" % (final, final, level, reason), xml)

    def test_sheets_are_protected_and_what_people_fill_is_open(self):
        styles = ElementTree.fromstring(self.book.parts["xl/styles.xml"])
        formats = styles.find(workbook.MAIN + "cellXfs")
        is_open = [any(part.get("locked") == "0" for part in style.iter(workbook.MAIN + "protection")) for style in formats]
        for name in SHEETS:
            self.assertRegex(self.book.xml(name), r'<sheetProtection [^>]*sheet="1"', name)
            self.assertNotIn("password=", self.book.xml(name))
        sheet = self.book.sheet("Column inventory")
        row, columns = sheet.header_row("Table")
        for title, wanted in (("Final level", True), ("Final category", True), ("Reason of the decision", True), ("System", True),
                              ("Table", False), ("Proposed level", False), ("Key", False)):
            self.assertEqual(is_open[sheet.styles[row + 1, columns[title]]], wanted, title)

    def test_levels_are_coloured_and_confidence_has_bars(self):
        xml = self.book.xml("Column inventory")
        self.assertEqual(xml.count('<formula>"General 4"</formula>'), 3)
        self.assertEqual(xml.count("<dataBar>"), 1)

    def test_the_overview_has_native_charts(self):
        charts = [name for name in self.book.parts if name.startswith("xl/charts/chart")]
        self.assertEqual(len(charts), 5)
        self.assertIn(b"<c:doughnutChart>", self.book.parts["xl/charts/chart1.xml"])
        self.assertIn(b"<c:barChart>", self.book.parts["xl/charts/chart2.xml"])

    def test_the_overview_has_a_heat_map_of_plants_and_classes(self):
        rows = list(self.book.sheet("Overview").records("Plant"))[:2]
        self.assertEqual([(row["Plant"], row["Production data"], row["Personal information"]) for row in rows],
                         [("(not given)", "0", "0"), ("武汉一厂", "5", "3")])
        self.assertEqual(self.book.xml("Overview").count("<colorScale>"), 1)

    def test_export_lists_every_threshold_with_the_persons_of_the_scan(self):
        rows = list(self.book.sheet("Export of data").records("Threshold (persons)"))[:6]
        self.assertEqual([row["Threshold (persons)"] for row in rows], ["100000", "100000", "1", "1000000", "10000", "10000000"])
        self.assertEqual((rows[2]["At least"], rows[2]["At most"], rows[2]["If all were exported"]), ("1000", "1000", "reached"))
        self.assertIn("dcscan_yes_no", self.book.xml("Export of data"))

    def test_the_filing_has_a_row_a_source_and_kind(self):
        rows = list(self.book.sheet("Filing of important data").records("Kind"))
        self.assertEqual([(row["Kind"], row["Candidate rules"], row["Columns"], row["Scale (estimated rows)"]) for row in rows],
                         [("ICS configuration and topology", "ID08", "2", "30000000"),
                          ("Formula and material composition", "ID06, ID99", "1", None)])

    def test_the_cover_leads_to_every_sheet(self):
        xml = self.book.xml("Cover")
        for name in SHEETS:
            self.assertIn("location=\"'%s'!A1\"" % name, xml)

    def test_evidence_has_a_row_a_column_and_rule_with_its_counters(self):
        rows = [row for row in self.book.sheet("Evidence").records("Rule") if row["Column"] == "id_card"]
        told = [[row[title] and row[title][:6] if title == "Check passed" else row[title] for title in ("Kind", "Rule", "Weight", "Tested", "Matched", "Distinct matched", "Distinct of the pattern", "Check",
                                          "Check passed")] for row in rows]
        self.assertIn(["checked values", "cn-id", "6", "800", "798", "798", "800", "cn_id", "0.9975"], told)
        self.assertEqual(told[-1], ["counted only", "order-number", None, "1000", "12", "9", "9", None, None])
        self.assertEqual(len([row for row in told if row[1] == "cn-id"]), 1)
        facts = {row[0]: row[1] for row in map(self.book.sheet("Method and versions").row, range(1, 15)) if len(row) > 1}
        self.assertEqual(facts["Value rules"], "3")

    def test_tables_lead_to_their_columns_and_back(self):
        def links(name):
            root = ElementTree.fromstring(self.book.parts[self.book.targets[name]])
            return {link.get("ref"): link.get("location") for link in root.iter(workbook.MAIN + "hyperlink")}

        assets, columns = self.book.sheet("Data assets"), self.book.sheet("Column inventory")
        forth, back = links("Data assets"), links("Column inventory")
        name = letters(assets.header_row("Table")[1]["Table"])
        checked = 0
        for number, record in enumerate(assets.records("Table"), 2):
            if record["Columns"] == "0":
                continue
            sheet, place = forth[name + str(number)].split("!")
            row = int(place[1:])
            self.assertEqual(sheet, "'Column inventory'")
            self.assertEqual(columns.row(row)[columns.header_row("Table")[1]["Table"]], record["Table"])
            self.assertEqual(back[name + str(row)], "'Data assets'!A%d" % number)
            checked += 1
        self.assertGreater(checked, 4)
        marked, place = self.book.sheet("Personal information"), links("Personal information")
        header, titles = marked.header_row("Column")
        row = int(place[letters(titles["Column"]) + str(header + 1)].split("!A")[1])
        self.assertEqual(columns.row(row)[columns.header_row("Column")[1]["Column"]], marked.row(header + 1)[titles["Column"]])

    def test_properties_tell_run_and_rules(self):
        custom = self.book.parts["docProps/custom.xml"].decode("utf-8")
        core = self.book.parts["docProps/core.xml"].decode("utf-8")
        self.assertIn("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", custom)
        self.assertIn("2026-01-01T00:00:00Z", core)
        self.assertIn("<dc:creator>auditor</dc:creator>", core)

    def test_what_was_not_read_is_told(self):
        rows = list(self.book.sheet("Not scanned and why").records("Object"))
        self.assertEqual([row["Object"] for row in rows], ["source", "column", "table"])
        self.assertTrue(all(row["Reason"] for row in rows))


class ExcelRules(DemoCase):
    """What Excel would offer to repair, by the rules of ECMA-376 and its own limits."""

    ORDER = ("sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells conditionalFormatting "
             "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks ignoredErrors drawing "
             "legacyDrawing tableParts extLst").split()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.book = workbook.Workbook(cls.path)
        cls.roots = {name: ElementTree.fromstring(cls.book.xml(name)) for name in cls.book.names}

    def each(self):
        for name, root in self.roots.items():
            with self.subTest(sheet=name):
                yield name, root

    @staticmethod
    def corners(reference):
        """(first row, first column, last row, last column) of "A1:C3" or "A1"."""
        ends = reference.replace("$", "").split(":")
        places = [workbook.REFERENCE.match(end).groups() for end in (ends[0], ends[-1])]
        return int(places[0][1]), workbook.column_index(places[0][0]), int(places[1][1]), workbook.column_index(places[1][0])

    def test_no_part_is_there_twice_and_each_has_a_type(self):
        with zipfile.ZipFile(self.path) as archive:
            names = archive.namelist()
        self.assertEqual(len(names), len(set(name.lower() for name in names)))
        types = ElementTree.fromstring(self.book.parts["[Content_Types].xml"])
        known = {item.get("PartName") for item in types}
        endings = {item.get("Extension") for item in types}
        for name in names:
            self.assertTrue("/" + name in known or name.rsplit(".", 1)[-1] in endings, name)
        self.assertEqual({name[1:] for name in known if name} - set(names), set(), "types of parts that are not there")

    def test_every_relationship_leads_to_a_part(self):
        for name, content in self.book.parts.items():
            if not name.endswith(".rels"):
                continue
            folder = os.path.dirname(os.path.dirname(name))
            ids = []
            for relation in ElementTree.fromstring(content):
                ids.append(relation.get("Id"))
                target = relation.get("Target")
                path = target[1:] if target.startswith("/") else os.path.normpath(os.path.join(folder, target))
                self.assertIn(path, self.book.parts, name)
            self.assertEqual(len(ids), len(set(ids)), name)

    def test_names_of_sheets_and_ranges_are_allowed(self):
        self.assertEqual(len(self.book.names), len({name.lower() for name in self.book.names}))
        for name in self.book.names:
            self.assertRegex(name, r"^[^\[\]:*?/\\']{1,31}$")
        for (name, local), text in self.book.defined.items():
            self.assertRegex(name, r"^(_xlnm\.)?[A-Za-z_][A-Za-z0-9_.]{0,200}$")
            self.assertFalse(re.fullmatch(r"[A-Za-z]{1,3}[0-9]+", name), name)
            for part in text.split(","):
                self.assertIn(part.rsplit("!", 1)[0].strip("'"), self.book.names, name)
            if local is not None:
                self.assertLess(int(local), len(self.book.names))

    def test_elements_stand_in_their_order(self):
        for _, root in self.each():
            places = [self.ORDER.index(child.tag.replace(workbook.MAIN, "")) for child in root]
            self.assertEqual(places, sorted(places))

    def test_rows_and_cells_ascend_and_hold_what_a_cell_can(self):
        styles = ElementTree.fromstring(self.book.parts["xl/styles.xml"])
        n_styles = len(styles.find(workbook.MAIN + "cellXfs"))
        for _, root in self.each():
            last = 0
            for row in root.find(workbook.MAIN + "sheetData"):
                self.assertGreater(int(row.get("r")), last)
                last = int(row.get("r"))
                self.assertLessEqual(float(row.get("ht", "15")), 409)
                columns = [self.corners(cell.get("r"))[1] for cell in row]
                self.assertEqual(columns, sorted(set(columns)))
                self.assertTrue(all(self.corners(cell.get("r"))[0] == last for cell in row))
                for cell in row:
                    self.assertLess(int(cell.get("s", "0")), n_styles)
                    text = "".join(part.text or "" for part in cell.iter(workbook.MAIN + "t"))
                    self.assertLessEqual(len(text.encode("utf-16-le")) // 2, 32767 + 6 * text.count("_x005F"))
                    self.assertNotRegex(text, "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

    def test_the_dimension_covers_the_cells(self):
        for name, root in self.each():
            top, left, bottom, right = self.corners(root.find(workbook.MAIN + "dimension").get("ref"))
            places = list(self.book.sheet(name).rows)
            self.assertEqual((top, left), (1, 0))
            self.assertGreaterEqual((bottom, right), (max(row for row, _ in places), max(column for _, column in places)))

    def test_columns_do_not_overlap_and_merged_cells_neither(self):
        for _, root in self.each():
            last = 0
            for column in root.iter(workbook.MAIN + "col"):
                self.assertGreater(int(column.get("min")), last)
                last = int(column.get("max"))
                self.assertLessEqual(float(column.get("width")), 255)
            merged = [self.corners(cell.get("ref")) for cell in root.iter(workbook.MAIN + "mergeCell")]
            for i, one in enumerate(merged):
                for other in merged[:i]:
                    self.assertTrue(one[0] > other[2] or other[0] > one[2] or one[1] > other[3] or other[1] > one[3])

    def test_validations_keep_their_limits(self):
        for _, root in self.each():
            taken = set()
            for rule in root.iter(workbook.MAIN + "dataValidation"):
                for attribute, limit in (("promptTitle", 32), ("prompt", 255), ("errorTitle", 32), ("error", 225)):
                    self.assertLessEqual(len(rule.get(attribute, "")), limit)
                formula = rule.find(workbook.MAIN + "formula1").text
                self.assertLessEqual(len(formula), 255)
                self.assertFalse(formula.startswith("="))
                for name in re.findall(r"dcscan_[a-z_]+", formula):
                    self.assertIn((name, None), self.book.defined)
                self.assertFalse(taken & set(rule.get("sqref").split()))
                taken |= set(rule.get("sqref").split())

    def test_conditional_formats_have_a_look_and_an_order(self):
        styles = ElementTree.fromstring(self.book.parts["xl/styles.xml"])
        n_looks = len(styles.find(workbook.MAIN + "dxfs"))
        for _, root in self.each():
            orders = [int(rule.get("priority")) for rule in root.iter(workbook.MAIN + "cfRule")]
            self.assertEqual(len(orders), len(set(orders)))
            for rule in root.iter(workbook.MAIN + "cfRule"):
                if rule.get("dxfId") is not None:
                    self.assertLess(int(rule.get("dxfId")), n_looks)
                for formula in rule.iter(workbook.MAIN + "formula"):
                    self.assertTrue(formula.text and not formula.text.startswith("=") and len(formula.text) <= 8192)

    def test_links_lead_to_cells_of_the_workbook(self):
        for name, root in self.each():
            links = list(root.iter(workbook.MAIN + "hyperlink"))
            self.assertLessEqual(len(links), 65530)
            self.assertEqual(len(links), len({link.get("ref") for link in links}))
            for link in links:
                sheet, cell = link.get("location").rsplit("!", 1)
                self.assertIn(sheet.strip("'"), self.book.names, name)
                self.assertLessEqual(self.corners(cell)[0], 1048576)

    def test_page_headers_and_breaks_keep_their_limits(self):
        for _, root in self.each():
            for part in root.find(workbook.MAIN + "headerFooter"):
                self.assertLessEqual(len(part.text), 255)
            for breaks in root.iter(workbook.MAIN + "rowBreaks"):
                self.assertEqual(int(breaks.get("count")), len(breaks))
                self.assertLessEqual(len(breaks), 1023)

    def test_comments_stand_once_a_cell(self):
        for name, content in self.book.parts.items():
            if re.match(r"xl/comments", name):
                places = [comment.get("ref") for comment in ElementTree.fromstring(content).iter(workbook.MAIN + "comment")]
                self.assertEqual(len(places), len(set(places)), name)

    def test_no_table_with_its_chart_is_cut_by_a_page(self):
        breaks = [int(item.get("id")) for item in self.roots["Overview"].iter(workbook.MAIN + "brk")]
        self.assertTrue(breaks)
        drawing = next(content for name, content in self.book.parts.items() if name.startswith("xl/drawings/drawing"))
        space = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
        for anchor in ElementTree.fromstring(drawing):
            first, last = (int(anchor.find(space + end + "/" + space + "row").text) for end in ("from", "to"))
            self.assertFalse([row for row in breaks if first < row <= last], (first, last, breaks))


class Schema(DemoCase):
    """Every part by the tables of schema.py, and what parts say of one another."""

    TYPES = {"worksheet": "spreadsheetml.worksheet", "styles": "spreadsheetml.styles", "theme": "theme", "drawing": "drawing",
             "chart": "drawingml.chart", "comments": "spreadsheetml.comments", "officeDocument": "spreadsheetml.sheet.main",
             "core-properties": "core-properties", "extended-properties": "extended-properties", "custom-properties": "custom-properties",
             "vmlDrawing": "vmlDrawing"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.book = workbook.Workbook(cls.path)
        cls.roots = {name: ElementTree.fromstring(content) for name, content in cls.book.parts.items()}

    def relations(self, part):
        """id -> (last word of its type, path of the part it leads to)"""
        folder, name = os.path.split(part)
        found = {}
        for relation in self.roots.get("%s/_rels/%s.rels" % (folder, name), []):
            found[relation.get("Id")] = (relation.get("Type").rsplit("/", 1)[-1],
                                         os.path.normpath(os.path.join(folder, relation.get("Target"))))
        return found

    def sheets(self):
        for name in self.book.names:
            with self.subTest(sheet=name):
                yield name, self.roots[self.book.targets[name]], self.relations(self.book.targets[name])

    def test_parts_are_what_the_schema_says(self):
        for name, content in self.book.parts.items():
            self.assertEqual(schema.complaints(name, content), [])

    def test_what_the_schema_does_not_allow_is_found(self):
        part = self.book.targets["Column inventory"]
        for before, after, told in ((b"<sheetViews>", b"<sheetViews><pane/>", "sheetViews holds"),
                                    (b"<dimension ref=", b"<dimension reference=", "dimension has an attribute reference"),
                                    (b"<dimension ref=", b"<dimension reference=", "dimension lacks ref"),
                                    (b'priority="1"', b'priority="first"', "cfRule priority"),
                                    (b"<pageMargins ", b"<printSetup/><pageMargins ", "printSetup is not known"),
                                    (b"</sheetData>", b"</sheetData><sheetViews/>", "worksheet holds")):
            content = self.book.parts[part]
            self.assertIn(before, content)
            complaints = schema.complaints(part, content.replace(before, after, 1))
            self.assertTrue([text for text in complaints if told in text], (told, complaints))

    def test_relations_lead_to_parts_of_their_type(self):
        types = {item.get("PartName", "").lstrip("/") or "." + item.get("Extension"): item.get("ContentType")
                 for item in self.roots["[Content_Types].xml"]}
        for part in list(self.book.parts) + [""]:
            for kind, target in self.relations(part).values():
                told = types.get(target, types.get("." + target.rsplit(".", 1)[-1]))
                self.assertIn(self.TYPES[kind] + ("+xml" if kind != "vmlDrawing" else ""), told, target)

    def test_counts_are_those_of_the_children(self):
        for name, root in self.roots.items():
            for element in root.iter():
                if element.get("count") is not None and not element.tag.endswith("}tableStyles"):
                    self.assertEqual(int(element.get("count")), len(element), (name, element.tag))

    def test_formats_refer_to_what_is_there(self):
        styles = self.roots["xl/styles.xml"]
        size = {name: len(styles.find(workbook.MAIN + name)) for name in ("fonts", "fills", "borders", "cellStyleXfs")}
        numbers = {int(item.get("numFmtId")) for item in styles.iter(workbook.MAIN + "numFmt")}
        self.assertTrue(all(number >= 164 for number in numbers))
        for form in styles.find(workbook.MAIN + "cellXfs"):
            for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs")):
                self.assertLess(int(form.get(attribute)), size[name])
            number = int(form.get("numFmtId"))
            self.assertTrue(number < 50 or number in numbers)
        self.assertLess(len(styles.find(workbook.MAIN + "cellXfs")), 64000)
        fills = [fill[0].get("patternType") for fill in styles.find(workbook.MAIN + "fills")]
        self.assertEqual(fills[:2], ["none", "gray125"])

    def test_one_sheet_is_chosen_and_it_is_shown(self):
        chosen = [name for name, root, _ in self.sheets() if root.find(".//" + workbook.MAIN + "sheetView").get("tabSelected") == "1"]
        self.assertEqual(chosen, SHEETS[:1])

    def test_panes_begin_where_they_are_split(self):
        for _, root, _ in self.sheets():
            for pane in root.iter(workbook.MAIN + "pane"):
                place = letters(int(pane.get("xSplit", "0"))) + str(int(pane.get("ySplit", "0")) + 1)
                self.assertEqual(pane.get("topLeftCell"), place)

    def test_drawings_and_comments_are_where_sheets_look_for_them(self):
        charts = 0
        for name, root, relations in self.sheets():
            for element, kind in (("drawing", "drawing"), ("legacyDrawing", "vmlDrawing")):
                for found in root.iter(workbook.MAIN + element):
                    self.assertEqual(relations[found.get(workbook.RELATION)][0], kind)
            comments = [path for kind, path in relations.values() if kind == "comments"]
            shapes = [path for kind, path in relations.values() if kind == "vmlDrawing"]
            self.assertEqual(len(comments), len(shapes))
            for path, drawing in zip(comments, shapes):
                authors = len(self.roots[path].find(workbook.MAIN + "authors"))
                notes = list(self.roots[path].iter(workbook.MAIN + "comment"))
                vml = [shape for shape in self.roots[drawing].iter("{urn:schemas-microsoft-com:vml}shape")]
                places = sorted(tuple(int(shape.find(".//{urn:schemas-microsoft-com:office:excel}" + end).text) for end in ("Row", "Column"))
                                for shape in vml)
                refs = sorted((int(row) - 1, workbook.column_index(column)) for column, row in
                              (workbook.REFERENCE.match(note.get("ref")).groups() for note in notes))
                self.assertEqual(places, refs, name)
                self.assertEqual(len({shape.get("id") for shape in vml}), len(vml))
                self.assertTrue(all(int(note.get("authorId")) < authors for note in notes))
            for _, path in [relation for relation in relations.values() if relation[0] == "drawing"]:
                charts += self.check_drawing(path)
        self.assertEqual(charts, 5)

    def check_drawing(self, path):
        space = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
        ids = [item.get("id") for item in self.roots[path].iter(space + "cNvPr")]
        self.assertEqual(len(ids), len(set(ids)))
        for anchor in self.roots[path]:
            ends = [[int(anchor.find(space + end + "/" + space + part).text) for part in ("row", "col")] for end in ("from", "to")]
            self.assertTrue(ends[0][0] < ends[1][0] and ends[0][1] < ends[1][1] and ends[1][0] < 1048576 and ends[1][1] < 16384)
        charts = [target for kind, target in self.relations(path).values() if kind == "chart"]
        for chart in charts:
            for formula in self.roots[chart].iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}f"):
                self.assertRegex(formula.text, r"^'?(%s)'?!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+$" % "|".join(map(re.escape, self.book.names)))
        return len(charts)

    def test_names_stand_once_and_filters_are_among_them(self):
        names = [(item.get("name").lower(), item.get("localSheetId")) for item in self.roots["xl/workbook.xml"].iter(workbook.MAIN + "definedName")]
        self.assertEqual(len(names), len(set(names)))
        for number, name in enumerate(self.book.names):
            filters = [item.get("ref") for item in self.roots[self.book.targets[name]].iter(workbook.MAIN + "autoFilter")]
            told = self.book.defined.get(("_xlnm._FilterDatabase", str(number)))
            self.assertEqual([told.rsplit("!", 1)[1].replace("$", "")] if told else [], filters, name)

    def test_bars_have_their_extension(self):
        space = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
        for _, root, _ in self.sheets():
            ids = [item.text for item in root.iter(space + "id")]
            self.assertEqual(ids, [rule.get("id") for rule in root.iter(space + "cfRule")])
            self.assertEqual(len(ids), len(set(ids)))

    def test_blanks_at_the_ends_of_texts_are_kept(self):
        for name, root in self.roots.items():
            for text in root.iter(workbook.MAIN + "t"):
                if text.text != (text.text or "").strip(" \t\r\n") and text.text is not None:
                    self.assertEqual(text.get("{http://www.w3.org/XML/1998/namespace}space"), "preserve", name)

    def test_properties_agree_with_the_sheets(self):
        types = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
        counts, titles = self.roots["docProps/app.xml"].iter(types + "vector")
        for vector in (counts, titles):
            self.assertEqual(int(vector.get("size")), len(vector))
        self.assertEqual([title.text for title in titles][:len(self.book.names)], self.book.names)
        self.assertEqual(sum(int(number.text) for number in counts.iter(types + "i4")), len(titles))
        properties = list(self.roots["docProps/custom.xml"])
        self.assertEqual([item.get("pid") for item in properties], [str(i + 2) for i in range(len(properties))])
        self.assertEqual({item.get("fmtid") for item in properties}, {"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"})


class LongTable(unittest.TestCase):
    """A table that is longer than a sheet."""

    ROWS_OF_A_SHEET = 1048576

    def test_it_goes_on_on_a_second_sheet_with_its_header(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "rows.xlsx")
            subprocess.run([ROWS_PROGRAM, path, str(self.ROWS_OF_A_SHEET + 5)], check=True)
            book = workbook.Workbook(path)
        self.assertEqual(book.names, ["Rows", "Rows (2)"])
        # Read as text: a million cells as objects would take a minute.
        self.assertEqual(book.xml("Rows").count("<row "), self.ROWS_OF_A_SHEET)
        second = book.sheet("Rows (2)")
        self.assertEqual(second.row(1), ["Number"])
        self.assertEqual([second.row(row) for row in range(2, second.last_row() + 1)],
                         [[str(number)] for number in range(self.ROWS_OF_A_SHEET, self.ROWS_OF_A_SHEET + 6)])


class ManyLinks(unittest.TestCase):
    """More links than the 65,530 that Excel takes on a sheet."""

    LIMIT = 65530

    def test_what_is_behind_the_limit_is_a_text(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "links.xlsx")
            subprocess.run([ROWS_PROGRAM, path, str(self.LIMIT + 3), "links"], check=True)
            book = workbook.Workbook(path)
        places = re.findall(r'<hyperlink ref="A(\d+)" location="\'Rows\'!A(\d+)"', book.xml("Rows"))
        self.assertEqual(len(places), self.LIMIT)
        self.assertTrue(all(place == target for place, target in places))
        self.assertEqual(places[-1][0], str(self.LIMIT + 1))
        sheet = book.sheet("Rows")
        self.assertEqual([sheet.row(self.LIMIT + i)[0] for i in (1, 2, 4)], [str(self.LIMIT + i) for i in (0, 1, 3)])
        styles = [sheet.styles[self.LIMIT + i, 0] for i in (1, 2)]
        self.assertNotEqual(styles[0], styles[1], "what leads nowhere must not look like a link")

    def test_of_many_columns_the_first_of_each_table_leads_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "many.xlsx")
            subprocess.run([PROGRAM, os.path.join(ROOT, "reports", "definitions"), "en", path, "66000"], check=True, stdout=subprocess.DEVNULL)
            book = workbook.Workbook(path)
        counts = {name: book.xml(name).count("<hyperlink ") for name in book.names}
        self.assertLessEqual(max(counts.values()), self.LIMIT)
        tables, columns = (book.xml(name).count("<row ") - 1 for name in ("Data assets", "Column inventory"))
        self.assertGreater(columns, self.LIMIT)
        self.assertGreater(counts["Column inventory"], 0.9 * counts["Data assets"])
        self.assertLessEqual(counts["Column inventory"], tables)
        comments = b"".join(content for name, content in book.parts.items() if name.startswith("xl/comments"))
        self.assertIn("with more than 65,530 columns only the first of each table does", comments.decode("utf-8"))


class Interrupted(unittest.TestCase):
    """A report that is killed while it is written."""

    def test_the_old_file_stays_and_nothing_else(self):
        for ending, how in (("xlsx", signal.SIGKILL), ("xlsx", signal.SIGINT), ("xlsx", signal.SIGTERM), ("csv", signal.SIGKILL),
                            ("jsonl", signal.SIGTERM)):
            with tempfile.TemporaryDirectory() as folder, self.subTest(ending=ending, how=how):
                path = os.path.join(folder, "a." + ending)
                with open(path, "w", encoding="utf-8") as file:
                    file.write("old")
                definitions = os.path.join(ROOT, "reports", "definitions")
                process = subprocess.Popen([PROGRAM, definitions, "zh", path, "10000000"], stdout=subprocess.DEVNULL)
                time.sleep(1)
                self.assertIsNone(process.poll())
                process.send_signal(how)
                process.wait()
                self.assertEqual(os.listdir(folder), ["a." + ending])
                with open(path, encoding="utf-8") as file:
                    self.assertEqual(file.read(), "old")


class Openpyxl(DemoCase):
    """The file as another program reads it."""

    def setUp(self):
        try:
            import openpyxl
        except ImportError:
            self.skipTest("openpyxl is not installed")
        self.book = openpyxl.load_workbook(self.path)

    def test_sheets_and_rows(self):
        self.assertEqual(self.book.sheetnames, SHEETS + HIDDEN)
        self.assertEqual([self.book[name].sheet_state for name in HIDDEN], ["hidden"])
        sheet = self.book["Column inventory"]
        self.assertEqual(sheet.max_row, 19)
        self.assertEqual(sheet.freeze_panes, "F2")
        self.assertEqual(sheet["A1"].value, "No.")
        self.assertEqual(sheet["A2"].value, 1)

    def test_no_cell_is_a_formula(self):
        for sheet in self.book:
            for row in sheet.iter_rows():
                self.assertFalse([cell.coordinate for cell in row if cell.data_type == "f"], sheet.title)


class LibreOffice(DemoCase):
    """The file as a spreadsheet program reads it."""

    def setUp(self):
        if shutil.which("soffice") is None:
            self.skipTest("LibreOffice is not installed")

    def test_the_inventory_survives(self):
        profile = "-env:UserInstallation=file://" + os.path.join(self.folder, "profile")
        # 76: UTF-8; the last number: the sheet
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,%d" % (SHEETS.index("Column inventory") + 1)
        subprocess.run(["soffice", profile, "--headless", "--convert-to", form, "--outdir", self.folder, self.path],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)
        with open(os.path.join(self.folder, "demo-Column inventory.csv"), encoding="utf-8") as file:
            text = file.read()
        for wanted in ("No.,System,Database or schema,Table", "=cmd|' /C calc'!A0", "_x0041_ & <b>", "武汉一厂", "General 4"):
            self.assertIn(wanted, text)
        self.assertNotIn("Err:", text)
        self.assertNotIn("#NAME?", text)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    PROGRAM, ROWS_PROGRAM, ROOT = sys.argv[1:]
    sys.argv[1:] = []
    tap.main()
