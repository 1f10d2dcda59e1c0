"""A regulator's complaint file becomes disputes with several issues each, by its mapping alone."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from application.dispute.dispute_register import DisputeRegister
from application.handling import Handling
from application.importing.check import read_mapping
from application.importing.mapping import WrongMapping
from application.importing.plan import Plan
from application.importing.rows import Prepared, RowRefused, prepare
from application.importing.run import Run, Summary
from application.importing.table import Line, open_table
from application.ports import SystemClock
from application.projection import fold
from domain.dispute.contesting import DisputeIssue
from domain.dispute.state import DisputeStage
from infrastructure.memory import MemoryEventStore
from tests.importing.test_outside import DATA, ROOT, said

FILE = DATA / "tdi_complaints_statefarm/complaints.csv"
MAPPING = ROOT / "interfaces/cli/mappings/tdi_complaints.toml"
outside = pytest.mark.skipif(
    not FILE.exists(),
    reason="the outside data is not here: put it beside the project or name its folder in UBERRIMA_OUTSIDE_DATA",
)
GROUNDS = read_mapping(MAPPING).values["grounds"].map
HEADER = (
    *("Complaint number", "Complaint filed against", "Complaint filed by", "Reason complaint filed"),
    *("How resolved", "Received date", "Closed date", "Coverage type", "Respondent ID"),
)


def plan() -> Plan:
    return Plan(read_mapping(MAPPING), HEADER)


def prepared(reasons: str, resolved: str = "Company Position Upheld") -> Prepared | RowRefused:
    cells = ("7", "An Insurer", "Insured", reasons, resolved, "5/12/2014", "7/2/2014", "Homeowners", "31")
    of = plan()
    [row] = of.carrying([Line(2, cells)])
    return prepare(of, row)


def issues(reasons: str) -> list[str]:
    row = prepared(reasons)
    assert isinstance(row, Prepared)
    told = [each.command for each in row.submission.orders]
    return [each.ground.value for each in told if isinstance(each, DisputeIssue)]


# -- one row --------------------------------------------------------------------------


def test_each_reason_about_a_claim_is_an_issue_in_the_order_of_the_cell():
    assert issues("Delays (Claims Handling); Denial Of Claim; Cancellation") == ["delay", "cover"]
    assert issues("Unsatisfactory Settle/Offer; Usual And Customary") == ["amount"]


def test_a_row_about_no_claim_is_refused_as_not_meant():
    row = prepared("Premium and Rating; Cancellation")
    assert isinstance(row, RowRefused)
    assert (row.line, row.code, row.key) == (2, "import.not_meant", "7/31")
    assert "grounds" in row.reason and "grounds" in row.reason_zh


@pytest.mark.parametrize(
    ("resolved", "last"),
    [
        ("Company Position Upheld", ("RecordJudgment", "CloseDispute")),
        ("Additional Monies Received; Record Only", ("RecordJudgment", "CloseDispute")),
        ("Consumer Withdraw", ("TellRemedies", "WithdrawDispute")),
    ],
)
def test_what_became_of_it_ends_the_dispute(resolved, last):
    row = prepared("Denial Of Claim", resolved)
    assert isinstance(row, Prepared)
    assert tuple(type(each.command).__name__ for each in row.submission.orders)[-2:] == last


# -- what a mapping may say -----------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('each = "grounds"', 'each = "reasons"'), "is not the name of a list of words"),
        (('meant = ["grounds"]', 'meant = ["nothing"]'), "there is no value 'nothing'"),
        (('"{grounds_place}"', '"{moved_place}"'), "there is no value or stream 'moved_place'"),
        (('= "delay"', '= "slowness"'), "'slowness' is not one of"),
    ],
)
def test_a_mapping_that_cannot_be_followed_says_where(tmp_path, change, problem):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(MAPPING.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(WrongMapping) as told:
        read_mapping(wrong)
    assert problem in str(told.value)


def test_a_word_that_is_not_looked_up_is_refused_unless_the_mapping_drops_it(tmp_path):
    strict = tmp_path / "strict.toml"
    strict.write_text(MAPPING.read_text("utf-8").replace('others = "drop"', 'others = "refuse"', 1), "utf-8")
    of = Plan(read_mapping(strict), HEADER)
    cells = ("7", "An Insurer", "Insured", "Cancellation", "Other", "5/12/2014", "7/2/2014", "Homeowners", "31")
    [row] = of.carrying([Line(2, cells)])
    refused = prepare(of, row)
    assert isinstance(refused, RowRefused)
    assert (refused.code, refused.field) == ("import.not_listed", "Reason complaint filed")


# -- the whole file -------------------------------------------------------------------


async def imported(store: MemoryEventStore, rows: int) -> Summary:
    table = open_table(FILE, "utf-8-sig")
    run = Run(Plan(read_mapping(MAPPING), table.header), Handling(store, SystemClock()))
    return await run.all(islice(table.lines(), rows))


@outside
@pytest.mark.outside
def test_every_row_of_the_file_becomes_a_dispute_or_is_refused_with_its_line():
    table = open_table(FILE, "utf-8-sig")
    of = Plan(read_mapping(MAPPING), table.header)
    ready = [prepare(of, row) for row in of.carrying(table.lines())]
    reasons = [[part.strip() for part in row["Reason complaint filed"].split(";")] for row in said(FILE)]
    about = [{GROUNDS[each] for each in parts if each in GROUNDS} for parts in reasons]
    assert len(ready) == len(about) == 4_063
    assert [isinstance(each, Prepared) for each in ready] == [bool(grounds) for grounds in about]
    assert all(each.code == "import.not_meant" for each in ready if isinstance(each, RowRefused))
    told = [
        sum(isinstance(o.command, DisputeIssue) for o in e.submission.orders) for e in ready if isinstance(e, Prepared)
    ]
    assert told == [len(grounds) for grounds in about if grounds]


@outside
@pytest.mark.outside
async def test_disputes_are_imported_decided_and_closed_once():
    store, rows = MemoryEventStore(), 400
    first = await imported(store, rows)
    cards = fold(DisputeRegister, {}, await store.read(0, 10**6)).values()
    source = said(FILE, rows)
    meant = [row for row in source if any(p.strip() in GROUNDS for p in row["Reason complaint filed"].split(";"))]
    assert len(cards) == len(meant) and first.refused == rows - len(meant)
    stages = Counter(card.stage for card in cards)
    gone = sum(
        "Withdraw" in row["How resolved"].replace("Withdrawn", "Withdraw").replace("Cancellation Withdraw", "")
        for row in meant
    )
    assert stages == {k: v for k, v in ((DisputeStage.CLOSED, len(meant) - gone), (DisputeStage.WITHDRAWN, gone)) if v}
    assert any(len(card.issues) > 1 for card in cards)
    head = await store.head()
    again = await imported(store, rows)
    assert await store.head() == head and again.refused == first.refused
