"""Certificates of ACM and IAM. Source: CloudFormation template reference, AWS Certificate Manager
and IAM."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.certificate import CERTIFICATE, SERVER_CERTIFICATE
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "AWS::CertificateManager::Certificate": plain(
        CERTIFICATE, {"DomainName": "domain_name", "KeyAlgorithm": "key_algorithm"}
    ),
    "AWS::IAM::ServerCertificate": plain(SERVER_CERTIFICATE, {"ServerCertificateName": "name"}),
}
