"""By what identifies a person nobody leafs through the register."""

from __future__ import annotations

import pytest

from application.catalogue import PROJECTIONS
from application.projection import Projection

IDENTIFYING = {"phone", "identity", "email"}


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda each: each.name)
def test_what_identifies_a_person_is_found_whole_and_by_its_trace_only(projection: type[Projection]):
    row = projection.row
    assert set(row.model_fields) & IDENTIFYING <= set(row.identifying)
    assert set(row.identifying).isdisjoint((*row.key, *row.order, *row.indexes, *row.searched))


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda each: each.name)
def test_what_identifies_a_person_is_text_that_can_be_shown_in_part(projection: type[Projection]):
    row = projection.row
    assert {row.model_fields[name].annotation for name in row.identifying} <= {str}
    assert row.in_full_to
