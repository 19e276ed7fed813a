"""Run unittest cases and print TAP, so that meson counts each case and shows skips.

use: at the end of a test file
    if __name__ == "__main__":
        tap.main()
"""
import sys
import unittest


class _TapResult(unittest.TestResult):
    def __init__(self, out):
        super().__init__()
        self.out = out
        self.number = 0

    def _line(self, ok, test, directive=""):
        self.number += 1
        name = test.id().replace("__main__.", "").replace("#", "")
        print("%s %d - %s%s" % ("ok" if ok else "not ok", self.number, name, directive), file=self.out, flush=True)

    def _explain(self, text):
        for line in text.rstrip().split("\n"):
            print("# " + line, file=self.out, flush=True)

    def addSuccess(self, test):
        self._line(True, test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line(True, test, " # SKIP " + reason)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._explain(self.failures[-1][1])
        self._line(False, test)

    def addError(self, test, err):
        super().addError(test, err)
        self._explain(self.errors[-1][1])
        self._line(False, test)

    def addSubTest(self, test, subtest, err):
        """Failed sub-tests are lines of their own; those that pass are the case's."""
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._explain((self.failures + self.errors)[-1][1])
            self._line(False, subtest)

    def addExpectedFailure(self, test, err):
        self._line(True, test)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._line(False, test)


def main(module="__main__"):
    """The plan comes last: sub-tests and failing class set-ups make the number of lines unknown before."""
    names = [a for a in sys.argv[1:] if not a.startswith("-")]
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromNames(names, sys.modules[module]) if names else loader.loadTestsFromModule(sys.modules[module])
    result = _TapResult(sys.stdout)
    print("TAP version 13")
    suite.run(result)
    print("1..%d" % result.number if result.number else "1..0 # SKIP no test")
    sys.exit(0 if result.wasSuccessful() else 1)
