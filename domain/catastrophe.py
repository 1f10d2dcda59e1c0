"""Catastrophes: one event in the world from which many claims come, grouped so that they are met and counted together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MaxLen, MinLen

from domain.kernel import Aggregate, Command, Event, Given, Refusal
from domain.losses import Cause
from domain.words import Day, Number, Period, Role, Text

OVER = Refusal("catastrophe.over", ("巨灾{code}已终结", "catastrophe {code} is over"))
DOES_NOT_FIT = Refusal(
    "catastrophe.does_not_fit",
    ("出险日或原因不属于巨灾{code}", "neither its day nor its cause is that of catastrophe {code}"),
)
BACKWARDS = Refusal("catastrophe.backwards", ("结束日早于开始日", "it cannot end before it begins"))

CHIEFS = frozenset({Role.SUPERVISOR})


class CatastropheDeclared(Event):
    tells = ("宣布巨灾{code}：{title}，{period}", "catastrophe {code} declared: {title}, {period}")
    unique = ("code",)
    code: str
    title: str
    causes: tuple[Cause, ...]
    period: Period


class CatastropheEnded(Event):
    tells = ("巨灾{code}处理终结", "catastrophe {code} closed")
    code: str


class Catastrophe(Aggregate):
    code: str = ""
    causes: tuple[Cause, ...] = ()
    period: Period | None = None
    ended: bool = False

    def evolve(self, event: Event) -> Catastrophe:
        match event:
            case CatastropheDeclared(code=code, causes=causes, period=period):
                return self.but(code=code, causes=causes, period=period)
            case CatastropheEnded():
                return self.but(ended=True)
        return self


class DeclareCatastrophe(Command):
    """Names what happened, when, and which causes of loss come of it."""

    on, opens, may = Catastrophe, True, CHIEFS
    says = ("宣布巨灾", "Declare a catastrophe")
    code: Number
    title: Text
    causes: Annotated[tuple[Cause, ...], MinLen(1), MaxLen(11)]
    from_on: Day
    until_on: Day

    def decide(self, catastrophe: Catastrophe, given: Given) -> Iterator[Event]:
        BACKWARDS.unless(self.from_on <= self.until_on)
        causes, period = tuple(dict.fromkeys(self.causes)), Period(self.from_on, self.until_on)
        yield CatastropheDeclared(code=self.code, title=self.title, causes=causes, period=period)


class EndCatastrophe(Command):
    """No further claims are grouped under it."""

    on, may = Catastrophe, CHIEFS
    says = ("终结巨灾处理", "Close a catastrophe")

    def decide(self, catastrophe: Catastrophe, given: Given) -> Iterator[Event]:
        OVER.unless(not catastrophe.ended, code=catastrophe.code)
        yield CatastropheEnded(code=catastrophe.code)
