"""Second factors that users of the directory have registered. Pure.

From `userRegistrationDetails`, which has no rows of disabled users, and whose rows come some hours
after what they tell.
"""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.logic import told

Item = dict[str, Any]

# The names of the report ("Authentication methods activity", "userRegistrationDetails").
_KINDS = {
    "alternateMobilePhone": "sms",
    "fido2": "fido2",
    "fido2SecurityKey": "fido2",
    "hardwareOneTimePasscode": "hardware",
    "macOsSecureEnclaveKey": "fido2",
    "microsoftAuthenticatorPasswordless": "app",
    "microsoftAuthenticatorPush": "app",
    "mobilePhone": "sms",
    "officePhone": "sms",
    "passKeyDeviceBound": "fido2",
    "passKeyDeviceBoundAuthenticator": "fido2",
    "passKeyDeviceBoundWindowsHello": "fido2",
    "softwareOneTimePasscode": "virtual",
    "windowsHelloForBusiness": "fido2",
}
# For resetting a password, or for once: nobody signs in with them as a second factor every day.
_NO_FACTOR = {"email", "securityQuestion", "temporaryAccessPass", "appPassword", "none"}
_SENT = {"sms"}
_SOFT = {"app", "sms", "virtual"}

_KIND = Unknown("the kind of a registered second factor is not known")
_REFUSED = Unknown("the second factors that are registered are not allowed by the tenant's policy")


def has_factor(row: Item) -> bool | Unknown:
    """Whether a user has a second factor that the tenant lets people use."""
    if told(row, "isMfaRegistered") is False:
        return False
    if told(row, "isMfaCapable") is True:
        return True
    return _REFUSED


def kinds(row: Item) -> list[Any]:
    """The kinds of a user's second factors, in the words of `User.mfa_kinds`. A voice call counts
    as what is sent. A method that is not known here has an unknown place unless something stronger
    than what is sent is known beside it."""
    methods = [str(one) for one in row.get("methodsRegistered") or ()]
    known = sorted({_KINDS[one] for one in methods if one in _KINDS})
    strange = [one for one in methods if one not in _KINDS and one not in _NO_FACTOR]
    return [*known, _KIND] if strange and not set(known) - _SENT else known


def has_device(row: Item) -> bool:
    """Whether a user has a factor that is a device, or may be: more than software and a number."""
    return any(one not in _SOFT for one in kinds(row))
