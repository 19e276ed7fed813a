"""Workbooks and their parts, read with nothing but the standard library."""
import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


def part_texts(path):
    """name -> text of every part, one element a line, so that differences are readable."""
    with zipfile.ZipFile(path) as archive:
        return {name: re.sub(r"><", ">\n<", archive.read(name).decode("utf-8")).replace("\r\n", "\n")
                for name in sorted(archive.namelist())}


def unescape(text):
    """What a spreadsheet makes of _xHHHH_ in a string."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match.group(1), 16)), text)


def column_index(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


class Sheet:
    def __init__(self, xml):
        self.root = ElementTree.fromstring(xml)
        self.rows = {}
        self.kinds = {}
        self.styles = {}
        for cell in self.root.iter(MAIN + "c"):
            letters, row = REFERENCE.match(cell.get("r")).groups()
            place = (int(row), column_index(letters))
            self.rows[place] = self.value(cell)
            self.kinds[place] = cell.get("t", "n")
            self.styles[place] = int(cell.get("s", "0"))

    @staticmethod
    def value(cell):
        if cell.get("t") == "inlineStr":
            return unescape("".join(text.text or "" for text in cell.iter(MAIN + "t")))
        number = cell.find(MAIN + "v")
        return None if number is None else number.text

    def last_row(self):
        return max((row for row, _ in self.rows), default=0)

    def row(self, number):
        width = max((column for row, column in self.rows if row == number), default=-1) + 1
        return [self.rows.get((number, column)) for column in range(width)]

    def header_row(self, title):
        """The row in which a title stands, and the columns by their titles."""
        for row in range(1, self.last_row() + 1):
            cells = self.row(row)
            if title in cells:
                return row, {text: column for column, text in enumerate(cells) if text is not None}
        raise KeyError(title)

    def records(self, title):
        """Rows below the header that has this title, as dictionaries."""
        row, columns = self.header_row(title)
        for number in range(row + 1, self.last_row() + 1):
            yield {name: self.rows.get((number, column)) for name, column in columns.items()}


class Workbook:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        relations = {relation.get("Id"): relation.get("Target")
                     for relation in ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])}
        book = ElementTree.fromstring(self.parts["xl/workbook.xml"])
        self.targets = {sheet.get("name"): "xl/" + relations[sheet.get(RELATION)] for sheet in book.iter(MAIN + "sheet")}
        self.names = list(self.targets)
        self.defined = {(name.get("name"), name.get("localSheetId")): name.text for name in book.iter(MAIN + "definedName")}

    def xml(self, name):
        return self.parts[self.targets[name]].decode("utf-8")

    def sheet(self, name):
        return Sheet(self.xml(name))
