"""Who works here: everyone with a sign-in, a role and so much authority; and whom a case falls to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

import msgspec

from domain.account import (
    Account,
    ChangeRoles,
    DelegateAuthority,
    OpenAccount,
    RestoreAccount,
    RevokeDelegation,
    SuspendAccount,
)
from domain.kernel import stream_of
from domain.words import Actor, Role, plus_days
from interfaces.demo.names import person
from interfaces.demo.world import UP, Life, Story, World, moment_of

AGENTS = 24
JUNIOR = "shi.lei"
"""A supervisor whose own authority does not reach far."""
REVIEWERS = ("fang.zheng", "song.yuan")
"""They review what others decided, and do nothing else."""
RISING, SUSPENDED, LEAVING = "zhao.min", f"ag{1000 + AGENTS}", "lu.hang"
OPERATOR = Actor("operator", Role.ADMINISTRATOR)
"""Who installed the house: somebody must open the first account."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff; authority is in yuan."""

    login: str
    name: str
    role: Role
    authority: int = 0

    @property
    def actor(self) -> Actor:
        return Actor(self.login, self.role, None, self.authority * 100)


ADMIN = Member("admin", "管理员", Role.ADMINISTRATOR)
SHOWN = (
    ADMIN,
    Member("supervisor", "周敬之", Role.SUPERVISOR, 2_000_000),
    Member("underwriter", "林晓月", Role.UNDERWRITER, 3_000_000),
    Member("handler", "陈立", Role.CLAIMS_HANDLER, 50_000),
    Member("cashier", "孙慧", Role.CASHIER),
    Member("service", "何婷", Role.SERVICE),
    Member("complaints", "杜若", Role.COMPLAINT_OFFICER, 20_000),
    Member("agent", "高远", Role.AGENT),
    Member("product", "许文博", Role.PRODUCT_OFFICER),
    Member("auditor", "沈正", Role.AUDITOR),
    Member("compliance", "陆明", Role.COMPLIANCE),
)
"""Those whose password is told at the end; beside them there is one customer."""
OTHERS = (
    Member("tan.kai", "谭凯", Role.SUPERVISOR, 5_000_000),
    Member("gu.yan", "顾妍", Role.SUPERVISOR, 200_000_000),
    Member(JUNIOR, "石磊", Role.SUPERVISOR, 100_000),
    Member("zhao.min", "赵敏", Role.UNDERWRITER, 1_000_000),
    Member("qian.hao", "钱浩", Role.UNDERWRITER, 1_000_000),
    Member("wu.jing", "吴静", Role.UNDERWRITER, 5_000_000),
    Member("ma.chao", "马超群", Role.CLAIMS_HANDLER, 20_000),
    Member("luo.dan", "罗丹", Role.CLAIMS_HANDLER, 50_000),
    Member("deng.wei", "邓伟", Role.CLAIMS_HANDLER, 50_000),
    Member("xie.lan", "谢兰", Role.CLAIMS_HANDLER, 100_000),
    Member("han.bo", "韩博", Role.CLAIMS_HANDLER, 200_000),
    Member("cai.xin", "蔡欣", Role.CLAIMS_HANDLER, 200_000),
    Member("su.mei", "苏梅", Role.CASHIER),
    Member("ding.fei", "丁飞", Role.CASHIER),
    Member("ren.yi", "任怡", Role.SERVICE),
    Member("jiang.tao", "姜涛", Role.SERVICE),
    Member("yao.ying", "姚颖", Role.SERVICE),
    Member("mei.qing", "梅清", Role.COMPLAINT_OFFICER, 10_000),
    Member("tang.wen", "唐文", Role.COMPLAINT_OFFICER, 50_000),
    Member("fan.li", "范莉", Role.PRODUCT_OFFICER),
    Member("wang.gang", "汪刚", Role.COMPLIANCE),
    Member("lu.hang", "吕航", Role.AUDITOR),
    Member(REVIEWERS[0], "方正", Role.COMPLIANCE),
    Member(REVIEWERS[1], "宋元", Role.COMPLIANCE),
)


class Staff:
    def __init__(self, world: World) -> None:
        dice = world.dice("agents")
        agents = [Member(f"ag{1000 + n}", person(dice, dice.random() < 0.6), Role.AGENT) for n in range(1, AGENTS + 1)]
        self.everyone: Sequence[Member] = (*SHOWN, *OTHERS, *agents)
        self.sellers: Sequence[Member] = [member for member in self.everyone if member.role is Role.AGENT]
        # Those whom the year treats badly, and the junior supervisor, are not needed for anything else.
        working = [member for member in self.everyone if member.login not in (SUSPENDED, LEAVING, JUNIOR, *REVIEWERS)]
        self.junior = next(member.actor for member in self.everyone if member.login == JUNIOR)
        self._of = {role: [m.actor for m in working if m.role is role] for role in Role}

    def agent(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.AGENT])

    def underwriter(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.UNDERWRITER])

    def cashier(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.CASHIER])

    def service(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.SERVICE])

    def handler(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.CLAIMS_HANDLER])

    def complaint_officer(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.COMPLAINT_OFFICER])

    def superior(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.SUPERVISOR])

    def product_officer(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.PRODUCT_OFFICER])

    def compliance(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.COMPLIANCE])

    @property
    def reviewers(self) -> Sequence[Actor]:
        return [member.actor for member in self.everyone if member.login in REVIEWERS]

    def auditor(self, dice: Random) -> Actor:
        return dice.choice(self._of[Role.AUDITOR])

    def promote(self, login: str, authority: int) -> None:
        for actors in self._of.values():
            actors[:] = [msgspec.structs.replace(a, authority=authority) if a.name == login else a for a in actors]

    def ruler(self, dice: Random, amount: int) -> Actor:
        """An underwriter whose authority reaches so far; a supervisor where no underwriter's does."""
        for role in (Role.UNDERWRITER, Role.SUPERVISOR):
            able = [actor for actor in self._of[role] if actor.authority >= amount]
            if able:
                return dice.choice(able)
        raise AssertionError(f"nobody may accept {amount}")

    def decider(self, dice: Random, amount: int, but: Actor) -> Actor:
        """A second pair of eyes whose authority reaches so far; a supervisor where no colleague's does."""
        for role in (Role.CLAIMS_HANDLER, Role.SUPERVISOR):
            able = [actor for actor in self._of[role] if actor.authority >= amount and actor.name != but.name]
            if able:
                return dice.choice(able)
        raise AssertionError(f"nobody may decide {amount}")

    def beyond(self, dice: Random, amount: int, but: Actor) -> Actor | None:
        """A colleague whose authority does not reach so far, if there is one."""
        unable = [a for a in self._of[Role.CLAIMS_HANDLER] if a.authority < amount and a.name != but.name]
        return dice.choice(unable) if unable else None


def account_of(login: str) -> UUID:
    return stream_of(Account, login)


class StaffLife(Life):
    """The sign-ins: opened on the first day; later somebody rises, somebody is suspended, somebody leaves."""

    def __init__(self, world: World, staff: Staff) -> None:
        super().__init__(world, "staff", account_of(ADMIN.login), moment_of(world.begins, UP))
        self.staff = staff

    def story(self) -> Story:
        admin, supervisor = ADMIN.actor, SHOWN[1].actor
        for member in self.staff.everyone:
            yield self.soon(1, 2)
            command = OpenAccount(
                login=member.login, name=member.name, roles=(member.role,), authority=member.authority * 100
            )
            opener = OPERATOR if member is ADMIN else admin
            yield self.does(opener, command, stream=account_of(member.login))
        yield self.office(20)
        yield from self._lends(supervisor)
        yield self.office(40)
        raised = ChangeRoles(roles=(Role.UNDERWRITER,), authority=200_000_000, reason="通过高级核保师考核")
        yield self.does(admin, raised, stream=account_of(RISING))
        self.staff.promote(RISING, raised.authority)
        own = ChangeRoles(roles=(Role.ADMINISTRATOR, Role.SUPERVISOR), authority=10**9, reason="方便工作")
        yield self.tries(admin, own, "account.own")
        yield self.office(50)
        suspended = account_of(SUSPENDED)
        yield self.does(supervisor, SuspendAccount(reason="未按规定执行双录，暂停展业"), stream=suspended)
        yield self.office(25)
        yield self.does(admin, RestoreAccount(reason="整改完成"), stream=suspended)
        yield self.office(80)
        yield self.does(admin, SuspendAccount(reason="员工离职"), stream=account_of(LEAVING))

    def _lends(self, supervisor: Actor) -> Story:
        """The supervisor is away for a fortnight and comes back sooner."""
        mine, handler = account_of(supervisor.name), account_of(SHOWN[3].login)
        lent = DelegateAuthority(
            to=handler, amount=100_000_00, until=plus_days(self.today, 14), reason="外出培训期间代为核赔"
        )
        too_much = lent.model_copy(update={"amount": supervisor.authority + 1})
        yield self.tries(supervisor, too_much, "account.beyond_own", stream=mine)
        yield self.does(supervisor, lent, stream=mine)
        yield self.tries(SHOWN[3].actor, lent, "account.not_own", stream=mine)
        yield self.office(9)
        yield self.does(supervisor, RevokeDelegation(to=handler), stream=mine)
