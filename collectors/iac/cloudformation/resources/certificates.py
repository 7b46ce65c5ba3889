"""Certificates that ACM issues. Source: CloudFormation template reference, AWS Certificate
Manager."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.certificate import CERTIFICATE
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "AWS::CertificateManager::Certificate": plain(
        CERTIFICATE, {"DomainName": "domain_name", "KeyAlgorithm": "key_algorithm"}
    ),
}
