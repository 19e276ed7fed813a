"""Test files that need database servers call need() first: it runs them again with private servers around them."""
import os
import subprocess
import sys

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "servers.sh")


def need(file):
    """Return inside of DCSCAN_SERVERS, or where no server is installed (DCSCAN_SERVERS is then unset); else never return."""
    if "DCSCAN_SERVERS" in os.environ:
        return
    code = subprocess.run([SCRIPT, "run", "--", sys.executable, os.path.abspath(file), *sys.argv[1:]], check=False).returncode
    if code != 77:
        sys.exit(code)


def start(directory, *names):
    """Servers of one's own, to be killed for instance; None where they are not installed."""
    code = subprocess.run([SCRIPT, "start", directory, *names], stderr=subprocess.DEVNULL, check=False).returncode
    if code == 77:
        return None
    if code != 0:
        raise RuntimeError("could not start %s" % ", ".join(names))
    command = [". '%s/env' && env -0" % directory]
    output = subprocess.run(["bash", "-c", *command], capture_output=True, check=True).stdout.decode()
    return dict(entry.split("=", 1) for entry in output.split("\0") if entry)


def stop(directory):
    subprocess.run([SCRIPT, "stop", directory], check=True)


def kill(directory, name):
    subprocess.run([SCRIPT, "kill", directory, name], check=True)


def again(directory, name):
    subprocess.run([SCRIPT, "again", directory, name], stderr=subprocess.DEVNULL, check=True)
