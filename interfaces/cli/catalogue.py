"""The catalogue of the house, told by the code itself: capability, commands, events, read models, reactions, reports."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import application
import domain
from application.catalogue import PROJECTIONS, REACTIONS, REPORTS
from domain.catalogue import AGGREGATES, COMMANDS, capability, events_of
from domain.kernel import EVENTS
from domain.reservation import Reservation
from domain.words import Term

ROOT = Path(__file__).parents[2]
VIEWS: list[tuple[type, str]] = [(p, p.name) for p in PROJECTIONS] + [(r, r.name) for r in REPORTS]
BEGIN, END = "<!-- catalogue: written by `make docs` -->", "<!-- end of catalogue -->"


def catalogue() -> str:
    """A table with a line for each capability."""
    head = "| capability | commands | events | read models and reports | reactions |\n| --- | --- | --- | --- | --- |"
    return "\n".join([head, *map(_line, (kind for kind in AGGREGATES if kind is not Reservation)), _supervision()])


def _line(kind: type) -> str:
    word = capability(kind)
    commands = [c.__name__ for c in COMMANDS if capability(c) == word]
    events = [event.__name__ for event in events_of(kind)]
    views = [name for each, name in VIEWS if capability(each) == word]
    reactions = [each.name for each in REACTIONS if capability(each) == word]
    return f"| **{word}** | {_list(commands)} | {_list(events)} | {_list(views)} | {_list(reactions)} |"


def _supervision() -> str:
    views = [name for each, name in VIEWS if capability(each) == "supervision"]
    return f"| **supervision** | | every event | {_list(views)}, replay, refusals, readings | |"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def glossary() -> str:
    """Every term of the trade that the code uses: its code, its Chinese and its English."""
    for package in (domain, application):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(found.name)
    ours = (each for each in _below(Term) if each.__module__.split(".")[0] in ("domain", "application"))
    vocabularies = sorted(ours, key=lambda each: (each.__name__, each.__module__))
    tables = [
        f"## {each.__name__}\n\n| code | 中文 | English |\n| --- | --- | --- |\n"
        + "\n".join(f"| `{term.value}` | {term.zh} | {term.en} |" for term in each)
        for each in vocabularies
    ]
    acts = "\n".join(f"| `{c.__name__}` | {c.says[0]} | {c.says[1]} |" for c in COMMANDS)
    told = "\n".join(f"| `{name}` | {e.tells[0]} | {e.tells[1]} |" for name, e in EVENTS.items() if name == e.__name__)
    head = "# Glossary\n\nWritten by `make docs` from the code; a test holds it to the code.\n"
    table = "| | 中文 | English |\n| --- | --- | --- |\n"
    return "\n\n".join([head, *tables, f"## Commands\n\n{table}{acts}", f"## Events\n\n{table}{told}"]) + "\n"


def _below(kind: type[Term]) -> set[type[Term]]:
    direct = set(kind.__subclasses__())
    return direct.union(*(_below(each) for each in direct))


def readme(text: str) -> str:
    """The README with its catalogue written anew."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{catalogue()}\n{END}{rest.split(END)[1]}"


def main() -> None:
    path = ROOT / "README.md"
    if "--write" not in sys.argv:
        print(catalogue())
        return
    path.write_text(readme(path.read_text("utf-8")), "utf-8")
    (ROOT / "docs" / "glossary.md").write_text(glossary(), "utf-8")


if __name__ == "__main__":
    main()
