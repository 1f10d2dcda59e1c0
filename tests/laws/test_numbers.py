"""The size of things: small files, small functions, tests as long as what they test."""

from __future__ import annotations

from statistics import median, quantiles

from domain.catalogue import COMMANDS, capability
from tests.laws.code import LAYERS, ROOT, code_lines, files, functions, length

LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION, MOST_FILES = 300, 40, 5, 180


def test_no_file_is_too_long():
    long = {str(path.relative_to(ROOT)): length(path) for path in files() if length(path) > LONGEST_FILE}
    assert long == {}


def test_nine_files_of_ten_are_short():
    assert quantiles([code_lines(path) for path in files() if length(path)], n=10)[-1] <= MOST_FILES


def test_no_function_is_too_long():
    long = {name: lines for path in files() for name, lines in functions(path) if lines > LONGEST_FUNCTION}
    assert long == {}


def test_functions_are_usually_small():
    assert median(lines for path in files() for _, lines in functions(path)) <= USUAL_FUNCTION


def test_package_files_are_empty():
    full = [path for layer in LAYERS for path in (ROOT / layer).rglob("__init__.py") if path.read_text("utf-8")]
    assert full == []


def test_the_numbers_are_told():
    sizes = [code_lines(path) for path in files() if length(path)]
    lengths = [lines for path in files() for _, lines in functions(path)]
    tests = sum(map(code_lines, (ROOT / "tests").rglob("*.py")))
    rooms = {capability(command) for command in COMMANDS}
    own = [path for path in (ROOT / "domain").rglob("*.py") if rooms & {path.parent.name, path.stem}]
    domain = sum(map(code_lines, own))
    print(
        f"\nlines of code, without blank lines, comments and docstrings: {sum(sizes)} in {len(sizes)} files:"
        f" median {median(sizes):.0f}, 90th percentile {quantiles(sizes, n=10)[-1]:.0f}, longest {max(sizes)}"
        f"\n{len(lengths)} functions: median {median(lengths):.0f}, longest {max(lengths)}"
        f"\ntests: {tests} lines, {tests / sum(sizes):.2f} of the code"
        f"\n{len(COMMANDS)} commands: {domain / len(COMMANDS):.0f} lines of domain each, with its event and state"
    )
    assert sizes and lengths
