#!/usr/bin/env python3
"""Each style check on small invented trees: it passes a clean one and fails on what it is there to find."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
import tap  # noqa: E402

LAYERS = """
[layers]
base = []
model = ["base"]
odbc = ["model", "base"]
connector_contract = ["model", "base"]
connect = ["connector_contract", "model", "base"]
connectors = ["connector_contract", "odbc", "model", "base"]
[places]
"src/base" = "base"
"src/model" = "model"
"src/odbc" = "odbc"
"src/connect" = "connect"
"connectors" = "connectors"
[third_party]
"sql.h" = ["src/odbc", "tests/bench"]
[headers]
"dcscan/status.h" = "base"
"dcscan/table.h" = "model"
"dcscan/connection.h" = "connect"
"dcscan/provider/connector.h" = "connector_contract"
"""
HEADER = '#ifndef %(guard)s\n#define %(guard)s\n#ifdef __cplusplus\nextern "C" {\n#endif\n%(body)s\n#ifdef __cplusplus\n}\n#endif\n#endif\n'
HEADERS = ("status.h", "table.h", "connection.h", "provider/connector.h")
FUNCTION = "int dc_sum_lines(int n)\n{\n%s    return n;\n}\n"


class TreeTest(unittest.TestCase):
    """A tree in a temporary directory; run(check) gives exit code and output."""

    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        self.write("tests/style/layers.toml", LAYERS)
        for name in HEADERS:
            guard = "DCSCAN_" + name.replace("/", "_").replace(".", "_").upper()
            self.write("include/dcscan/" + name, HEADER % {"guard": guard, "body": "int dc_f_%s(void);" % guard.lower()})

    def write(self, path, text):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)

    def run_check(self, script, *args):
        command = [os.path.join(HERE, script), *args]
        if script.endswith(".py"):
            command.insert(0, sys.executable)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def assert_passes(self, script, *args):
        code, output = self.run_check(script, *(args or (self.root,)))
        self.assertEqual(code, 0, output)

    def assert_fails(self, script, expected, *args):
        code, output = self.run_check(script, *(args or (self.root,)))
        self.assertEqual(code, 1, output)
        self.assertIn(expected, output)


class IncludesTest(TreeTest):
    def test_passes_downward_includes(self):
        self.write("src/model/table.c", "#include <dcscan/table.h>\n#include <dcscan/status.h>\n#include <string.h>\n")
        self.write("connectors/odbc/odbc.c", "#include <dcscan/provider/connector.h>\n")
        self.assert_passes("includes.py")

    def test_finds_an_upward_include(self):
        self.write("src/base/status.c", "#include <dcscan/table.h>\n")
        self.assert_fails("includes.py", "base may not include <dcscan/table.h> of model")

    def test_finds_a_connector_that_includes_the_front(self):
        self.write("connectors/odbc/odbc.c", '#include "dcscan/connection.h"\n')
        self.assert_fails("includes.py", "connectors may not include <dcscan/connection.h> of connect")

    def test_finds_an_upward_include_of_a_public_header(self):
        self.write("include/dcscan/status.h", '#include <dcscan/table.h>\n')
        self.assert_fails("includes.py", "include/dcscan/status.h:1: base may not")

    def test_finds_an_upward_include_of_a_unit_test(self):
        self.write("tests/unit/base/test_status.c", "#include <dcscan/table.h>\n")
        self.assert_fails("includes.py", "base may not include")

    def test_finds_a_private_header_of_another_layer(self):
        self.write("src/odbc/handle.h", "\n")
        self.write("src/connect/connection.c", '#include "../odbc/handle.h"\n')
        self.assert_fails("includes.py", "private header of odbc")

    def test_passes_a_private_header_of_its_own(self):
        self.write("src/odbc/handle.h", "\n")
        self.write("src/odbc/handle.c", '#include "handle.h"\n#include <sql.h>\n')
        self.assert_passes("includes.py")

    def test_finds_a_header_without_an_owner(self):
        self.write("include/dcscan/orphan.h", "\n")
        self.assert_fails("includes.py", "include/dcscan/orphan.h:1: header has no owner")

    def test_finds_a_third_party_header_in_a_second_place(self):
        self.write("src/connect/connection.c", "#include <sql.h>\n")
        self.assert_fails("includes.py", "<sql.h> may be included only in src/odbc")

    def test_finds_an_unlisted_library(self):
        self.write("src/base/log.c", "#include <glib.h>\n")
        self.assert_fails("includes.py", "<glib.h> is neither standard nor listed")

    def test_reads_no_include_from_a_comment(self):
        self.write("src/base/log.c", "/*\n#include <glib.h>\n*/\n")
        self.assert_passes("includes.py")


class BannedTest(TreeTest):
    def test_passes_clean_code(self):
        self.write("src/base/a.c", 'int snprintf_like(void);\n/* never strcpy( */\nconst char *text = "system(1)";\n')
        self.assert_passes("banned.py")

    def test_finds_each_banned_function(self):
        for name in ("sprintf", "vsprintf", "strcpy", "strcat", "strncpy", "strtok", "gets", "atoi", "atol", "atof", "rand",
                     "alloca", "system", "popen"):
            with self.subTest(name=name):
                self.write("src/base/a.c", "void f(void)\n{\n    (void)%s(x);\n}\n" % name)
                self.assert_fails("banned.py", "src/base/a.c:3: %s:" % name)

    def test_leaves_members_and_longer_names_alone(self):
        self.write("src/base/a.c", "void f(struct x *x)\n{\n    x->system(1);\n    my_strcpy(2);\n}\n")
        self.assert_passes("banned.py")

    def test_finds_a_library_that_prints(self):
        self.write("src/base/a.c", "void f(void)\n{\n    fputs(text, stderr);\n}\n")
        self.assert_fails("banned.py", "stderr: a library returns errors")

    def test_lets_the_command_line_print(self):
        self.write("src/cli/main.c", "void f(void)\n{\n    fputs(text, stderr);\n    exit(2);\n}\n")
        self.assert_passes("banned.py")

    def test_finds_work_markers_and_machine_paths(self):
        self.write("taxonomies/a.yaml", "a: 1 # TODO later\n")
        self.assert_fails("banned.py", "taxonomies/a.yaml:1: work marker")
        self.write("taxonomies/a.yaml", "a: /home/someone/x\n")
        self.assert_fails("banned.py", "taxonomies/a.yaml:1: path of one machine")


class FunctionsTest(TreeTest):
    def lines(self, n):
        return FUNCTION % ("    n++;\n" * (n - 4))

    def test_passes_functions_and_files_at_the_limit(self):
        self.write("src/base/a.c", self.lines(80) + "\n" + self.lines(10) + "\n" + self.lines(10))
        self.assert_passes("functions.py")

    def test_finds_a_function_one_line_too_long(self):
        self.write("src/base/a.c", self.lines(81) + "\n" + self.lines(10) + "\n" + self.lines(10))
        self.assert_fails("functions.py", "dc_sum_lines has 81 lines")

    def test_counts_a_signature_of_several_lines(self):
        text = "static int\ndc_two_lines(int n,\n             int m)\n{\n" + "    n++;\n" * 76 + "}\n"
        self.write("src/base/a.c", text + "\n" + self.lines(10) + "\n" + self.lines(10))
        self.assert_fails("functions.py", "dc_two_lines has 81 lines")

    def test_finds_a_median_that_is_too_high(self):
        self.write("src/base/a.c", "\n".join([self.lines(16)] * 3))
        self.assert_fails("functions.py", "the median function has 16 lines")

    def test_finds_a_long_file(self):
        self.write("src/base/a.c", "\n".join([self.lines(9)] * 61))
        self.assert_fails("functions.py", "609 lines; 600 is the most")

    def test_leaves_data_tables_out(self):
        self.write("src/base/a.c", "static const int table[] = {\n" + "    1,\n" * 700 + "};\n" + self.lines(9))
        self.assert_passes("functions.py")

    def test_finds_two_labels_and_a_jump_back(self):
        self.write("src/base/a.c", FUNCTION % "again:\n    if (n)\n        goto again;\n")
        self.assert_fails("functions.py", "jumps back to again")
        self.write("src/base/a.c", FUNCTION % "    goto b;\na:\n    n++;\nb:\n    n--;\n")
        self.assert_fails("functions.py", "has 2 labels")

    def test_reports_per_place(self):
        self.write("src/base/a.c", self.lines(9))
        code, output = self.run_check("functions.py", "--report", self.root)
        self.assertEqual(code, 0)
        self.assertRegex(output, r"src/base +1 +9 +1 +9 +9")
        self.assertIn("longest dc_sum_lines (9 lines, src/base/a.c:1)", output)


class HeadersTest(TreeTest):
    def test_passes_headers_that_stand_alone(self):
        self.assert_passes("headers.py")

    def test_finds_a_header_that_needs_another(self):
        self.write("include/dcscan/table.h", HEADER % {"guard": "T", "body": "size_t dc_table_count(void);"})
        self.assert_fails("headers.py", "include/dcscan/table.h:1: does not compile alone")

    def test_finds_a_header_that_is_no_cplusplus(self):
        self.write("include/dcscan/table.h", HEADER % {"guard": "T", "body": "int dc_new(int class);"})
        self.assert_fails("headers.py", "does not compile alone with %s" % os.environ.get("CXX", "g++"))

    def test_finds_a_missing_guard(self):
        self.write("include/dcscan/table.h", "#ifndef T\n#define T\nint dc_a(void);\n#endif\n")
        self.assert_fails("headers.py", 'no extern "C" guard')
        self.write("include/dcscan/table.h", 'extern "C_is_named_only";\nstruct dc_a {\n    int b;\n};\n')
        self.assert_fails("headers.py", "does not compile alone")


@unittest.skipUnless(shutil.which(os.environ.get("CLANG_FORMAT", "clang-format")), "clang-format is not installed")
class FormatTest(TreeTest):
    def setUp(self):
        super().setUp()
        shutil.copy(os.path.join(HERE, "..", "..", ".clang-format"), self.root)
        shutil.rmtree(os.path.join(self.root, "include"))

    def test_passes_formatted_code(self):
        self.write("src/base/a.c", FUNCTION % "    n++;\n")
        self.assert_passes("format.py")

    def test_finds_unformatted_code(self):
        self.write("src/base/a.c", "int f( int*a ){return 1;}\n")
        self.assert_fails("format.py", "src/base/a.c:1")


@unittest.skipUnless(shutil.which("gcc") and shutil.which("nm"), "gcc or nm is not installed")
class GlobalsTest(TreeTest):
    def compile(self, text):
        self.write("src/a.c", text)
        source = os.path.join(self.root, "src/a.c")
        subprocess.run(["gcc", "-fPIC", "-c", source, "-o", source + ".o"], check=True)

    def test_passes_constant_tables_of_pointers(self):
        self.compile('static const char *const names[] = {"a", "b"};\nconst char *dc_name(int i)\n{\n    return names[i];\n}\n')
        self.assert_passes("globals.py")

    def test_finds_a_static_counter(self):
        self.compile("int dc_next(void)\n{\n    static int counter;\n    return ++counter;\n}\n")
        self.assert_fails("globals.py", "counter")

    def test_finds_a_table_that_lacks_a_const(self):
        self.compile('static const char *names[] = {"a", "b"};\nconst char **dc_names(void)\n{\n    return names;\n}\n')
        self.assert_fails("globals.py", "names")


@unittest.skipUnless(shutil.which("cppcheck"), "cppcheck is not installed")
class CppcheckTest(TreeTest):
    def test_passes_clean_code(self):
        self.write("src/base/a.c", FUNCTION % "    n++;\n")
        self.assert_passes("cppcheck.sh")

    def test_finds_a_read_behind_the_end(self):
        self.write("src/base/a.c", "int dc_a(void)\n{\n    int a[2] = {1, 2};\n    return a[2];\n}\n")
        self.assert_fails("cppcheck.sh", "arrayIndexOutOfBounds")


class EmptyTreeTest(TreeTest):
    def test_a_check_that_saw_nothing_is_skipped(self):
        shutil.rmtree(os.path.join(self.root, "include"))
        for script in ("includes.py", "functions.py", "headers.py", "format.py", "cppcheck.sh"):
            with self.subTest(script=script):
                self.assertEqual(self.run_check(script, self.root)[0], 77)


if __name__ == "__main__":
    tap.main()
