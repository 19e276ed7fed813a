"""What a running scan still knows of the password that it connected with: the memory of the process, read while a statement hangs."""
import pathlib

from scripted import *

SECRET = "Zq7-Kranbahn-4711-Zq7"


MAX_REGION = 1 << 32  # larger ones are reserved, not used


def regions(pid):
    for line in open("/proc/%d/maps" % pid, encoding="ascii"):
        bounds, rights, *rest = line.split()
        low, high = (int(part, 16) for part in bounds.split("-"))
        name = rest[3] if len(rest) > 3 else ""
        if rights.startswith("rw") and high - low < MAX_REGION and not name.startswith(("[v", "/dev")):
            yield low, high, name


def search(pid, wanted):
    """(region, bytes around) of each place that holds one of the texts."""
    found = []
    with open("/proc/%d/mem" % pid, "rb", buffering=0) as memory:
        for low, high, name in regions(pid):
            memory.seek(low)
            data = b""
            while len(data) < high - low:
                try:
                    more = memory.read(high - low - len(data))
                except OSError:  # given back meanwhile
                    more = b""
                if not more:
                    break
                data += more
            for text in wanted:
                at = data.find(text)
                while at >= 0:
                    found.append((name, data[max(0, at - 48):at + len(text) + 16]))
                    at = data.find(text, at + 1)
    return found


class Memory(Scripted):
    def held(self, secret_in, *arguments, connecting=False, **script):
        """Places in the memory of a scan that hangs in its first table, or in its connection."""
        connection = self.play("sqlserver", [table("b", hangs="execute")], **script)
        (self.path / "secret").write_text(SECRET + "\n", encoding="ascii")
        (self.path / "secret").chmod(0o600)
        lines = {"file": "    user: reader\n    password_file: secret\n", "env": "    user: reader\n    password_env: PLANT_SECRET\n",
                 "command": "    user: reader\n    password_command: cat secret\n", "none": ""}[secret_in]
        (self.path / "dcscan.yaml").write_text("sources:\n  - name: plant\n    connection: \"%s\"\n%s" % (connection, lines), encoding="utf-8")
        if secret_in == "env":
            self.environment["PLANT_SECRET"] = SECRET
        process = self.start("scan", "plant", "-o", "out.jsonl", *arguments)
        if connecting:
            while "SQLDriverConnect" not in self.calls():
                time.sleep(0.02)
        else:
            self.wait_for_statement(r"\[b\]")
        try:
            if "libasan" in pathlib.Path("/proc/%d/maps" % process.pid).read_text(encoding="ascii"):
                self.skipTest("a sanitizer keeps what has been freed")
            found = search(process.pid, [SECRET.encode(), SECRET.encode("utf-16-le")])
        except PermissionError:
            self.skipTest("the memory of a process that refuses core dumps can be read by root only")
        finally:
            process.kill()
            process.communicate()
        return found

    def test_the_search_finds_what_is_there(self):
        import ctypes
        kept = ctypes.create_string_buffer(SECRET.encode())
        self.assertTrue(search(os.getpid(), [SECRET.encode()]), kept)

    def test_it_is_there_while_the_connection_is_made(self):
        self.assertTrue(self.held("file", connecting=True, connect={"delay_ms": 20000}))

    def test_a_password_is_nowhere_after_the_connection_was_made(self):
        for secret_in in ("file", "command"):
            with self.subTest(secret_in=secret_in):
                self.assertEqual(self.held(secret_in), [])

    def test_nor_is_one_that_went_out_as_utf_16(self):
        self.assertEqual(self.held("file", "--encoding", "utf-16"), [])

    def test_of_the_environment_it_stays_in_the_environment_alone(self):
        self.assertEqual({name for name, _ in self.held("env")}, {"[stack]"})


if __name__ == "__main__":
    tap.main()
