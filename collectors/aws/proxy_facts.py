"""What RDS Proxy tells of a proxy. Pure: templates ask it too."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known
from collectors.document import Unknown, then
from collectors.facts.shared import Tls

ENGINE = "rds-proxy"

NO_VERSION = Unknown("RDS Proxy tells no version of its engine")
NO_UPGRADE = Unknown("RDS Proxy has no setting for updates of its engine")
_MINIMUM = Unknown("the lowest TLS version of RDS Proxy is not told")


def tls(required: Known) -> Tls:
    """A proxy offers TLS always, and asks for it where it is told to."""
    minimum: Any = then(required, lambda _: _MINIMUM)
    return Tls(minimum=minimum, required=required, policy=None)
