"""One command of the command line in a process of its own, which keeps what it says in files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from interfaces.cli import main as cli


def speak(folder: str, words: str, environment: str) -> None:
    """As `uberrima` with these words; ends with the exit code that a shell would see."""
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(Path(folder, name), os.O_CREAT | os.O_WRONLY | os.O_TRUNC), number)
    os.environ.clear()
    os.environ.update(json.loads(environment))
    sys.argv = ["uberrima", *json.loads(words)]
    cli.main()
