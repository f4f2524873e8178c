"""Every command and button, by each kind of person, in each kind of place: allowed as the registry says, else refused.

Everybody everywhere is in `make endurance`; `tests/contract/test_rights.py` plays some of it on every platform.
"""

import pytest

from bot.catalogue import registry
from tests.rights.everything import check_everything, core, known, settings, trial
from tests.rights.matrix import CASES, FEW, NOWHERE, REFUSALS, Trial, refused

__all__ = ["core", "known", "settings", "trial"]


@pytest.mark.parametrize("trial", FEW, ids=str, indirect=True)
async def test_everything_is_allowed_exactly_when_the_registry_says_so(trial: Trial) -> None:
    await check_everything(trial)


def test_the_few_cases_have_every_kind_of_person_and_of_place() -> None:
    assert set(FEW) < set(CASES)
    for kind in ("kind", "community", "place"):
        assert {getattr(case, kind) for case in FEW} == {getattr(case, kind) for case in CASES}, kind


def test_a_right_that_the_registry_does_not_give_is_noticed() -> None:
    member, moderator = (next(one for one in CASES if one.kind.name == name) for name in ("member", "moderator"))
    assert [refused(sentence) for sentence in (*REFUSALS, f"{NOWHERE}, a code", "Nothing waits.")] == [True] * 3 + [
        False
    ]
    queue = registry().find("queue")
    assert queue
    assert (member.may(queue), moderator.may(queue)) == (False, True)
