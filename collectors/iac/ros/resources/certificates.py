"""Certificates that are uploaded. Source: ALIYUN::CAS::* and ALIYUN::SLB::Certificate of the ROS
resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.certificate import CLB, SERVICE
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags

_AUTHORITY = "alicloud_slb_ca_certificate"
"""What clients' certificates are checked by, which is no certificate of a server."""


def classic(resource: Resource) -> Iterator[Block]:
    """A certificate of CLB, of a server or of an authority."""
    names = {
        "CertificateName": "name",
        "Certificate": "server_certificate",
        "AliCloudCertificateId": "alicloud_certificate_id",
    }
    kind = _AUTHORITY if resource.get("CertificateType") == "CA" else CLB
    values = renamed(resource.properties, names)
    yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CAS::Certificate": plain(SERVICE, {"Name": "certificate_name"}),
    "ALIYUN::CAS::UserCertificate": plain(SERVICE, {"CertificateName": "certificate_name"}),
    "ALIYUN::SLB::Certificate": classic,
}
