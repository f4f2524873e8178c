"""A copy of one's data, on every platform."""

import pytest

from tests.stage import Person

pytestmark = pytest.mark.unseen


async def test_a_copy_is_for_the_one_who_asks(camille: Person, noor: Person) -> None:
    await camille.says("/suggest A dark theme")
    await camille.says("/mydata")
    assert "Everything kept about you" in "".join(camille.stage.heard(camille)[-2:])
    noor.never_heard("Everything kept about you", "mydata-")
