"""How the laws of the house look at its code: every module, and what is written in it."""

from __future__ import annotations

import ast
import pkgutil
import tokenize
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
_SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
LAYERS = ("domain", "application", "infrastructure", "interfaces")


def modules(*layers: str) -> Iterator[ModuleType]:
    """Every module of these layers, imported."""
    for layer in layers:
        package = import_module(layer)
        yield package
        yield from (import_module(found.name) for found in pkgutil.walk_packages(package.__path__, f"{layer}."))


def files() -> list[Path]:
    """Every Python file of the house, tests apart."""
    return sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of the file with its length in lines, its signature and docstring included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def subclasses(kind: type) -> set[type]:
    return {each for child in kind.__subclasses__() for each in {child} | subclasses(child)}


def written_in(kind: type, *layers: str) -> set[type]:
    """Every class of that kind that these layers define."""
    [*modules(*layers)]
    found = (each for each in subclasses(kind) if each.__module__.split(".")[0] in layers)
    # A dataclass with slots is made from a class that nobody can name.
    return {each for each in found if getattr(import_module(each.__module__), each.__name__) is each}


def code_lines(path: Path) -> int:
    """Lines that hold code: no blank ones, no comments, no docstrings."""
    text = path.read_text("utf-8")
    held = {
        line
        for token in tokenize.generate_tokens(StringIO(text).readline)
        if token.type not in _SILENT
        for line in range(token.start[0], token.end[0] + 1)
    }
    for node in ast.walk(ast.parse(text)):
        body = getattr(node, "body", ())
        for each in body if isinstance(body, list) else ():
            if (
                isinstance(each, ast.Expr)
                and isinstance(each.value, ast.Constant)
                and isinstance(each.value.value, str)
            ):
                held -= set(range(each.lineno, (each.end_lineno or each.lineno) + 1))
    return len(held)
