"""What is about a person is marked so that it can be encrypted, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from domain.kernel import Event
from domain.words import Private
from tests.laws.code import written_in

ABOUT_PEOPLE = {
    *("name", "born_on", "sex", "identity", "phone", "email", "address", "occupation", "place"),
    *("insured", "beneficiaries", "payee", "reporter", "answers", "exclusions"),
    *("reason", "note", "comment", "explanation", "description", "subject"),
}

ABOUT_BUSINESS = {
    "ProductDrafted.name": "the product's name",
    "ProductRevised.reason": "why a product changed",
    "ProductWithdrawn.reason": "why a product is no longer sold",
    "StandardRevised.reason": "why a standard changed",
    "StandardWithdrawn.reason": "why a standard no longer counts",
    "ValueReserved.name": "the name of a field",
    "Benefit.name": "what the product pays for",
    "Terms.exclusions": "what the product does not pay for",
    "Terms.insured": "the kind of thing that is insured",
    "Sum.insured": "an amount",
}


def fields(kind: type) -> Iterator[tuple[str, str, Any]]:
    """Every field of the event, and of the values in it, that is not personal: where, which, what type."""
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if name not in (getattr(kind, "__struct_fields__", None) or getattr(kind, "__dataclass_fields__", ())):
            continue
        if not is_private(hint):
            yield f"{kind.__name__}.{name}", name, hint
            for part in parts(hint):
                yield from fields(part)


def is_private(hint: Any) -> bool:
    return get_origin(hint) is Annotated and any(
        isinstance(mark, Private) or mark is Private for mark in hint.__metadata__
    )


def parts(hint: Any) -> Iterator[type]:
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint
    for inner in get_args(hint):
        yield from parts(inner)


EVENT_TYPES = sorted(written_in(Event, "domain"), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("event", EVENT_TYPES)
def test_what_is_about_people_is_personal(event: type[Event]):
    bare = {where for where, name, _ in fields(event) if name in ABOUT_PEOPLE}
    assert bare <= ABOUT_BUSINESS.keys()


def test_every_exception_still_exists():
    found = {where for event in EVENT_TYPES for where, _, _ in fields(event)}
    assert ABOUT_BUSINESS.keys() <= found
