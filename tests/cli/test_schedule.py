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

import yaml

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


# Fields of the Kubernetes API reference (batch/v1 Job, core/v1 Pod) as far as a scan uses them: a name, and what stands there. A tuple is one of
# its words, a list many of its kind.
MODE = int
SECURITY_OF_POD = {"runAsNonRoot": bool, "runAsUser": int, "runAsGroup": int, "fsGroup": int,
                   "seccompProfile": {"type": ("RuntimeDefault", "Unconfined", "Localhost")}}
CONTAINER = {"name": str, "image": str, "command": [str], "args": [str],
             "env": [{"name": str, "value": str, "valueFrom": {"fieldRef": {"apiVersion": str, "fieldPath": str}}}],
             "resources": {"requests": {"cpu": str, "memory": str}, "limits": {"cpu": str, "memory": str}},
             "securityContext": {"allowPrivilegeEscalation": bool, "readOnlyRootFilesystem": bool, "capabilities": {"add": [str], "drop": [str]}},
             "volumeMounts": [{"name": str, "mountPath": str, "readOnly": bool, "subPath": str}]}
VOLUME = {"name": str, "secret": {"secretName": str, "defaultMode": MODE, "optional": bool}, "emptyDir": {"medium": str, "sizeLimit": str}}
POD = {"restartPolicy": ("Never", "OnFailure"), "automountServiceAccountToken": bool, "securityContext": SECURITY_OF_POD,
       "containers": [CONTAINER], "volumes": [VOLUME], "terminationGracePeriodSeconds": int}
RULE = {"action": ("FailJob", "FailIndex", "Ignore", "Count"),
        "onExitCodes": {"containerName": str, "operator": ("In", "NotIn"), "values": [int]},
        "onPodConditions": [{"type": str, "status": ("True", "False", "Unknown")}]}
JOB = {"apiVersion": ("batch/v1",), "kind": ("Job",), "metadata": {"name": str, "namespace": str, "labels": dict},
       "spec": {"completionMode": ("Indexed", "NonIndexed"), "completions": int, "parallelism": int, "backoffLimit": int, "backoffLimitPerIndex": int,
                "maxFailedIndexes": int, "activeDeadlineSeconds": int, "ttlSecondsAfterFinished": int, "podFailurePolicy": {"rules": [RULE]},
                "template": {"metadata": {"labels": dict}, "spec": POD}}}
EXIT_CODES = {0, 1, 2, 3, 4, 5, 6, 7, 130}  # as the manual has them


def misfits(value, form, place="job"):
    """What of a manifest is not as the reference has it."""
    if isinstance(form, dict):
        if not isinstance(value, dict):
            return ["%s: no object" % place]
        unknown = ["%s.%s: no such field" % (place, name) for name in value if name not in form]
        return unknown + [one for name in value if name in form for one in misfits(value[name], form[name], "%s.%s" % (place, name))]
    if isinstance(form, list):
        if not isinstance(value, list):
            return ["%s: no list" % place]
        return [one for i, item in enumerate(value) for one in misfits(item, form[0], "%s[%d]" % (place, i))]
    if isinstance(form, tuple):
        return [] if value in form else ["%s: %r is none of %s" % (place, value, ", ".join(form))]
    good = isinstance(value, form) and (form is bool or not isinstance(value, bool))
    return [] if good else ["%s: %r is no %s" % (place, value, form.__name__)]


class Kubernetes(unittest.TestCase):
    def setUp(self):
        self.job = yaml.safe_load((SCHEDULE / "dcscan-job.yaml").read_text(encoding="utf-8"))
        self.spec = self.job["spec"]
        self.pod = self.spec["template"]["spec"]

    def test_every_field_is_one_of_the_reference(self):
        self.assertEqual(misfits(self.job, JOB), [])

    def test_a_field_that_is_misspelt_or_of_another_kind_would_be_found(self):
        self.spec["completionmode"] = self.spec.pop("completionMode")
        self.spec["podFailurePolicy"]["rules"][1]["action"] = "Fail"
        self.pod["containers"][0]["command"][-1] = 2
        self.pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"] = "yes"
        self.assertEqual(len(misfits(self.job, JOB)), 4)

    def test_fields_go_together_as_the_api_demands(self):
        self.assertEqual(self.spec["completionMode"], "Indexed")
        self.assertRegex(self.job["metadata"]["name"], r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")
        self.assertEqual(self.pod["restartPolicy"], "Never", "which backoffLimitPerIndex and podFailurePolicy want")
        self.assertLessEqual(self.spec["maxFailedIndexes"], self.spec["completions"])
        self.assertIn("backoffLimitPerIndex", self.spec, "which FailIndex wants")
        volumes, mounts = ({one["name"] for one in these} for these in (self.pod["volumes"], self.pod["containers"][0]["volumeMounts"]))
        self.assertEqual(volumes, mounts)
        self.assertEqual(self.pod["volumes"][0]["secret"]["defaultMode"], 0o440)
        self.assertIn("fsGroup", self.pod["securityContext"], "else nobody but root may read the secret")
        for rule in self.spec["podFailurePolicy"]["rules"]:
            self.assertEqual(("onExitCodes" in rule) + ("onPodConditions" in rule), 1, rule)
            if "onExitCodes" in rule:
                self.assertEqual(rule["onExitCodes"]["containerName"], self.pod["containers"][0]["name"])
                self.assertEqual(rule["onExitCodes"]["values"], sorted(set(rule["onExitCodes"]["values"])))
                self.assertNotIn(0, rule["onExitCodes"]["values"], "which is no failure")

    def action_of(self, code):
        """The first rule that fits decides."""
        for rule in self.spec["podFailurePolicy"]["rules"]:
            codes = rule.get("onExitCodes")
            if codes is not None and (code in codes["values"]) == (codes["operator"] == "In"):
                return rule["action"]
        return None

    def test_every_exit_code_has_the_answer_that_it_asks_for(self):
        manual = (ROOT / "src/cli/dcscan.1").read_text(encoding="utf-8")
        told = manual[manual.index(".SH EXIT"):].split(".SH", 2)[1]
        self.assertEqual({int(code) for code in re.findall(r"(?m)^(\d+);", told)}, EXIT_CODES)
        self.assertEqual({code: self.action_of(code) for code in EXIT_CODES - {0}},
                         {1: "FailIndex", 5: "FailIndex", 2: "FailJob", 3: "FailJob", 4: "Count", 6: "Count", 7: "Count", 130: "Count"})
        self.assertEqual(self.action_of(137), "Count", "killed")

    def test_its_command_is_one_that_the_program_takes(self):
        with tempfile.TemporaryDirectory(prefix="dcscan-job-") as folder:
            path = pathlib.Path(folder)
            sqlite3.connect(path / "plant.db").executescript("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x');")
            (path / "dcscan.yaml").write_text("store: %s\nsources:\n  - {name: plant, connection: \"Driver=SQLite3;Database=%s\"}\n"
                                              % (path / "store.db", path / "plant.db"), encoding="utf-8")
            words = [word.replace("/etc/dcscan", folder).replace("$(JOB_NAME)", self.job["metadata"]["name"])
                     for word in self.pod["containers"][0]["command"]]
            done = subprocess.run([DCSCAN, *words[1:]], env=dict(os.environ, HOME=folder, LC_ALL="C.UTF-8",
                                                                 DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT))),
                                  capture_output=True, text=True, timeout=120, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    tap.main()
