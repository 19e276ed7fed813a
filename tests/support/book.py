"""A workbook edited as a person would: cells filled, rows sorted, hidden or deleted, columns moved. Only the standard library."""
import re
import zipfile
import xml.etree.ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
ET.register_namespace("", MAIN[1:-1])
ET.register_namespace("r", REL[1:-1])


def number_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number):
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Book:
    def __init__(self, path):
        with zipfile.ZipFile(path) as book:
            self.parts = {name: book.read(name) for name in book.namelist()}
        relations = {item.get("Id"): item.get("Target")
                     for item in ET.fromstring(self.parts["xl/_rels/workbook.xml.rels"])}
        self.sheets = {sheet.get("name"): "xl/" + relations[sheet.get(REL + "id")].removeprefix("/xl/")
                       for sheet in ET.fromstring(self.parts["xl/workbook.xml"]).iter(MAIN + "sheet")}
        self.shared = []
        if "xl/sharedStrings.xml" in self.parts:
            for item in ET.fromstring(self.parts["xl/sharedStrings.xml"]).iter(MAIN + "si"):
                self.shared.append("".join(t.text or "" for t in item.iter(MAIN + "t")))
        self.open = {}

    def sheet(self, name):
        if name not in self.open:
            self.open[name] = Sheet(self, ET.fromstring(self.parts[self.sheets[name]]))
        return self.open[name]

    def save(self, path):
        for name, sheet in self.open.items():
            self.parts[self.sheets[name]] = sheet.bytes()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for name, content in self.parts.items():
                book.writestr(name, content)


class Sheet:
    """Rows as dictionaries column number -> cell element."""

    def __init__(self, book, root):
        self.book, self.root = book, root
        self.data = root.find(MAIN + "sheetData")
        self.rows = [{number_of(re.match("[A-Z]+", cell.get("r")).group()): cell for cell in row}
                     for row in self.data]
        self.head = next(i for i, row in enumerate(self.rows) if {"键", "Key"} & {self.text(c) for c in row.values()})
        self.columns = {self.text(cell): column for column, cell in self.rows[self.head].items()}

    def text(self, cell):
        if cell is None:
            return ""
        text = "".join(t.text or "" for kind in ("v", "t") for t in cell.iter(MAIN + kind))
        return self.book.shared[int(text)] if cell.get("t") == "s" and text else text

    def body(self):
        return self.rows[self.head + 1:]

    def get(self, row, title):
        return self.text(row.get(self.columns[title]))

    def find(self, **wanted):
        """The row of a column by name, and by table where given."""
        for row in self.body():
            if all(self.get(row, title) == value for title, value in wanted.items()):
                return row
        raise KeyError(wanted)

    def put(self, row, title, text, kind="inlineStr"):
        cell = ET.Element(MAIN + "c")
        if kind == "inlineStr":
            cell.set("t", kind)
            ET.SubElement(ET.SubElement(cell, MAIN + "is"), MAIN + "t").text = text
        else:
            if kind != "n":
                cell.set("t", kind)
            ET.SubElement(cell, MAIN + "v").text = text
        row[self.columns[title]] = cell

    def fill(self, row, **texts):
        for title, text in texts.items():
            self.put(row, title, text)

    def reverse(self):
        self.rows[self.head + 1:] = reversed(self.body())

    def keep(self, rows):
        self.rows[self.head + 1:] = [row for row in self.body() if any(row is kept for kept in rows)]

    def turn_columns(self):
        """The last column first."""
        last = max(max(row, default=1) for row in self.rows)
        self.rows = [{last + 1 - column: cell for column, cell in row.items()} for row in self.rows]
        self.columns = {title: last + 1 - column for title, column in self.columns.items()}

    def push_down(self, n):
        """Empty rows above everything."""
        self.rows[:0] = [{} for _ in range(n)]
        self.head += n

    def bytes(self):
        for row in list(self.data):
            self.data.remove(row)
        for number, cells in enumerate(self.rows, 1):
            row = ET.SubElement(self.data, MAIN + "row", r=str(number))
            for column in sorted(cells):
                cells[column].set("r", letters_of(column) + str(number))
                row.append(cells[column])
        for name in ("extLst", "autoFilter", "conditionalFormatting", "dataValidations", "mergeCells", "ignoredErrors"):
            for element in self.root.findall(MAIN + name):
                self.root.remove(element)
        return ET.tostring(self.root, encoding="UTF-8", xml_declaration=True)
