# METADATA
# title: Firewall rules and address ranges
# description: >-
#   What the rules of a security group, NSG or subnet ACL let in. A rule has effect where no rule that refuses comes
#   before it; the lower number comes first, and of two equal numbers the one that refuses (Alibaba Cloud). Egress
#   is no matter of this library.
package mlps.lib.network

# METADATA
# scope: document
# description: Ports by which servers and network devices are administered.
admin_services := [
	{"port": 22, "protocol": "tcp", "name": "SSH"},
	{"port": 23, "protocol": "tcp", "name": "Telnet"},
	{"port": 512, "protocol": "tcp", "name": "rexec"},
	{"port": 513, "protocol": "tcp", "name": "rlogin"},
	{"port": 514, "protocol": "tcp", "name": "rsh"},
	{"port": 2222, "protocol": "tcp", "name": "SSH"},
	{"port": 3389, "protocol": "tcp", "name": "RDP"},
	{"port": 3389, "protocol": "udp", "name": "RDP"},
	{"port": 5900, "protocol": "tcp", "name": "VNC"},
	{"port": 5901, "protocol": "tcp", "name": "VNC"},
	{"port": 5985, "protocol": "tcp", "name": "WinRM"},
	{"port": 5986, "protocol": "tcp", "name": "WinRM"},
]

# METADATA
# scope: document
# description: Ports of databases, caches, queues, search engines, files, directories and cluster management.
data_services := [
	{"port": 20, "protocol": "tcp", "name": "FTP"},
	{"port": 21, "protocol": "tcp", "name": "FTP"},
	{"port": 111, "protocol": "tcp", "name": "portmapper"},
	{"port": 111, "protocol": "udp", "name": "portmapper"},
	{"port": 135, "protocol": "tcp", "name": "RPC"},
	{"port": 137, "protocol": "udp", "name": "NetBIOS"},
	{"port": 139, "protocol": "tcp", "name": "NetBIOS"},
	{"port": 161, "protocol": "udp", "name": "SNMP"},
	{"port": 389, "protocol": "tcp", "name": "LDAP"},
	{"port": 445, "protocol": "tcp", "name": "SMB"},
	{"port": 636, "protocol": "tcp", "name": "LDAP"},
	{"port": 873, "protocol": "tcp", "name": "rsync"},
	{"port": 1433, "protocol": "tcp", "name": "SQL Server"},
	{"port": 1434, "protocol": "tcp", "name": "SQL Server"},
	{"port": 1434, "protocol": "udp", "name": "SQL Server"},
	{"port": 1521, "protocol": "tcp", "name": "Oracle"},
	{"port": 2049, "protocol": "tcp", "name": "NFS"},
	{"port": 2181, "protocol": "tcp", "name": "ZooKeeper"},
	{"port": 2375, "protocol": "tcp", "name": "Docker"},
	{"port": 2376, "protocol": "tcp", "name": "Docker"},
	{"port": 2379, "protocol": "tcp", "name": "etcd"},
	{"port": 2380, "protocol": "tcp", "name": "etcd"},
	{"port": 2382, "protocol": "tcp", "name": "SQL Server Analysis Services"},
	{"port": 2383, "protocol": "tcp", "name": "SQL Server Analysis Services"},
	{"port": 2484, "protocol": "tcp", "name": "Oracle"},
	{"port": 3306, "protocol": "tcp", "name": "MySQL"},
	{"port": 4505, "protocol": "tcp", "name": "Salt"},
	{"port": 4506, "protocol": "tcp", "name": "Salt"},
	{"port": 5432, "protocol": "tcp", "name": "PostgreSQL"},
	{"port": 5601, "protocol": "tcp", "name": "Kibana"},
	{"port": 5672, "protocol": "tcp", "name": "RabbitMQ"},
	{"port": 6379, "protocol": "tcp", "name": "Redis"},
	{"port": 6443, "protocol": "tcp", "name": "Kubernetes"},
	{"port": 7000, "protocol": "tcp", "name": "Cassandra"},
	{"port": 7001, "protocol": "tcp", "name": "Cassandra"},
	{"port": 7199, "protocol": "tcp", "name": "Cassandra"},
	{"port": 8020, "protocol": "tcp", "name": "HDFS"},
	{"port": 9042, "protocol": "tcp", "name": "Cassandra"},
	{"port": 9092, "protocol": "tcp", "name": "Kafka"},
	{"port": 9142, "protocol": "tcp", "name": "Cassandra"},
	{"port": 9160, "protocol": "tcp", "name": "Cassandra"},
	{"port": 9200, "protocol": "tcp", "name": "Elasticsearch"},
	{"port": 9300, "protocol": "tcp", "name": "Elasticsearch"},
	{"port": 9870, "protocol": "tcp", "name": "HDFS"},
	{"port": 10250, "protocol": "tcp", "name": "kubelet"},
	{"port": 11211, "protocol": "tcp", "name": "Memcached"},
	{"port": 11211, "protocol": "udp", "name": "Memcached"},
	{"port": 15672, "protocol": "tcp", "name": "RabbitMQ"},
	{"port": 27017, "protocol": "tcp", "name": "MongoDB"},
	{"port": 27018, "protocol": "tcp", "name": "MongoDB"},
	{"port": 27019, "protocol": "tcp", "name": "MongoDB"},
	{"port": 50070, "protocol": "tcp", "name": "HDFS"},
]

# METADATA
# scope: document
# description: >-
#   Ports that a subnet's ACL has to close. Ports above 1023 are left to the security groups, RDP apart: an ACL keeps no
#   state and must let answers in on them.
acl_services := [
	{"port": 22, "protocol": "tcp", "name": "SSH"},
	{"port": 23, "protocol": "tcp", "name": "Telnet"},
	{"port": 135, "protocol": "tcp", "name": "RPC"},
	{"port": 139, "protocol": "tcp", "name": "NetBIOS"},
	{"port": 445, "protocol": "tcp", "name": "SMB"},
	{"port": 3389, "protocol": "tcp", "name": "RDP"},
]

# METADATA
# scope: document
# description: >-
#   True of a range that stands for the internet: IPv4 shorter than /8, IPv6 of public addresses (2000::/3) of /16 or
#   shorter. So are halves ("0.0.0.0/1" and "128.0.0.0/1"), which no single network has. Each range is judged alone.
#   Private ranges, groups and prefix lists are not: a collector writes out a prefix list, or leaves it unknown.
is_internet(cidr) if {
	_is_ipv4(cidr)
	prefix_length(cidr) < 8
}

is_internet(cidr) if {
	_is_ipv6(cidr)
	prefix_length(cidr) <= 16
	_has_public_ipv6(cidr)
}

# METADATA
# scope: document
# description: >-
#   True of a source that stands for anyone: the internet, or all of a cloud's addresses, of which anyone rents one.
is_anyone(source) if is_internet(source)

is_anyone(source) if is_everyones_cloud(source)

# METADATA
# scope: document
# description: >-
#   True of Azure's service tag AzureCloud, also of one region: the public addresses of every Azure customer's machines.
is_everyones_cloud(source) if {
	is_string(source)
	lower(source) == "prefix-list:azurecloud"
}

is_everyones_cloud(source) if {
	is_string(source)
	startswith(lower(source), "prefix-list:azurecloud.")
}

# METADATA
# scope: document
# description: >-
#   True of a range of public addresses that is wider than one organisation's: IPv4 shorter than /16, IPv6 shorter
#   than /32.
is_wide(cidr) if {
	_is_ipv4(cidr)
	prefix_length(cidr) < 16
	not is_private(cidr)
}

is_wide(cidr) if {
	_is_ipv6(cidr)
	prefix_length(cidr) < 32
	_has_public_ipv6(cidr)
}

# METADATA
# scope: document
# description: True of an IPv4 range that lies within the private (RFC 1918) or shared (RFC 6598) addresses.
is_private(cidr) if {
	some private in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]
	net.cidr_contains(private, cidr)
}

# METADATA
# scope: document
# description: The number after the slash of a range.
prefix_length(cidr) := to_number(split(cidr, "/")[1])

_is_ipv4(cidr) if {
	is_string(cidr)
	net.cidr_is_valid(cidr)
	not contains(cidr, ":")
}

_is_ipv6(cidr) if {
	is_string(cidr)
	net.cidr_is_valid(cidr)
	contains(cidr, ":")
}

# All public IPv6 addresses lie in 2000::/3: the range is a part of it, or holds it.
_has_public_ipv6(cidr) if net.cidr_contains("2000::/3", cidr)

_has_public_ipv6(cidr) if net.cidr_contains(cidr, "2000::/3")

# METADATA
# scope: document
# description: True of a rule that lets traffic in.
admits(rule) if {
	rule.direction == "ingress"
	rule.action == "allow"
}

# METADATA
# scope: document
# description: >-
#   True of an IP protocol that goes by its number, such as GRE ("47"). Its rules name no ports: those of EC2 let in
#   all of them, whatever they name (AuthorizeSecurityGroupIngress), and elsewhere it takes no port.
is_numbered(protocol) if {
	is_string(protocol)
	regex.match(`^[0-9]+$`, protocol)
}

# METADATA
# scope: document
# description: A protocol as findings show it.
protocol_name(protocol) := sprintf("IP %s", [protocol]) if is_numbered(protocol)

protocol_name(protocol) := protocol if {
	is_string(protocol)
	not is_numbered(protocol)
}

# Encapsulating Security Payload and Authentication Header.
_of_ipsec := {"50", "51"}

# METADATA
# scope: document
# description: >-
#   True of a rule over every port that has a use (1 to 65535, or from 0), or of a protocol that goes by its number.
#   IPsec's are none such: both ends authenticate.
opens_every_port(rule) if {
	rule.protocol in {"tcp", "udp", "any"}
	first_port(rule) <= 1
	last_port(rule) == 65535
}

opens_every_port(rule) if {
	is_string(rule.protocol)
	is_numbered(rule.protocol)
	not rule.protocol in _of_ipsec
}

# METADATA
# scope: document
# description: >-
#   The first port of a rule of TCP, UDP or any protocol; 0 where the rule names none. Undefined where it is not known.
first_port(rule) := rule.from_port if {
	is_number(rule.from_port)
	is_string(rule.protocol)
	not is_numbered(rule.protocol)
}

first_port(rule) := 0 if is_numbered(rule.protocol)

first_port(rule) := 0 if {
	rule.from_port == null
	rule.protocol in {"tcp", "udp", "any"}
}

# METADATA
# scope: document
# description: The last port, in the same way; 65535 where the rule names none.
last_port(rule) := rule.to_port if {
	is_number(rule.to_port)
	is_string(rule.protocol)
	not is_numbered(rule.protocol)
}

last_port(rule) := 65535 if is_numbered(rule.protocol)

last_port(rule) := 65535 if {
	rule.to_port == null
	rule.protocol in {"tcp", "udp", "any"}
}

# METADATA
# scope: document
# description: >-
#   True where another of the rules refuses all of these ports to the whole source before the rule allows them. One that
#   refuses only towards some destinations does not count, unless they are the rule's own.
is_refused(rules, rule, traffic) if {
	some other in rules
	other.direction == "ingress"
	other.action == "deny"
	other.priority <= rule.priority
	other.protocol in {traffic.protocol, "any"}
	first_port(other) <= traffic.from_port
	last_port(other) >= traffic.to_port
	_refuses(other.sources, traffic.source)
	_reaches_destinations(other, rule)
}

_refuses(refused, source) if {
	net.cidr_is_valid(source)
	some range in refused
	net.cidr_is_valid(range)
	net.cidr_contains(range, source)
}

# A list of addresses is refused by its name, and with all addresses.
_refuses(refused, source) if {
	is_string(source)
	source in refused
}

_refuses(refused, _) if {
	"0.0.0.0/0" in refused
	"::/0" in refused
}

_reaches_destinations(other, _) if count(other.destinations) == 0

_reaches_destinations(other, _) if {
	"0.0.0.0/0" in other.destinations
	"::/0" in other.destinations
}

_reaches_destinations(other, rule) if other.destinations == rule.destinations

# METADATA
# scope: document
# description: >-
#   Those of the services that the source reaches by a rule that allows, as one text: "22/tcp (SSH), 3389/tcp (RDP)".
#   After five of them only the number of the others follows. Empty where it reaches none.
reached(rules, rule, source, services) := _shortened([label |
	some service in services
	_concerns(rule, service)
	not is_refused(rules, rule, {
		"source": source,
		"protocol": service.protocol,
		"from_port": service.port,
		"to_port": service.port,
	})
	label := sprintf("%d/%s (%s)", [service.port, service.protocol, service.name])
])

_concerns(rule, service) if {
	rule.protocol in {service.protocol, "any"}
	first_port(rule) <= service.port
	last_port(rule) >= service.port
}

_shown := 5

_shortened(labels) := concat(", ", labels) if count(labels) <= _shown

_shortened(labels) := sprintf("%s … (+%d)", [
	concat(", ", array.slice(labels, 0, _shown)),
	count(labels) - _shown,
]) if {
	count(labels) > _shown
}
