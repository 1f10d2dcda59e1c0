"""`uberrima train-warning`: the weights of the warning model, from claims that are known to have been fraud or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from application.importing.check import read_mapping
from application.importing.mapping import WrongMapping
from application.importing.plan import Plan
from application.importing.table import UnreadableFile, open_table
from domain.claim.events import Severity
from domain.claim.screening import TRAITS, Seen
from domain.losses import Cause
from domain.product import Line
from interfaces.cli.importing import found

FOLDS = 10
NEEDED = ("damage", "cause", "bound_on", "happened_on", "fraud")
"""The values that a mapping has to read, so that a model can be trained on its rows."""


def register(cli: typer.Typer) -> None:
    cli.command("train-warning")(train)


def train(
    file: Annotated[Path, typer.Argument(help="A CSV file or an .xlsx workbook with marked claims.")],
    mapping: Annotated[str, typer.Option(help="A mapping that reads damage, cause, bound_on, happened_on and fraud.")],
) -> None:
    """Train the warning model: its weights as `screening.toml` has them, and how well it tells claims apart."""
    try:
        told = read_mapping(found(mapping))
        if missing := [name for name in NEEDED if name not in told.values]:
            raise WrongMapping([(f"values.{name}", "the model is trained on this value") for name in missing])
        table = open_table(file, told.encoding, told.delimiter, told.sheet)
        plan = Plan(told, table.header)
        marked = list(_marked(plan, table.lines()))
        intercept, weights, area = fitted(marked)
    except (WrongMapping, UnreadableFile, ImportError, ValueError) as wrong:
        typer.echo(f"nothing was trained:\n{wrong}", err=True)
        raise typer.Exit(2) from wrong
    typer.echo(f"# {len(marked)} claims, {sum(mark for _, mark in marked)} marked; area under the curve {area:.2f}")
    typer.echo(f"intercept = {intercept}\n\n[model.weights]")
    typer.echo("\n".join(f"{name} = {weight}" for name, weight in weights.items()))


def _marked(plan: Plan, lines: Any) -> Iterator[tuple[Seen, bool]]:
    """Each claim that the mapping can read, as a screening sees it, and whether it was fraud."""
    for row in plan.carrying(lines):
        values, wrong = plan.values(row)
        if not wrong and values["fraud"] is not None:
            yield _seen(values), values["fraud"]


def _seen(values: dict[str, Any]) -> Seen:
    cause = next(each for each in Cause if each.value == values["cause"])
    severity = next((each for each in Severity if each.value == values["damage"]), None)
    day: date = values["happened_on"]
    return Seen(Line.PROPERTY, cause, severity, day, day, values["bound_on"])


def fitted(marked: list[tuple[Seen, bool]]) -> tuple[int, dict[str, int], float]:
    """The intercept and the weight of each trait in thousandths of log-odds, and the area under the curve over folds.

    Raises ImportError where scikit-learn, which is needed for this alone, is not installed.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    traits = [[float(has(seen)) for has in TRAITS.values()] for seen, _ in marked]
    marks = [mark for _, mark in marked]
    model = LogisticRegression(C=1.0, max_iter=1000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    area = float(cross_val_score(model, traits, marks, cv=folds, scoring="roc_auc").mean())
    model.fit(traits, marks)
    weights = {name: round(float(weight) * 1000) for name, weight in zip(TRAITS, model.coef_[0], strict=True)}
    return round(float(model.intercept_[0]) * 1000), weights, area
