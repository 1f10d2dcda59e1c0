"""What the register, the versions, the comments and the acknowledgements show of a standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from application.account.account_list import AccountCard
from application.standard.acknowledgements import Acknowledgements
from application.standard.approved_standard_takes_effect import ApprovedStandardTakesEffect
from application.standard.outstanding import bound, outstanding
from application.standard.standard_comments import StandardComments
from application.standard.standard_versions import StandardVersions, VersionSheet
from application.standard.standards_register import StandardsRegister
from domain.standard.commands import TakeEffect
from domain.standard.content import Scope
from domain.standard.events import Phase
from domain.words import Role
from tests.kit import STREAM, TODAY
from tests.rows import Happens, each_of, happened, heard_in, seen
from tests.samples import replaced
from tests.standard import samples as s

NOTHING_NEXT = {"next_version": None, "next_phase": None, "next_effective_on": None, "begins_at": None, "until": None}
MIDNIGHT_IN_BEIJING = datetime(2026, 3, 31, 16, tzinfo=UTC)

HAPPENINGS = (
    Happens(
        "a draft is entered with its title and its owner",
        (),
        s.DRAFTED,
        {
            "standard": STREAM,
            "code": "QB-CLM-01",
            "title_zh": "理赔付款时效标准",
            "title_en": "Payment of claims in time",
            "owner": "li",
            "phase": Phase.DRAFT,
            "versions": 1,
            "next_version": 1,
            "next_phase": Phase.DRAFT,
            "review_on": date(2027, 3, 2),
            "comments": 0,
            "unanswered": 0,
        },
    ),
    Happens(
        "comments are invited",
        (s.DRAFTED,),
        s.INVITED,
        {"phase": Phase.CONSULTATION, "next_phase": Phase.CONSULTATION, "until": s.UNTIL},
    ),
    Happens("a comment waits for its answer", (s.DRAFTED, s.INVITED), s.COMMENTED, {"comments": 1, "unanswered": 1}),
    Happens("a comment is answered", s.CONSULTED[:-1], s.ANSWERED, {"unanswered": 0}),
    Happens(
        "an approved version waits for the first moment of its day in Beijing",
        s.CONSULTED,
        s.APPROVED,
        {
            "phase": Phase.APPROVED,
            "next_phase": Phase.APPROVED,
            "next_effective_on": s.EFFECTIVE_ON,
            "begins_at": MIDNIGHT_IN_BEIJING,
        },
    ),
    Happens(
        "the version in effect is the one that counts",
        (*s.CONSULTED, s.APPROVED),
        s.EFFECTIVE,
        {"phase": Phase.EFFECTIVE, "current": 1, "effective_on": s.EFFECTIVE_ON, **NOTHING_NEXT},
    ),
    Happens("who has taken note is told elsewhere", s.IN_EFFECT, s.READ),
    Happens(
        "a revision comes next and leaves what counts",
        s.IN_EFFECT,
        s.REVISED,
        {"versions": 2, "next_version": 2, "next_phase": Phase.DRAFT},
    ),
    Happens(
        "a standard without a version in effect is withdrawn",
        s.IN_EFFECT,
        s.WITHDRAWN,
        {"phase": Phase.WITHDRAWN, "current": None, "effective_on": None},
    ),
    Happens(
        "a next version that is withdrawn leaves what counts",
        s.NEXT_APPROVED,
        replaced(s.WITHDRAWN, version=2),
        NOTHING_NEXT,
    ),
)


@each_of(HAPPENINGS)
def test_the_register_shows_what_happened(happening):
    happening.is_seen_in(StandardsRegister)


def test_the_register_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) == set(StandardsRegister.hears)


def test_a_version_tells_by_whom_and_when_it_was_drafted_approved_and_superseded():
    history = (
        happened(s.DRAFTED, date(2026, 3, 2)),
        happened(s.INVITED, date(2026, 3, 3)),
        happened(s.APPROVED, date(2026, 3, 11)),
        happened(s.EFFECTIVE, s.EFFECTIVE_ON),
        happened(s.REVISED, date(2026, 4, 20)),
        happened(s.INVITED_2, date(2026, 4, 21)),
        happened(s.APPROVED_2, date(2026, 5, 12)),
        happened(s.EFFECTIVE_2, date(2026, 6, 2)),
    )
    first, second = (row for row in seen(StandardVersions, *history).rows if isinstance(row, VersionSheet))
    assert (first.phase, first.drafter, first.drafted_on) == (Phase.SUPERSEDED, "han", date(2026, 3, 2))
    assert (first.approver, first.approved_on, first.effective_on) == ("sun", date(2026, 3, 11), s.EFFECTIVE_ON)
    # From the day on which the next counts, however late that was noticed.
    assert first.superseded_on == date(2026, 6, 1)
    assert (second.phase, second.reason, second.training) == (
        Phase.EFFECTIVE,
        "the year's experience",
        ("CLM-101", "CLM-102"),
    )
    assert (first.content, second.content) == (s.CONTENT, s.STRICTER)


def test_a_draft_that_is_revised_is_superseded_on_the_day_of_the_revision():
    first, second = seen(StandardVersions, s.DRAFTED, s.INVITED, s.REVISED).rows
    assert (first.phase, first.superseded_on, second.phase) == (Phase.SUPERSEDED, TODAY, Phase.DRAFT)


def test_a_withdrawn_version_tells_since_when():
    seen(StandardVersions, *s.IN_EFFECT, s.WITHDRAWN).shows(phase=Phase.WITHDRAWN, withdrawn_on=TODAY)


def test_a_comment_stands_with_its_answer():
    comments = seen(StandardComments, *s.CONSULTED)
    comments.shows(number=1, version=1, commenter="wu", answer=s.ANSWERED.answer, answered_on=TODAY)


def test_every_reader_of_every_version_is_noted_with_the_role_they_read_it_in():
    history = (*s.IN_EFFECT, happened(s.READ, actor=s.HANDLER), replaced(s.READ, reader="mei"))
    assert [(row.reader, row.version) for row in seen(Acknowledgements, *history).rows] == [("wu", 1), ("mei", 1)]
    seen(Acknowledgements, happened(s.READ, actor=s.HANDLER)).shows(role=Role.CLAIMS_HANDLER, acknowledged_on=TODAY)


def test_the_round_has_the_approved_version_take_effect():
    [row] = seen(StandardsRegister, *s.NEXT_APPROVED).rows
    assert ApprovedStandardTakesEffect.gives(row) == (STREAM, TakeEffect(version=2))


# -- who is bound ---------------------------------------------------------------------


def account(login: str, *roles: Role, suspended: bool = False) -> AccountCard:
    return AccountCard(
        account=UUID(int=1), login=login, name=login, roles=roles, authority=0, customer=None, suspended=suspended
    )


STAFF = [
    account("wu", Role.CLAIMS_HANDLER),
    account("su", Role.CASHIER),
    account("gao", Role.AGENT),
    account("admin", Role.ADMINISTRATOR),
    account("wang", Role.CUSTOMER),
    account("left", Role.CASHIER, suspended=True),
    account("both", Role.ADMINISTRATOR, Role.CASHIER),
]


def logins(accounts: list[AccountCard]) -> list[str]:
    return [each.login for each in accounts]


def test_a_standard_binds_the_staff_in_its_roles_who_have_not_left():
    assert logins(bound(s.CONTENT.scope, STAFF)) == ["wu", "su", "both"]
    assert logins(bound(Scope(), STAFF)) == ["wu", "su", "gao", "both"]


def test_who_has_not_taken_note_is_outstanding():
    [version] = (row for row in seen(StandardVersions, *s.IN_EFFECT).rows if isinstance(row, VersionSheet))
    assert logins(outstanding(version, STAFF, {"wu", "gao"})) == ["su", "both"]
    everybody = version.but(roles=())
    assert logins(outstanding(everybody, STAFF, {"wu", "gao"})) == ["su", "both"]
    assert replace(s.CONTENT, scope=everybody.scope).scope.binds(Role.AUDITOR)
