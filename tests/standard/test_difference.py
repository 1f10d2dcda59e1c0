"""What one version of a standard says otherwise than another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given as whatever
from hypothesis import strategies as st

from domain.standard.content import Pair, Scope, difference
from domain.words import Role
from tests.standard import samples as s

LINES = st.lists(st.sampled_from(["一", "二", "三", ""]), max_size=12).map("\n".join)


def test_a_line_stands_beside_the_one_that_took_its_place():
    told = difference(s.CONTENT, s.STRICTER)
    assert told.text == (
        Pair("达成协议后五日内付款。", "达成协议后三日内付款。"),
        Pair("逾期须说明原因。", "逾期须说明原因。"),
        Pair(None, "小额赔款一日内付款。"),
    )
    assert [line.is_same for line in told.text] == [False, True, False]


def test_a_changed_rule_is_told_by_its_id_whether_it_changed_came_or_went():
    there = difference(s.CONTENT, s.STRICTER).changes
    assert there == {
        "CLAIM-PAY-10D": Pair(s.FIVE_DAYS, s.THREE_DAYS),
        "OWN-PAY-SMALL": Pair(None, s.OWN_PROMISE),
    }
    assert difference(s.STRICTER, s.CONTENT).changes["OWN-PAY-SMALL"] == Pair(s.OWN_PROMISE, None)


def test_of_the_rest_only_what_is_not_the_same_is_told():
    other = replace(s.CONTENT, owner="mei", scope=replace(s.CONTENT.scope, roles=(Role.CASHIER,)))
    told = difference(s.CONTENT, other)
    assert told.facts == {"owner": Pair("li", "mei"), "roles": Pair(s.CONTENT.scope.roles, (Role.CASHIER,))}
    assert not told.changes and not told.is_none


def test_a_document_in_the_place_of_a_text_is_told():
    told = difference(s.CONTENT, s.DOCUMENT)
    assert set(told.facts) == {"document", "sha256"} and all(line.after is None for line in told.text)


@whatever(LINES)
def test_nothing_differs_from_itself(text):
    content = replace(s.STRICTER, text=text, scope=Scope())
    assert difference(content, content).is_none


@whatever(LINES, LINES)
def test_either_side_of_the_difference_is_the_whole_text(before, after):
    told = difference(replace(s.CONTENT, text=before), replace(s.CONTENT, text=after)).text
    assert [line.before for line in told if line.before is not None] == before.splitlines()
    assert [line.after for line in told if line.after is not None] == after.splitlines()
