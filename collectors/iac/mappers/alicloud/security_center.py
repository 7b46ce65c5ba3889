"""alicloud_threat_detection_instance: the edition of Security Center that a subscription buys.

A document stands for what is bought: defences, who is told and the rest of an organisation are set
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aliyun.detection import DEFENCES, detector
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountThreatDetection
from collectors.iac.blocks import NOT_GIVEN, Block, Mapping, Project, template_document
from collectors.regions import GLOBAL

INSTANCE = "alicloud_threat_detection_instance"

_EDITIONS = {
    "level2": "enterprise", "level3": "advanced", "level7": "anti-virus", "level8": "ultimate",
}  # fmt: skip
"""`version_code`; level10 buys services beside an edition that it does not name."""
_NO_PAYMENT = Unknown("the instance gives no payment_type")
_NO_EDITION = Unknown("the instance gives no version_code")
_BY_SERVER = Unknown("the edition of pay-as-you-go is chosen for servers, not in this template")
_BESIDE = Unknown("the instance names no edition of Security Center")
_DEFENCES = Unknown("the defences of Security Center are not set in this template")
_NOTICES = Unknown("whom Security Center tells is not set in this template")
_AGGREGATED = Unknown("whether Security Center gathers other accounts is not told here")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """What the account has of Security Center by this instance."""
    facts = AccountThreatDetection(
        detectors=[detector(_edition(block), dict.fromkeys(DEFENCES, _DEFENCES))],
        notifications=_NOTICES,
        aggregated=_AGGREGATED,
    )
    yield template_document(
        block, project, facts, provider="aliyun", region=GLOBAL, name=block.name, tags={}
    )


def _edition(block: Block) -> str | Unknown:
    payment = block.read("payment_type", str, _NO_PAYMENT)
    if payment != "Subscription":
        return payment if isinstance(payment, Unknown) else _BY_SERVER
    if block.get("post_paid_flag") not in (NOT_GIVEN, None, 0, "0"):
        return _BY_SERVER
    code = block.read("version_code", str, _NO_EDITION)
    return then(code, lambda word: _EDITIONS.get(word, _BESIDE))


MAPPINGS = [Mapping(types=(INSTANCE,), facts=AccountThreatDetection, map=map_instance)]
