resource "alicloud_vpc" "mall" {
  vpc_name   = "vpc-${local.name}"
  cidr_block = "172.16.0.0/16"
  tags       = local.tags
}

resource "alicloud_vswitch" "app" {
  vswitch_name = "vsw-${local.name}-app"
  vpc_id       = alicloud_vpc.mall.id
  cidr_block   = "172.16.1.0/24"
  zone_id      = "${var.aliyun_region}-h"
  tags         = local.tags
}

resource "alicloud_security_group" "app" {
  security_group_name = "${local.name}-app"
  vpc_id              = alicloud_vpc.mall.id
  inner_access_policy = "Drop"
  tags                = local.tags
}

resource "alicloud_security_group_rule" "https" {
  security_group_id = alicloud_security_group.app.id
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "443/443"
  priority          = 1
  policy            = "accept"
  cidr_ip           = "0.0.0.0/0"
}

# One rule a range, all of them named.
resource "alicloud_security_group_rule" "office" {
  for_each = toset(var.office_ranges)

  security_group_id = alicloud_security_group.app.id
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "22/22"
  priority          = 1
  policy            = "accept"
  cidr_ip           = each.value
}

# bad: every port of every protocol from everywhere
resource "alicloud_security_group_rule" "everything" {
  security_group_id = alicloud_security_group.app.id
  type              = "ingress"
  ip_protocol       = "all"
  port_range        = "-1/-1"
  priority          = 100
  policy            = "accept"
  cidr_ip           = "0.0.0.0/0"
}

resource "alicloud_kms_key" "data" {
  description            = "business data of ${var.system}"
  key_usage              = "ENCRYPT/DECRYPT"
  automatic_rotation     = "Enabled"
  rotation_interval      = "365d"
  pending_window_in_days = 30
  tags                   = local.tags
}

resource "alicloud_ecs_disk" "orders" {
  disk_name   = "${local.name}-orders"
  zone_id     = "${var.aliyun_region}-h"
  category    = "cloud_essd"
  size        = 200
  encrypted   = true
  kms_key_id  = alicloud_kms_key.data.id
  tags        = local.tags
  description = "orders"
}

# bad: in the clear
resource "alicloud_ecs_disk" "pictures" {
  disk_name = "${local.name}-pictures"
  zone_id   = "${var.aliyun_region}-h"
  category  = "cloud_efficiency"
  size      = 500
  encrypted = false
}

resource "alicloud_oss_bucket" "invoices" {
  bucket          = "example-${local.name}-invoices"
  redundancy_type = "ZRS"
  tags            = local.tags

  versioning {
    status = "Enabled"
  }

  server_side_encryption_rule {
    sse_algorithm     = "KMS"
    kms_master_key_id = alicloud_kms_key.data.id
  }

  logging {
    target_bucket = "example-${local.name}-oss-logs"
    target_prefix = "invoices/"
  }
}

resource "alicloud_oss_bucket_acl" "invoices" {
  bucket = alicloud_oss_bucket.invoices.bucket
  acl    = "private"
}

resource "alicloud_oss_bucket_public_access_block" "invoices" {
  bucket              = alicloud_oss_bucket.invoices.bucket
  block_public_access = true
}

# bad: the bucket says nothing, the ACL beside it lets everyone read and write
resource "alicloud_oss_bucket" "pictures" {
  bucket = "example-${local.name}-pictures"
}

resource "alicloud_oss_bucket_acl" "pictures" {
  bucket = alicloud_oss_bucket.pictures.bucket
  acl    = "public-read-write"
}

resource "alicloud_db_instance" "orders" {
  engine               = "MySQL"
  engine_version       = "8.0"
  instance_name        = "${local.name}-orders"
  instance_type        = "rds.mysql.c1.large"
  instance_storage     = 200
  vswitch_id           = alicloud_vswitch.app.id
  zone_id              = "${var.aliyun_region}-h"
  zone_id_slave_a      = "${var.aliyun_region}-i"
  security_ips         = ["172.16.1.0/24"]
  ssl_action           = "Open"
  tde_status           = "Enabled"
  sql_collector_status = "Enabled"
  deletion_protection  = true
  tags                 = local.tags
}

resource "alicloud_db_backup_policy" "orders" {
  instance_id                 = alicloud_db_instance.orders.id
  backup_retention_period     = local.backup_days
  enable_backup_log           = true
  log_backup_retention_period = 30
}

# bad: any address may connect, no TLS, no encryption, one zone, no backup policy
resource "alicloud_db_instance" "reviews" {
  engine           = "MySQL"
  engine_version   = "5.7"
  instance_name    = "${local.name}-reviews"
  instance_type    = "rds.mysql.s2.large"
  instance_storage = 50
  vswitch_id       = alicloud_vswitch.app.id
  security_ips     = ["0.0.0.0/0"]
  ssl_action       = "Close"
}
