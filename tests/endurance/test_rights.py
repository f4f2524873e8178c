"""Every command and button, by everybody, everywhere; `make test` tries each kind of person and place once."""

import pytest

from tests.rights.everything import check_everything, core, known, settings, trial
from tests.rights.matrix import CASES, Trial

__all__ = ["core", "known", "settings", "trial"]


@pytest.mark.parametrize("trial", CASES, ids=str, indirect=True)
async def test_everything_is_allowed_exactly_when_the_registry_says_so(trial: Trial) -> None:
    await check_everything(trial)
