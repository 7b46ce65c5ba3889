# ruff: noqa: E501 - templates are easier to read on long lines
"""Network balancers, CDN, images and secrets of ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_balancers_and_domains(stack: Read) -> None:
    found = stack(
        """
  Nlb: {Type: ALIYUN::NLB::LoadBalancer, Properties: {AddressType: Internet, VpcId: v, ZoneMappings: [{ZoneId: cn-beijing-a, VSwitchId: a}, {ZoneId: cn-beijing-b, VSwitchId: b}], DeletionProtectionConfig: {Enabled: true}}}
  Tls: {Type: ALIYUN::NLB::SecurityPolicy, Properties: {SecurityPolicyName: p, TlsVersions: [TLSv1.1], Ciphers: [a]}}
  Port: {Type: ALIYUN::NLB::Listener, Properties: {LoadBalancerId: !Ref Nlb, ListenerPort: 443, ListenerProtocol: TCPSSL, SecurityPolicyId: !Ref Tls, ServerGroupId: s}}
  Site: {Type: ALIYUN::CDN::Domain, Properties: {DomainName: a.example.cn, CdnType: web, OriginServers: [{Content: 1.2.3.4, Type: ipaddr, Port: 443}]}}
  Force: {Type: ALIYUN::CDN::DomainConfig, Properties: {DomainNames: a.example.cn, FunctionList: [{FunctionName: forward_scheme, FunctionArgs: [{ArgName: enable, ArgValue: 'on'}, {ArgName: scheme_origin, ArgValue: http}]}]}}
"""
    )
    assert set(found) == {"Nlb", "Site"}
    nlb = found["Nlb"].facts
    assert (nlb["deletion_protection"], nlb["zones"]) == (True, ["cn-beijing-a", "cn-beijing-b"])
    assert nlb["listeners"][0]["tls"]["minimum"] == "1.1"
    assert (found["Site"].facts["scope"], found["Site"].facts["origin_https"]) == (
        "mainland",
        False,
    )
    assert "viewer_tls/minimum" in found["Site"].unknown


def test_images_and_secrets(stack: Read) -> None:
    found = stack(
        """
  Disk: {Type: ALIYUN::ECS::Disk, Properties: {ZoneId: cn-beijing-a, Size: 20, Encrypted: true}}
  Snap: {Type: ALIYUN::ECS::Snapshot, Properties: {DiskId: !Ref Disk}}
  Image: {Type: ALIYUN::ECS::CustomImage, Properties: {ImageName: i, SnapshotId: !Ref Snap}}
  Share: {Type: ALIYUN::ECS::ImageSharePermission, Properties: {ImageId: !Ref Image, Accounts: ['1234567890123456'], IsPublic: true}}
  Secret: {Type: ALIYUN::KMS::Secret, Properties: {SecretName: s, SecretData: x, VersionId: v1, EnableAutomaticRotation: true, RotationInterval: 30d}}
"""
    )
    assert found["Snap"].facts["encryption"]["enabled"] is True
    assert found["Image"].facts["encryption"]["enabled"] is True
    assert found["Image"].facts["shared_with"] == ["1234567890123456", "all"]
    assert found["Secret"].facts["rotation_days"] == 30


def test_a_copy_of_an_image_and_a_secret_of_an_instance(stack: Read) -> None:
    found = stack(
        """
  Copy: {Type: ALIYUN::ECS::CopyImage, Properties: {ImageId: m-1, DestinationRegionId: cn-beijing, Encrypted: true, KMSKeyId: key-1}}
  Secret: {Type: ALIYUN::KMS::Secret, Properties: {SecretName: s, SecretData: x, VersionId: v1, DKMSInstanceId: kst-1}}
"""
    )
    assert found["Copy"].facts["encryption"]["key_id"] == "key-1"
    assert "policy" in found["Secret"].unknown
