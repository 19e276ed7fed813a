"""Reports that cannot be finished: the disk is full, the folder is closed, somebody interrupts. Never half a file, never a lost old one."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "bench")]
import tap  # noqa: E402
import workbook  # noqa: E402  (makes large inventories)

DCSCAN = os.environ.get("DCSCAN", "build/dcscan")
NOBODY = 65534


class Faults(unittest.TestCase):
    """An inventory of 4,000 columns, whose workbook takes a while to write."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="dcscan-faults-")
        cls.path = pathlib.Path(cls.folder.name)
        workbook.DCSCAN = os.path.abspath(DCSCAN)
        workbook.scan_one_table(cls.path)
        cls.store = workbook.make_store(cls.path, 4000)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.out = self.path / "out"
        self.out.mkdir()
        (self.out / "old.xlsx").write_text("old", encoding="utf-8")
        self.addCleanup(shutil.rmtree, self.out)

    def start(self, path, *args, **options):
        environment = dict(os.environ, XDG_STATE_HOME=str(self.path / "state"), HOME=str(self.path), LC_ALL="C.UTF-8",
                           DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)))
        return subprocess.Popen([os.path.abspath(DCSCAN), "report", "--store", str(self.store), "-o", str(path), *args], cwd=self.path,
                                env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                **options)

    def assert_old_file_stays(self, folder=None):
        folder = folder or self.out
        self.assertEqual(sorted(path.name for path in folder.iterdir()), ["old.xlsx"])
        self.assertEqual((folder / "old.xlsx").read_text(encoding="utf-8"), "old")

    def test_who_interrupts_finds_the_old_file(self):
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
            for wait in (0.1, 0.5):
                with self.subTest(how=how, wait=wait):
                    process = self.start(self.out / "old.xlsx")
                    time.sleep(wait)
                    self.assertIsNone(process.poll(), "it is still at work")
                    process.send_signal(how)
                    process.communicate(timeout=60)
                    self.assertNotEqual(process.returncode, 0)
                    self.assert_old_file_stays()

    def test_a_full_disk_leaves_the_old_file(self):
        disk = self.path / "disk"
        disk.mkdir(exist_ok=True)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("no small disk can be mounted here")
        try:
            (disk / "old.xlsx").write_text("old", encoding="utf-8")
            for name in ("old.xlsx", "new.xlsx", "new.csv", "new.jsonl"):
                process = self.start(disk / name)
                _, errors = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 6, errors)
                self.assertIn("No space left on device", errors)
                self.assert_old_file_stays(disk)
        finally:
            subprocess.run(["umount", disk], check=True)

    def test_a_folder_without_permission_is_told(self):
        if os.geteuid() != 0:
            self.out.chmod(0o500)
            process = self.start(self.out / "new.xlsx")
        else:
            # Nothing is closed to root, so somebody else tries.
            for path in (self.path, self.store):
                path.chmod(0o777)
            try:
                process = self.start(self.out / "new.xlsx", user=NOBODY, group=NOBODY, extra_groups=[])
            except OSError:
                self.skipTest("nobody else may run the program here")
        _, errors = process.communicate(timeout=120)
        self.out.chmod(0o700)
        self.assertEqual(process.returncode, 6, errors)
        self.assertIn("Permission denied", errors)
        self.assertIn("new.xlsx", errors)
        self.assert_old_file_stays()

    def test_a_file_that_is_open_elsewhere_is_not_replaced(self):
        (self.out / ".~lock.old.xlsx#").write_text(",somebody,host,;", encoding="utf-8")
        process = self.start(self.out / "old.xlsx")
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 6, errors)
        self.assertIn("open in another program", errors)
        os.unlink(self.out / ".~lock.old.xlsx#")
        self.assert_old_file_stays()

    def test_what_is_no_file_is_not_replaced(self):
        (self.out / "folder.xlsx").mkdir()
        process = self.start(self.out / "folder.xlsx")
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 6, errors)
        self.assertIn("it is a folder", errors)
        (self.out / "folder.xlsx").rmdir()
        self.assert_old_file_stays()


if __name__ == "__main__":
    tap.main()
