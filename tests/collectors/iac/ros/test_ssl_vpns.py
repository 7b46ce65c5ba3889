"""SSL-VPN servers of ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_servers_of_ros(stack: Read) -> None:
    found = stack(
        """
  Vpn: {Type: ALIYUN::VPC::VpnGateway, Properties: {VpcId: v, VSwitchId: s, Bandwidth: 10}}
  Safe:
    Type: ALIYUN::VPC::SslVpnServer
    Properties: {VpnGatewayId: !Ref Vpn, ClientIpPool: 10.9.0.0/24, Cipher: AES-192-CBC}
  Open:
    Type: ALIYUN::VPC::SslVpnServer
    Properties: {VpnGatewayId: vpn-1, ClientIpPool: 10.9.0.0/24, Cipher: none}
  Minimal:
    Type: ALIYUN::VPC::SslVpnServer
    Properties: {VpnGatewayId: !Ref Vpn, ClientIpPool: 10.9.0.0/24}
  Asked:
    Type: ALIYUN::VPC::SslVpnServer
    Properties: {VpnGatewayId: !Ref Vpn, ClientIpPool: 10.9.0.0/24, Cipher: !Ref Cipher}
""",
        head="Parameters: {Cipher: {Type: String}}\n",
    )
    ciphers = {
        name: each.facts["tunnels"][0].get("encryption")
        for name, each in found.items()
        if name != "Vpn"
    }
    assert ciphers["Safe"] == ["aes192"]
    assert ciphers["Open"] == ["none"]
    assert ciphers["Minimal"] == ["aes128"]
    assert "tunnels/0/encryption/0" in found["Asked"].unknown
    assert found["Safe"].facts["bandwidth_mbps"] == 10
    assert "bandwidth_mbps" in found["Open"].unknown
    assert found["Safe"].facts["peers"][0]["cidrs"] == ["10.9.0.0/24"]
