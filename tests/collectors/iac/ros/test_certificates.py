"""Uploaded certificates of ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_certificates_of_ros(stack: Read) -> None:
    found = stack(
        """
  Web: {Type: ALIYUN::CAS::UserCertificate, Properties: {CertificateName: web, Cert: c, Key: k}}
  Old: {Type: ALIYUN::CAS::Certificate, Properties: {Name: old, Cert: c, Key: k}}
  Copy: {Type: ALIYUN::SLB::Certificate, Properties: {AliCloudCertificateId: !Ref Web}}
  Own: {Type: ALIYUN::SLB::Certificate, Properties: {Certificate: c, PrivateKey: k}}
  Authority: {Type: ALIYUN::SLB::Certificate, Properties: {CertificateType: CA, Certificate: c}}
  Secure:
    Type: ALIYUN::SLB::Listener
    Properties:
      LoadBalancerId: lb-1
      ListenerPort: 443
      Protocol: https
      ServerCertificateId: !GetAtt Copy.CertificateId
  Further:
    Type: ALIYUN::ALB::Listener
    Properties:
      LoadBalancerId: alb-1
      ListenerPort: 443
      ListenerProtocol: HTTPS
      Certificates: [{CertificateId: !GetAtt Old.CertId}]
"""
    )
    used = {
        name: each.facts.get("in_use")
        for name, each in found.items()
        if each.type == "key.certificate"
    }
    assert used == {"Web": True, "Old": True, "Own": None}
    assert found["Web"].name == "web"
    # Listeners are judged where they stand, though their certificates are read through them.
    assert {name for name in found if name not in used} == {"Secure", "Further"}
