"""What customers say when they are asked: of a hundred, eighty-nine are content, as the manual has it."""

from __future__ import annotations

from random import Random

from domain.survey import AnswerSurvey
from interfaces.demo.names import BLAME, LUKEWARM, PRAISE
from interfaces.demo.world import World, cards

SCORES = cards({5: 58, 4: 31, 3: 6, 2: 3, 1: 2})
WORDS = {5: PRAISE, 4: PRAISE, 3: LUKEWARM, 2: BLAME, 1: BLAME}


def answer(world: World, dice: Random) -> AnswerSurvey:
    satisfaction = world.deal("scores", SCORES)
    recommend = min(10, max(0, satisfaction * 2 + dice.randint(-1, 1)))
    return AnswerSurvey(satisfaction=satisfaction, recommend=recommend, comment=dice.choice(WORDS[satisfaction]))
