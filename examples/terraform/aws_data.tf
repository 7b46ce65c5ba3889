resource "aws_kms_key" "data" {
  description             = "business data of ${var.system}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

# bad: never rotates
resource "aws_kms_key" "legacy" {
  description             = "what was there before"
  deletion_window_in_days = 7
}

module "bucket" {
  source   = "./modules/bucket"
  for_each = local.buckets

  name       = "example-${local.name}-${each.key}"
  versioning = each.value.versioning
  own_key    = each.value.own_key
  key_arn    = aws_kms_key.data.arn
}

# bad: readable by anyone through the ACL beside it; nothing blocks, encrypts or versions
resource "aws_s3_bucket" "banners" {
  bucket = "example-${local.name}-banners"
}

resource "aws_s3_bucket_ownership_controls" "banners" {
  bucket = aws_s3_bucket.banners.id

  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_acl" "banners" {
  depends_on = [aws_s3_bucket_ownership_controls.banners]

  bucket = aws_s3_bucket.banners.id
  acl    = "public-read"
}

# bad: outside mainland China
resource "aws_s3_bucket" "reports_abroad" {
  provider = aws.abroad
  bucket   = "example-${local.name}-reports-sg"
}

resource "aws_cloudtrail" "audit" {
  name                          = "${local.name}-audit"
  s3_bucket_name                = module.bucket["orders"].id
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  kms_key_id                    = aws_kms_key.data.arn
}

resource "aws_db_subnet_group" "mall" {
  name       = local.name
  subnet_ids = values(aws_subnet.mall)[*].id
}

resource "aws_db_instance" "orders" {
  identifier                      = "${local.name}-orders"
  engine                          = "mysql"
  engine_version                  = "8.0"
  instance_class                  = "db.r6g.large"
  allocated_storage               = 200
  username                        = "orders"
  password                        = var.database_password
  db_subnet_group_name            = aws_db_subnet_group.mall.name
  vpc_security_group_ids          = [aws_security_group.database.id]
  multi_az                        = true
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.data.arn
  backup_retention_period         = local.backup_days
  deletion_protection             = true
  auto_minor_version_upgrade      = true
  publicly_accessible             = false
  enabled_cloudwatch_logs_exports = ["audit", "error"]
}

# bad: public, in the clear, no backups, one zone, nothing recorded
resource "aws_db_instance" "report" {
  identifier              = "${local.name}-report"
  engine                  = "postgres"
  engine_version          = "11.22"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  username                = "report"
  password                = var.database_password
  db_subnet_group_name    = aws_db_subnet_group.mall.name
  vpc_security_group_ids  = [aws_security_group.test.id]
  publicly_accessible     = true
  backup_retention_period = 0
  skip_final_snapshot     = true
}
