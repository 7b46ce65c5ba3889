"""`mlps --version` is instant: it imports no cloud SDK, no engine and no template parser."""

from __future__ import annotations

import subprocess
import sys

# Third-party packages that the smallest command may import; everything else is imported when used.
ALLOWED = {"click", "msgspec", "typing_extensions"}
OURS = {"scanner", "collectors"}

_CODE = """
import sys
before = set(sys.modules)
sys.argv = ["mlps", "--version"]
from scanner.cli import main
try:
    main()
except SystemExit as stop:
    assert stop.code == 0, stop.code
for name in sorted(set(sys.modules) - before):
    print(name, file=sys.stderr)
"""


def test_version_imports_no_sdk_engine_or_parser() -> None:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("mlps ")
    imported = set(done.stderr.split())
    third_party = {name.split(".")[0] for name in imported} - set(sys.stdlib_module_names) - OURS
    assert third_party <= ALLOWED
    ours = {name for name in imported if name.split(".")[0] in OURS}
    assert ours == {
        "collectors",
        "collectors.document",
        "scanner",
        "scanner.cli",
        "scanner.exits",
    }
