#!/usr/bin/env python3
"""The sbatch file and the Kubernetes manifest of schedule/: several tasks of either make one run, with all findings once."""
import os
import pathlib
import subprocess
import sys

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from resume_case import PROGRAM, ROOT, ResumeCase  # noqa: E402
import tap  # noqa: E402


class Arrays(ResumeCase):
    def run_tasks(self, commands):
        """Runs (command, environment) all at once on one store; the findings are those of a plain scan."""
        self.add_source("plant", n_tables=12)
        plain, store = self.new_store("sqlite"), self.new_store("sqlite")
        self.run_to_end(plain)
        wanted = self.findings(plain)
        config = self.config(store)
        environment = dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), HOME=str(self.path), DCSCAN=PROGRAM,
                           DCSCAN_CONFIG=str(config))
        processes = [subprocess.Popen(command, env=dict(environment, **more), cwd=self.path, stderr=subprocess.PIPE, text=True)
                     for command, more in commands]
        errors = [process.communicate(timeout=200)[1] for process in processes]
        self.assertEqual([process.returncode for process in processes], [0] * len(commands), errors)
        self.assertEqual(self.findings(store, 1), wanted)
        self.assertIn("no such run", self.run_to_end(store, 2, "-o", self.path / "x.jsonl", command="report", expect=2))

    def test_tasks_of_a_slurm_array_make_one_run(self):
        script = ROOT / "schedule/dcscan.sbatch"
        self.run_tasks([(["bash", script], {"SLURM_ARRAY_JOB_ID": "77", "SLURM_ARRAY_TASK_ID": str(task),
                                            "DCSCAN_OUTPUT": str(self.path / "array.jsonl")}) for task in range(3)])
        self.assertEqual(len((self.path / "array.jsonl").read_text(encoding="utf-8").splitlines()), 12 * 6)

    def test_pods_of_an_indexed_job_make_one_run(self):
        job = yaml.safe_load((ROOT / "schedule/dcscan-job.yaml").read_text(encoding="utf-8"))
        self.assertEqual(job["spec"]["completionMode"], "Indexed")
        command = job["spec"]["template"]["spec"]["containers"][0]["command"]
        command = [word.replace("$(JOB_NAME)", job["metadata"]["name"]) for word in command]
        command[0] = PROGRAM
        command[command.index("-c") + 1] = str(self.path / "dcscan.yaml")
        self.run_tasks([(command, {})] * 3)


if __name__ == "__main__":
    tap.main()
