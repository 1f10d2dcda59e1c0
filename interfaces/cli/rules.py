"""`uberrima rules`: the rules of the trade, how far each is applied here, and one of them in full."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from application.rules.coverage import Coverage
from application.rules.rule_card import RuleCard, Tally, card, line, narrowed, rule_of, rules_of, tallied
from domain.kernel import CALENDAR_ZONE, UNKNOWN, Refused
from domain.rules.rule import Rule, RuleKind
from domain.rules.rulebook import THE_LAW
from domain.rules.terms import Process
from domain.words import Telling, Term

TOLD = (
    *("scope", "trigger", "stop", "extension", "consequence", "note", "formula", "checklist"),
    *("coverage", "where", "test", "starts_on", "ends_on", "editions", "evidence", "reference"),
)
"""What is told of one rule below its head, in this order."""


def register(cli: typer.Typer) -> None:
    cli.command()(rules)


def rules(
    id: Annotated[str, typer.Argument(metavar="[ID]", help="One rule, in full.")] = "",
    process: Annotated[Process | None, typer.Option(help="Of this part of the business.")] = None,
    kind: Annotated[RuleKind | None, typer.Option(help="Of this kind.")] = None,
    coverage: Annotated[Coverage | None, typer.Option(help="Applied in this way.")] = None,
    unverified: Annotated[bool, typer.Option("--unverified", help="Whose text nobody has read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """The law as it is written down here, without what this company has adopted: rules, and how far each is applied."""
    today = datetime.now(UTC).astimezone(CALENDAR_ZONE).date()
    console = Console(markup=False, emoji=False, highlight=False)
    if id:
        rule = rule_of(THE_LAW, id, today)
        if rule is None:
            raise Refused(UNKNOWN, {"kind": "rule"})
        if as_json:
            typer.echo(card(rule).model_dump_json())
        else:
            _explain(console, card(rule))
        return
    found = narrowed(rules_of(THE_LAW, today), process, kind, coverage, unverified=unverified)
    if as_json:
        typer.echo(json.dumps([line(each).model_dump(mode="json") for each in found], ensure_ascii=False))
    else:
        _list(console, found)
        _sum(console, tallied(found))


def _list(console: Console, found: Sequence[Rule]) -> None:
    table = Table(box=None, pad_edge=False)
    for head in ("rule · 规则", "", "limit · 期限", "coverage · 适用", ""):
        table.add_column(head, overflow="fold")
    for each in map(line, found):
        table.add_row(
            each.id,
            _both(each.concept),
            _both(each.limit) if each.limit else "",
            ", ".join(each.coverage) + (", by hand" if each.by_hand else ""),
            "" if each.binds else _loose(each.verified, each.status),
        )
    console.print(table)


def _loose(verified: bool, status: Term) -> str:
    """Why it does not bind."""
    unread = "" if verified else "not verified · 未核实"
    return unread or f"does not bind · 不具约束力 ({status.en})"


def _sum(console: Console, tallies: Sequence[Tally]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    counted = ("rules", "binding", "by_hand")
    for head in ("rules · 规则", "binding · 有约束力", "by hand · 手工登记"):
        table.add_column(head, justify="right")
    for each in tallies:
        table.add_row(_term(each.coverage), *(f"{getattr(each, name)}" for name in counted))
    table.add_row("", *(f"{sum(getattr(each, name) for each in tallies)}" for name in counted))
    console.print(table)


def _explain(console: Console, rule: RuleCard) -> None:
    binds = "binds · 有约束力" if rule.binds else _loose(rule.verified, rule.status)
    console.print(f"{rule.id}  {_both(rule.concept)}", style="bold")
    console.print(f"  {_term(rule.process)} · {_term(rule.kind)} · {binds}")
    console.print(f"  {_both(rule.title)}, {rule.article}")
    if rule.limit:
        console.print(f"  {_both(rule.limit)}")
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name in TOLD:
        value = getattr(rule, name)
        if value not in ("", (), None):
            table.add_row(f"  {name}", _told(value))
    if rule.why:
        table.add_row("  why", _both(rule.why))
    for move in rule.moves:
        table.add_row(f"  {_term(move.how)}", "\n".join(move.events))
    console.print(table)


def _told(value: object) -> str:
    return "\n".join(map(_told, value)) if isinstance(value, tuple) else _term(value)


def _term(value: object) -> str:
    return f"{value.en} · {value.zh}" if isinstance(value, Term) else str(value)


def _both(telling: Telling) -> str:
    zh, en = telling
    return f"{en} · {zh}"
