#!/usr/bin/env python3
"""A stored run decided again by a changed taxonomy: as a new scan would decide, and without a statement to the databases."""
import os
import pathlib
import sys

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from resume_case import ROOT, PostgreSQL, ResumeCase  # noqa: E402
import tap  # noqa: E402

# Neither changes what a rule counts: a decision by name, and what a rule of values speaks for.
CHANGED = """overlay: plant
overrides:
  - {override: amounts, column: qty, leaf: A1-01, level: 3}
values:
  - rule: email
    name: {zh: 电子邮箱, en: e-mail}
    pattern: '%s'
    check: email
    mask: email
    leaf: D1-02
    weight: 6
    share: 0.5
    match: ['user1@example.com']
    no_match: ['user']
"""
NEW_RULE = """overlay: plant
values:
  - rule: batch-text
    name: {zh: 批次说明, en: batch note}
    pattern: '批次 [0-9]+ 合格'
    leaf: B2-02
    weight: 2
    match: ['批次 12 合格']
    no_match: ['合格']
"""


def email_pattern():
    rules = yaml.safe_load((ROOT / "taxonomies/whcsa-003-2024/values.yaml").read_text(encoding="utf-8"))["values"]
    return next(rule["pattern"] for rule in rules if rule["rule"] == "email").replace("'", "''")


def setUpModule():
    PostgreSQL.start()


def tearDownModule():
    PostgreSQL.stop()


class OnEither:
    kind = None

    def overlay(self, text, name="plant.yaml"):
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        return path

    def scanned(self):
        self.add_source("plant", n_tables=4, about={"system": "MES"})
        self.add_source("office", n_tables=2, about={"system": "OA"})
        store = self.new_store(self.kind)
        self.run_to_end(store)
        return store

    def take_sources_away(self):
        for name in ("plant", "office"):
            os.unlink(self.path / (name + ".db"))

    def test_without_a_change_the_findings_are_the_same(self):
        store = self.scanned()
        wanted = self.findings(store)
        self.take_sources_away()
        self.assertIn("0 of 36 columns in 6 tables are decided otherwise", self.run_to_end(store, command="regrade"))
        self.assertEqual(self.findings(store, 2), wanted)

    def test_it_decides_as_a_scan_would(self):
        store = self.scanned()
        overlay = self.overlay(CHANGED % email_pattern())
        other = self.new_store(self.kind)
        self.run_to_end(other, "--taxonomy-overlay", overlay)
        wanted = self.findings(other)
        self.assertNotEqual(wanted, self.findings(store))
        self.take_sources_away()
        self.run_to_end(store, "--taxonomy-overlay", overlay, command="regrade")
        self.assertEqual(self.findings(store, 2), wanted)

    def test_of_rules_that_were_not_counted_it_says_so(self):
        store = self.scanned()
        overlay = self.overlay(NEW_RULE)
        output = self.run_to_end(store, "--taxonomy-overlay", overlay, command="regrade")
        self.assertIn("1 value rules were not counted", output)
        self.assertIn("batch-text", output)

    def test_a_run_that_did_not_end_is_refused(self):
        self.add_source("plant", limits={"pause_milliseconds": 100})
        store = self.new_store(self.kind)
        process = self.start(store, "-v")
        for line in process.stderr:
            if " rows, " in line:
                break
        process.kill()
        process.communicate()
        self.assertIn("it has not ended", self.run_to_end(store, command="regrade", expect=2))


class OnSqlite(OnEither, ResumeCase):
    kind = "sqlite"


class OnPostgresql(OnEither, ResumeCase):
    kind = "postgresql"


if __name__ == "__main__":
    tap.main()
