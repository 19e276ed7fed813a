"""Every dialect has all that a plant's database is asked for, or says in its file (`lacks`) why it has not."""
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap
from test_safety import ROOT, read_dialects


def selected(query):
    """The expressions of the query's own SELECT, the first with as many columns as a catalogue has; WITH may stand before it."""
    for found in re.finditer(r"(?i)\bSELECT\b(?:\s+DISTINCT\b)?", query):
        parts = list_of(query[found.end():])
        if len(parts) >= 7:
            return parts
    return []


def list_of(body):
    """Expressions up to FROM, by commas outside parentheses and quotes."""
    parts, depth, text, quote = [], 0, "", None
    for letter in body:
        if quote:
            quote = None if letter == quote else quote
        elif letter in "'\"`":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif depth == 0 and letter == ",":
            parts.append(text.strip())
            text = ""
            continue
        if depth == 0 and not quote and re.search(r"(?is)\sFROM\s$", text + letter):
            return parts + [text[:-5].strip()]
        text += letter
    return parts + [text.strip()]


def is_told(query, column):
    """Whether a column of a catalogue query is more than a constant."""
    parts = selected(query)
    return len(parts) > column and not re.fullmatch(r"(?i)NULL|0|1|''|\"\"", parts[column])


class Dialect:
    def __init__(self, content):
        self.content = content
        self.catalogue = content.get("catalogue") or {}
        self.functions = "tables" not in self.catalogue
        self.session = [entry if isinstance(entry, str) else entry["sql"] for entry in content.get("session") or []]
        self.states = {state["status"] for state in content.get("sqlstates") or []}

    def told(self, query, column):
        return self.functions or is_told(self.catalogue[query], column)

    def in_session(self, pattern):
        return any(re.search(pattern, text, re.I | re.S) for text in self.session)

    def items(self):
        catalogue = self.catalogue
        return {
            "recognition": bool(self.content.get("dbms")),
            "comments": catalogue.get("comments_in_definition", False) or (self.told("tables", 3) and self.told("columns", 4)),
            "primary_keys": self.told("columns", 10),
            "foreign_keys": self.functions or "references" in catalogue,
            "views": self.functions or "VIEW" in catalogue["tables"].upper(),
            "partitions": not self.functions and re.search(r"partition|inherits|card\b|information_schema|sys\.objects|all_objects",
                                                           catalogue["tables"], re.I) is not None,
            "row_estimates": "estimates" in catalogue or "rows_of_table" in catalogue or (not self.functions and is_told(catalogue["tables"], 5)),
            "quoting": bool(self.content["identifiers"]["quote"]),
            "sampling": any(way["method"] not in ("whole", "head") for way in self.content["sampling"]),
            "read_only": bool(self.content.get("read_only_check")) or self.in_session(r"READ.ONLY|query_only"),
            "statement_timeout": self.in_session(r"(?<!lock_)(?<!lock )(statement|query|execution|run|busy)[a-z_.]*time[a-z_ =']*.*\{timeout_"),
            "lock_timeout": self.in_session(r"lock[a-z_ ]*(wait)?[a-z_ ]*=?\s*'?\{timeout_|busy_timeout"),
            "isolation": self.in_session(r"ISOLATION|SNAPSHOT|READ ONLY|query_only"),
            "types": len(self.content["types"]) >= 5,
            "denied": "denied" in self.states,
            "lost": "lost" in self.states,
            "timeout": "timeout" in self.states,
            "retry": any(state.get("action") == "retry" for state in self.content.get("sqlstates") or []),
        }


class Complete(unittest.TestCase):
    def test_what_a_dialect_lacks_it_says_with_a_reason_and_nothing_else(self):
        for content in read_dialects():
            lacks = content.get("lacks") or {}
            for item, there in Dialect(content).items().items():
                with self.subTest(dialect=content["name"], item=item):
                    if there:
                        self.assertNotIn(item, lacks, "it has it")
                    else:
                        self.assertGreater(len(lacks.get(item, "").split()), 3, "neither there nor explained")

    def test_every_file_is_judged(self):
        self.assertEqual(len(list(read_dialects())), len(list((ROOT / "connectors" / "dialects").glob("*.yaml"))))

    def test_the_judge_can_say_no(self):
        bare = {"name": "x", "identifiers": {"quote": ""}, "catalogue": {
            "tables": "SELECT '', s, t, NULL, 'TABLE', NULL, NULL, NULL, NULL FROM x", "columns": "SELECT '', s, t, c, NULL, k, 1, 1, 1, 1, 0, 0 FROM x"},
                "sampling": [{"method": "head"}], "types": []}
        self.assertEqual({item for item, there in Dialect(bare).items().items() if there}, set())


if __name__ == "__main__":
    tap.main()
