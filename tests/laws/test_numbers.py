"""The size of things: small files, small functions."""

from __future__ import annotations

from statistics import median, quantiles

from tests.laws.code import LAYERS, ROOT, files, functions, length

LONGEST_FILE, LONGEST_FUNCTION, USUAL_FUNCTION = 300, 40, 6


def test_no_file_is_too_long():
    long = {str(path.relative_to(ROOT)): length(path) for path in files() if length(path) > LONGEST_FILE}
    assert long == {}


def test_no_function_is_too_long():
    long = {name: lines for path in files() for name, lines in functions(path) if lines > LONGEST_FUNCTION}
    assert long == {}


def test_functions_are_usually_small():
    lengths = [lines for path in files() for _, lines in functions(path)]
    sizes = [length(path) for path in files() if length(path)]
    print(
        f"\n{len(sizes)} files, {sum(sizes)} lines: median {median(sizes):.0f},"
        f" 90th percentile {quantiles(sizes, n=10)[-1]:.0f}, longest {max(sizes)};"
        f" {len(lengths)} functions: median {median(lengths):.0f}, longest {max(lengths)}"
    )
    assert median(lengths) <= USUAL_FUNCTION


def test_package_files_are_empty():
    full = [path for layer in LAYERS for path in (ROOT / layer).rglob("__init__.py") if path.read_text("utf-8")]
    assert full == []
