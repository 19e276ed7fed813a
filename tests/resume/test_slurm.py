#!/usr/bin/env python3
"""schedule/dcscan.sbatch as a real job array: munged, slurmctld and slurmd of our own on this machine, in a folder of their own, gone afterwards."""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from resume_case import PROGRAM, ROOT, PostgreSQL, ResumeCase  # noqa: E402
import tap  # noqa: E402

os.environ["PATH"] += ":/usr/sbin:/sbin"
NEEDED = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scontrol"]
MISSING = [name for name in NEEDED if shutil.which(name) is None]
N_TASKS = 3
CONF = """ClusterName=dcscan
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={node}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
JobAcctGatherType=jobacct_gather/none
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=node NodeAddr=127.0.0.1 NodeHostname=node CPUs=8 State=UNKNOWN
PartitionName=all Nodes=node Default=YES MaxTime=INFINITE State=UP
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def setUpModule():
    PostgreSQL.start()


def tearDownModule():
    PostgreSQL.stop()


@unittest.skipIf(MISSING, "not installed: " + " ".join(MISSING))
@unittest.skipIf(os.getuid() != 0, "slurmd starts jobs as root only")
class Slurm(ResumeCase):
    def setUp(self):
        super().setUp()
        self.daemons = []
        self.addCleanup(self.stop)
        for name in ("munge", "state", "spool"):
            (self.path / name).mkdir(mode=0o755)
        os.chmod(self.path, 0o755)
        key = self.path / "munge/key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o600)
        conf = self.path / "slurm.conf"
        conf.write_text(CONF.format(folder=self.path, host=socket.gethostname().split(".")[0], controller=free_port(), node=free_port(), user="root"), encoding="utf-8")
        self.environment = dict(os.environ, SLURM_CONF=str(conf), HOME=str(self.path), DCSCAN=PROGRAM,
                                DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)))
        here = self.path / "munge"
        self.daemon("munged", "--foreground", "--force", "--socket=%s/socket" % here, "--key-file=%s/key" % here, "--pid-file=%s/pid" % here,
                    "--log-file=%s/log" % here, "--seed-file=%s/seed" % here)
        self.wait_for(lambda: (here / "socket").exists())
        self.daemon("slurmctld", "-D", "-c", "-f", conf)
        self.daemon("slurmd", "-D", "-f", conf, "-N", "node")
        try:
            self.wait_for(lambda: self.slurm("sinfo", "-h", "-o", "%t", fail=True).startswith("idle"), int(os.environ.get("DCSCAN_SLURM_WAIT", "120")))
        except AssertionError:
            self.fail("the node is not ready: %s\n%s" % (self.slurm("sinfo", fail=True), self.logs()))

    def daemon(self, *command):
        with open(self.path / (command[0] + ".out"), "wb") as out:
            self.daemons.append(subprocess.Popen(list(map(str, command)), env=self.environment, stdout=out, stderr=out))

    def stop(self):
        """Only what was started here, the last first."""
        for process in reversed(self.daemons):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def slurm(self, *command, fail=False):
        done = subprocess.run(list(map(str, command)), env=self.environment, cwd=self.path, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0 and not fail:
            self.fail("%s: %s%s\n%s" % (command[0], done.stdout, done.stderr, self.logs()))
        return done.stdout.strip()

    def logs(self):
        return "\n".join(path.read_text(encoding="utf-8", errors="replace")[-3000:] for path in sorted(self.path.glob("*.log")) + sorted(self.path.glob("*.out")))

    def run_array(self, store):
        """The exit codes of the tasks of one array on the store, by their number."""
        self.environment.update(DCSCAN_CONFIG=str(self.config(store)), DCSCAN_OUTPUT=str(self.path / "array.jsonl"))
        job = self.slurm("sbatch", "--parsable", "--array=0-%d" % (N_TASKS - 1), "--output=%s/task-%%a.out" % self.path, ROOT / "schedule/dcscan.sbatch")
        end = time.monotonic() + 600
        while self.slurm("squeue", "-h", "-j", job, fail=True):
            self.assertLess(time.monotonic(), end, self.logs())
            time.sleep(0.3)
        shown = [dict(field.split("=", 1) for field in line.split() if "=" in field)
                 for line in self.slurm("scontrol", "-o", "show", "job", job).splitlines()]
        return job, {int(task["ArrayTaskId"]): (task["JobState"], task["ExitCode"]) for task in shown}

    def array_makes_one_run(self, kind):
        self.add_source("plant", n_tables=30, limits={"connections": 6})
        plain = self.new_store(kind)
        self.run_to_end(plain)
        wanted = self.findings(plain)
        self.sources[0]["limits"]["pause_milliseconds"] = 300
        store = self.new_store(kind)
        job, codes = self.run_array(store)
        self.assertEqual(codes, {task: ("COMPLETED", "0:0") for task in range(N_TASKS)}, self.logs())
        self.assertEqual(self.findings(store, 1), wanted)
        self.assertIn("no such run", self.run_to_end(store, 2, "-o", self.path / "x.jsonl", command="report", expect=2))
        self.assertEqual(len((self.path / "array.jsonl").read_text(encoding="utf-8").splitlines()), 30 * 6)
        print("# %s: job %s, %d tasks made one run" % (kind, job, N_TASKS), flush=True)

    def test_an_array_on_a_sqlite_store(self):
        self.array_makes_one_run("sqlite")

    def test_an_array_on_a_postgresql_store(self):
        self.array_makes_one_run("postgresql")


if __name__ == "__main__":
    tap.main()
