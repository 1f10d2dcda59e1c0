"""Random values drawn from small pools, so that random commands meet each other and many are accepted."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from domain.catalogue import COMMANDS
from domain.claim.milestones import Remedy
from domain.complaint.words import AnswerContent, Proof
from domain.kernel import Aggregate, Command, Event
from domain.product import Terms
from domain.standard.content import Content
from domain.words import Actor, Money, Period, Role
from tests import samples
from tests.kit import ENDLESS
from tests.standard import samples as standards

DAYS = [date(2026, 1, 1), date(2026, 2, 10), date(2026, 3, 2), date(2026, 7, 1), date(2026, 9, 15), date(2027, 3, 1)]

BY_NAME: dict[str, list[Any]] = {
    "benefit": ["HOSPITAL", "OUTPATIENT"],
    "reference": [f"T{n}" for n in range(9)],
    "sha256": ["a" * 64, "b" * 64],
    "login": ["han", "sun"],
    "giver": ["han", "sun"],
    "version": [1, 2],
    "instalments": [1, 2, 12],
    "loading_percent": [0, 0, 20],
    "rule": ["CLAIM-PAY-10D", "OWN-PAY-5D", "PROD-FILING-10WD"],
    "like": [None, "CLAIM-PAY-10D"],
    "units": [1, 30],
    "hours": [1, 36],
    "issue": [1, 2],
    "seconds": [1, 900],
    "dependants": [0, 2],
    "products": [(samples.PRODUCT_ID,)],
    "year": [2027, 2028],
    "satisfaction": [1, 5],
    "days": [0, 20],
    "remedies": [tuple(Remedy), (Remedy.LAWSUIT,)],
    "recommend": [None, 0, 10],
    "customer": [samples.CUSTOMER_ID],
    "complainants": [1, 20],
    "representatives": [0, 5, 6],
    "contents": [tuple(AnswerContent), (AnswerContent.VERIFIED,)],
    "proofs": [tuple(Proof), ()],
    "handler": ["han", "sun"],
    "policy": [None, samples.POLICY_ID],
    "percents": [(20, 10, 5), (0,)],
    "percent": [1, 40, 100],
    "roles": [(Role.SERVICE,), (Role.CUSTOMER,), (Role.SYSTEM,), (Role.CLAIMS_HANDLER, Role.SUPERVISOR)],
}
BOTH: dict[tuple[str, Any], list[Any]] = {
    ("number", int): [1, 2],
    ("amount", int): [1, 90_000],
    ("policy", UUID): [samples.POLICY_ID],
}
"""By name and type, where the same name means a word on another command."""
BY_TYPE: dict[type, list[Any]] = {
    str: ["A-1", "B-2"],
    int: [0, 1, 90_000],
    date: DAYS,
    UUID: [samples.PRODUCT_ID, samples.CUSTOMER_ID],
    Money: [samples.yuan(each) for each in (0, 1, 400, 900, 1825, 3650)],
    Period: [samples.YEAR, samples.NEXT_YEAR],
    Terms: [samples.TERMS],
    Content: [standards.CONTENT, standards.STRICTER, standards.DOCUMENT],
    samples.Sum: [*samples.MILLION, *samples.TWO_MILLION, samples.hospital(10_000)],
}


@cache
def values(kind: Any, name: str = "") -> st.SearchStrategy[Any]:
    """Values of this type, from the pool of that name where there is one."""
    if (name, kind) in BOTH:
        return st.sampled_from(BOTH[name, kind])
    if name in BY_NAME:
        return st.sampled_from(BY_NAME[name])
    if kind in BY_TYPE:
        return st.sampled_from(BY_TYPE[kind])
    if kind is NoneType:
        return st.none()
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(*map(values, get_args(kind)))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), min_size=1, max_size=2).map(tuple)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if kind is bool:
        return st.booleans()
    assert is_dataclass(kind), f"no values for {kind}"
    return built(kind, [field.name for field in fields(kind)])


def built(kind: type, names: list[str]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: values(hints[name], name) for name in names})


@cache
def events(*kinds: type[Event]) -> st.SearchStrategy[Event]:
    return st.one_of(*(built(kind, list(kind.__struct_fields__)) for kind in kinds))


@cache
def commands(on: type[Aggregate], opens: bool = False) -> st.SearchStrategy[Command]:
    fitting = [each for each in COMMANDS if each.on is on and each.opens is opens]
    return st.one_of(*(built(each, list(each.model_fields)) for each in fitting))


@cache
def actors(command: type[Command]) -> st.SearchStrategy[Actor]:
    """One of two people who may give the command."""
    roles = sorted(command.may)
    return st.builds(Actor, st.sampled_from(["han", "sun"]), st.sampled_from(roles), authority=st.just(ENDLESS))
