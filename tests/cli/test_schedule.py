"""The units and the line for cron: fit for systemd, and their command lines are ones that the program takes."""
import json
import os
import pathlib
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap

DCSCAN = os.path.abspath(os.environ.get("DCSCAN", "build/dcscan"))
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEDULE = ROOT / "schedule"
WORST_EXPOSURE = 15  # tenths of systemd's scale from 0 (safe) to 10


class Schedule(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="dcscan-schedule-")
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        connection = sqlite3.connect(self.path / "plant.db")
        connection.executescript("CREATE TABLE t (id_card_no TEXT); INSERT INTO t VALUES ('11010119900307123X');")
        connection.close()
        (self.path / "secret").write_text("geheim\n")
        (self.path / "dcscan.yaml").write_text(
            "sources:\n  - {name: plant, connection: \"Driver=SQLite3;Database=%s\", password_file: \"%s\"}\n"
            % (self.path / "plant.db", self.path / "secret"))
        (self.path / "log").mkdir()

    def run_command(self, words):
        environment = dict(os.environ, HOME=str(self.path), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), LC_ALL="C.UTF-8")
        return subprocess.run(words, env=environment, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)

    def check_results(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        summary = json.loads((self.path / "summary.json").read_text())
        self.assertEqual((summary["exit_code"], summary["run"]), (0, 1))
        self.assertGreater((self.path / "inventory.xlsx").stat().st_size, 10000)

    def test_the_command_of_the_service_runs(self):
        text = (SCHEDULE / "dcscan.service.in").read_text()
        command = re.search(r"(?m)^ExecStart=(.*)$", text).group(1)
        command = command.replace("@bindir@/dcscan", DCSCAN).replace("${STATE_DIRECTORY}", str(self.path))
        self.check_results(self.run_command(shlex.split(command.replace("/etc/dcscan", str(self.path)))))

    def test_the_command_of_cron_runs_and_logs(self):
        lines = [line for line in (SCHEDULE / "dcscan.cron.in").read_text().splitlines() if re.match(r"\d", line)]
        self.assertEqual(len(lines), 1)
        self.assertNotIn("%", lines[0], "which cron takes for the end of the line")
        user, command = lines[0].split(None, 6)[5:]
        self.assertEqual(user, "dcscan")
        for place, mine in (("@bindir@/dcscan", DCSCAN), ("/etc/dcscan", str(self.path)), ("/var/lib/dcscan", str(self.path)),
                            ("/var/log/dcscan", str(self.path / "log"))):
            command = command.replace(place, mine)
        done = self.run_command(["/bin/sh", "-c", command])
        self.check_results(done)
        self.assertEqual((done.stdout, done.stderr), ("", ""), "cron would mail it every night")
        self.assertTrue((self.path / "log" / "dcscan.log").exists())

    def units(self):
        text = (SCHEDULE / "dcscan.service.in").read_text().replace("@bindir@/dcscan", DCSCAN)
        (self.path / "dcscan.service").write_text(text.replace("#LoadCredential=", "LoadCredential="))
        shutil.copy(SCHEDULE / "dcscan.timer", self.path)
        return [str(self.path / "dcscan.service"), str(self.path / "dcscan.timer")]

    def analyze(self, *words):
        if shutil.which("systemd-analyze") is None:
            self.skipTest("systemd-analyze is not installed")
        return self.run_command(["systemd-analyze", *words])

    def test_systemd_finds_nothing_wrong(self):
        done = self.analyze("verify", "--man=no", "--recursive-errors=no", *self.units())
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_systemd_would_find_what_is_wrong(self):
        units = self.units()
        text = pathlib.Path(units[0]).read_text().replace("DynamicUser=yes", "DynamicUsr=yes")
        pathlib.Path(units[0]).write_text(text)
        done = self.analyze("verify", "--man=no", "--recursive-errors=no", *units)
        self.assertIn("DynamicUsr", done.stdout + done.stderr)

    def test_the_service_is_exposed_little(self):
        done = self.analyze("security", "--offline=true", "--threshold=%d" % WORST_EXPOSURE, self.units()[0])
        if "unrecognized option" in done.stderr:
            self.skipTest("this systemd-analyze cannot look at files")
        self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)

    def test_the_time_of_the_timer_is_understood(self):
        when = re.search(r"(?m)^OnCalendar=(.*)$", (SCHEDULE / "dcscan.timer").read_text()).group(1)
        done = self.analyze("calendar", when)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    tap.main()
