"""Until when Azure supports the runtimes of sites."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.azure.site_runtimes import supported
from collectors.document import Unknown


@pytest.mark.parametrize(
    ("runtime", "day", "expected"),
    [
        ("Python|3.9", date(2025, 10, 30), True),
        ("PYTHON|3.9", date(2025, 10, 31), False),
        ("Python|3.14", date(2029, 4, 29), True),
        ("Python|3.14", date(2029, 4, 30), False),
        ("NODE|20-lts", date(2026, 4, 29), True),
        ("Node|~18", date(2026, 1, 1), False),
        ("DOTNETCORE|8.0", date(2026, 11, 9), True),
        ("DotNetCore|v8.0", date(2026, 11, 10), False),
        ("DOTNET-ISOLATED|6", date(2025, 1, 1), False),
        ("PHP|7.4", date(2025, 1, 1), False),
        ("PHP|8", date(2025, 1, 1), None),
        ("PowerShell|7.2", date(2025, 1, 1), False),
        ("Java|1.7.0_80", date(2025, 1, 1), False),
        # The .NET Framework, and what has dates of its own.
        ("DotNet|v4.0", date(2025, 1, 1), None),
        ("DotNetCore|v2.0", date(2025, 1, 1), None),
        ("Java|17", date(2025, 1, 1), None),
        ("TOMCAT|10.0-java17", date(2025, 1, 1), None),
        ("Python|3", date(2025, 1, 1), None),
        ("python", date(2025, 1, 1), None),
        ("NODE|lts", date(2025, 1, 1), None),
    ],
)
def test_supported(runtime: str, day: date, expected: bool | None) -> None:
    found = supported(runtime, day)
    assert isinstance(found, Unknown) if expected is None else found is expected
