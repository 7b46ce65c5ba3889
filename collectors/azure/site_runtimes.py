"""Until when App Service and Functions support the runtimes of sites. Pure.

The API does not tell. Both keep a version of a language until its makers end it, Functions until
its base system ends where that is earlier (their language support policies). The dates are those of
the makers (releases index of .NET, devguide.python.org, schedule of nodejs/Release, php.net,
lifecycle page of PowerShell) and of "Supported languages in Azure Functions"; where a month is
told, its last day.
"""

from __future__ import annotations

import re
from datetime import date

from collectors.document import Unknown

_NET = {
    "1.0": date(2019, 6, 27),
    "1.1": date(2019, 6, 27),
    "2.0": date(2018, 10, 1),
    "2.1": date(2021, 8, 21),
    "2.2": date(2019, 12, 23),
    "3.0": date(2020, 3, 3),
    "3.1": date(2022, 12, 13),
    "5.0": date(2022, 5, 10),
    "6.0": date(2024, 11, 12),
    "7.0": date(2024, 5, 14),
    "8.0": date(2026, 11, 10),
    "9.0": date(2026, 11, 10),
    "10.0": date(2028, 11, 14),
}
_ENDS = {
    "python": {
        "2.7": date(2020, 1, 1),
        "3.4": date(2019, 3, 18),
        "3.5": date(2020, 9, 30),
        "3.6": date(2021, 12, 23),
        "3.7": date(2023, 6, 27),
        "3.8": date(2024, 10, 7),
        "3.9": date(2025, 10, 31),
        "3.10": date(2026, 10, 31),
        "3.11": date(2027, 10, 31),
        "3.12": date(2028, 10, 31),
        "3.13": date(2029, 10, 31),
        # In Functions, which end it before python.org does (October 2030).
        "3.14": date(2029, 4, 30),
    },
    "node": {
        "6": date(2019, 4, 30),
        "8": date(2019, 12, 31),
        "10": date(2021, 4, 30),
        "12": date(2022, 4, 30),
        "14": date(2023, 4, 30),
        "16": date(2023, 9, 11),
        "18": date(2025, 4, 30),
        "20": date(2026, 4, 30),
        "22": date(2027, 4, 30),
        "24": date(2028, 4, 30),
    },
    "php": {
        "5.6": date(2018, 12, 31),
        "7.0": date(2019, 1, 10),
        "7.1": date(2019, 12, 1),
        "7.2": date(2020, 11, 30),
        "7.3": date(2021, 12, 6),
        "7.4": date(2022, 11, 28),
        "8.0": date(2023, 11, 26),
        "8.1": date(2025, 12, 31),
        "8.2": date(2026, 12, 31),
        "8.3": date(2027, 12, 31),
        "8.4": date(2028, 12, 31),
    },
    "powershell": {
        "7.0": date(2022, 12, 3),
        "7.2": date(2024, 11, 8),
        "7.4": date(2026, 11, 10),
    },
    "dotnetcore": _NET,
    "dotnet": _NET,
    "dotnet-isolated": _NET,
    # Of later versions Microsoft and the makers of Tomcat and JBoss each have dates of their own.
    "java": {"1.7": date(2022, 7, 29), "7": date(2022, 7, 29)},
}
"""The first day on which a version is not supported, by its language and number."""

_HOSTS = {"1": date(2026, 9, 14), "2": date(2022, 12, 13), "3": date(2022, 12, 13), "4": None}
"""The first day on which a version of Functions itself is not supported ("Azure Functions runtime
versions overview")."""

_VERSION = re.compile(r"[v~]?(\d+(?:\.\d+)?)", re.IGNORECASE)
_FRAMEWORK = re.compile(r"v[1-4]\.0", re.IGNORECASE)


def supported(runtime: str, today: date) -> bool | Unknown:
    """Whether a runtime such as `Python|3.11` is supported on that day; unknown where no date is
    known of it."""
    language, _, text = runtime.partition("|")
    ends = _ENDS.get(language.lower(), {})
    # Of Node the first number tells, and .NET 8 is .NET 8.0.
    number = _VERSION.match(text.strip())
    # What Windows calls v4.0 is the .NET Framework.
    known = number and not (ends is _NET and _FRAMEWORK.fullmatch(text.strip()))
    version = number[1] if number and known else ""
    spellings = (version, version.partition(".")[0], f"{version}.0" if ends is _NET else "")
    end = next((ends[one] for one in spellings if one in ends), None)
    if end is None:
        return Unknown(f"until when Azure supports the runtime {runtime} is not known")
    return today < end


def host_supported(version: str, today: date) -> bool | Unknown:
    """Whether a version of Functions, such as `~4`, is supported on that day."""
    number = _VERSION.match(version.strip())
    major = number[1].partition(".")[0] if number else ""
    if major not in _HOSTS:
        return Unknown(f"until when Azure supports the runtime {version} is not known")
    end = _HOSTS[major]
    return end is None or today < end
