"""How long people stay signed in, and from where they may sign in, by Conditional Access. Pure."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from collectors.azure.conditional_access import Policy, covers_everybody
from collectors.document import Unknown, also

Item = dict[str, Any]

DEFAULT_MINUTES = 90 * 24 * 60
"""A rolling window of 90 days, where no policy asks for more ("Configure adaptive session lifetime
policies")."""

_EVERY_TIME = 5
"""Minutes: Microsoft Entra ID allows for that much of clock skew where it asks every time."""
_MINUTES = {"hours": 60, "days": 24 * 60}
_BLOCK = ["block"]
_TRUSTED = "AllTrusted"

_FREQUENCY = Unknown("the sign-in frequency of a policy is not understood")
_SEVERAL = Unknown("several policies limit from where people sign in, and are not intersected")
_LOCATION = Unknown("a place that a policy names is not told by its addresses or countries")
_MFA_SERVICE = Unknown("trusted addresses of the multifactor authentication service are not told")


def session_minutes(policies: list[Policy]) -> int | Unknown:
    """The longest time that anybody stays signed in, of policies in force."""
    asked = [(one, _minutes(one)) for one in policies]
    limiting = [(covers_everybody(one), minutes) for one, minutes in asked if minutes is not None]
    whole = [minutes for everybody, minutes in limiting if everybody is True]
    known = [one for one in whole if isinstance(one, int)]
    if known:
        return min(known)
    doubt = also(None, *whole, *(everybody for everybody, _ in limiting))
    return doubt or DEFAULT_MINUTES


def source_ranges(policies: list[Policy], places: list[Item] | Unknown) -> list[Any] | Unknown:
    """The addresses (CIDR) and countries ("country:CN") that people may sign in from, of policies
    in force: what a policy that blocks all places leaves out. Empty where any place is allowed."""
    blocking = [(covers_everybody(one), one) for one in policies if _blocks_places(one)]
    whole = [one for everybody, one in blocking if everybody is True]
    if len(whole) > 1:
        return _SEVERAL
    if not whole:
        return also(None, *(everybody for everybody, _ in blocking)) or []
    if isinstance(places, Unknown):
        return places
    known = {str(one["id"]): one for one in places}
    return [
        range_
        for name in whole[0]["conditions"]["locations"]["excludeLocations"]
        for range_ in _ranges(str(name), known)
    ]


def _minutes(policy: Policy) -> int | Unknown | None:
    """How often a policy asks people to sign in; null where it does not."""
    frequency = (policy.get("sessionControls") or {}).get("signInFrequency") or {}
    places = policy["conditions"].get("locations") or {}
    whole = str(frequency.get("authenticationType") or "primaryAndSecondaryAuthentication")
    if (
        frequency.get("isEnabled") is not True
        or whole != "primaryAndSecondaryAuthentication"
        or places.get("excludeLocations")
        or (places and "All" not in (places.get("includeLocations") or ()))
    ):
        return None
    if frequency.get("frequencyInterval") == "everyTime":
        return _EVERY_TIME
    value, unit = frequency.get("value"), _MINUTES.get(str(frequency.get("type")))
    return value * unit if isinstance(value, int) and unit else _FREQUENCY


def _blocks_places(policy: Policy) -> bool:
    """Whether a policy blocks whoever is not in one of some places."""
    places = policy["conditions"].get("locations") or {}
    return (
        (policy.get("grantControls") or {}).get("builtInControls") == _BLOCK
        and "All" in (places.get("includeLocations") or ())
        and bool(places.get("excludeLocations"))
    )


def _ranges(name: str, known: dict[str, Item]) -> list[Any]:
    if name == _TRUSTED:
        trusted = [one for one in known.values() if one.get("isTrusted") is True]
        return [*(range_ for one in trusted for range_ in _of_place(one)), _MFA_SERVICE]
    return _of_place(known[name]) if name in known else [_LOCATION]


def _of_place(place: Item) -> list[Any]:
    kind = str(place.get("@odata.type")).rpartition(".")[2]
    if kind == "ipNamedLocation":
        # An address may stand with the bits of a host.
        return [str(ip_network(one["cidrAddress"], strict=False)) for one in place["ipRanges"]]
    if kind == "countryNamedLocation":
        # ZZ: addresses of which it is not known where they are, too.
        unknown = ["ZZ"] if place.get("includeUnknownCountriesAndRegions") else []
        return [f"country:{one}" for one in (*place["countriesAndRegions"], *unknown)]
    return [_LOCATION]
