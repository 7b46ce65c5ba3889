from __future__ import annotations

import pytest

from collectors.aws.logic import Known, every, negated, some
from collectors.document import Unknown

DENIED = Unknown("denied")


@pytest.mark.parametrize(
    ("values", "any_of", "all_of"),
    [
        ([], False, True),
        ([True], True, True),
        ([False], False, False),
        ([DENIED], DENIED, DENIED),
        ([True, DENIED], True, DENIED),
        ([False, DENIED], DENIED, False),
        ([True, False, DENIED], True, False),
    ],
)
def test_the_unknown_decides_only_where_nothing_known_does(
    values: list[Known], any_of: Known, all_of: Known
) -> None:
    assert (some(values), every(values)) == (any_of, all_of)


def test_the_opposite_of_the_unknown_is_unknown() -> None:
    assert (negated(True), negated(False), negated(DENIED)) == (False, True, DENIED)
