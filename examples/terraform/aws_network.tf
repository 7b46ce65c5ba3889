data "aws_caller_identity" "current" {}

resource "aws_vpc" "mall" {
  cidr_block           = "10.30.0.0/16"
  enable_dns_hostnames = true
}

# bad: no flow log watches this one
resource "aws_vpc" "test" {
  cidr_block = "10.31.0.0/16"
}

resource "aws_subnet" "mall" {
  for_each = local.subnets

  vpc_id                  = aws_vpc.mall.id
  cidr_block              = each.value
  availability_zone       = "${var.aws_region}${each.key}"
  map_public_ip_on_launch = true
}

resource "aws_flow_log" "mall" {
  vpc_id               = aws_vpc.mall.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow.arn
  iam_role_arn         = "arn:aws-cn:iam::123456789012:role/flow-logs"
}

resource "aws_cloudwatch_log_group" "flow" {
  name              = "/network/${local.name}/flow"
  retention_in_days = 180
  kms_key_id        = aws_kms_key.data.arn
}

# Good by itself; rules are added to it from outside, three different ways.
resource "aws_security_group" "web" {
  name        = "${local.name}-web"
  description = "web servers"
  vpc_id      = aws_vpc.mall.id

  egress {
    description = "within the network"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.mall.cidr_block]
  }
}

resource "aws_security_group_rule" "web_https" {
  type              = "ingress"
  security_group_id = aws_security_group.web.id
  description       = "shoppers"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
  ipv6_cidr_blocks  = ["::/0"]
}

# bad through terraform.tfvars: SSH from everywhere
resource "aws_security_group_rule" "web_maintenance" {
  type              = "ingress"
  security_group_id = aws_security_group.web.id
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = var.maintenance_ranges
}

resource "aws_security_group" "database" {
  name   = "${local.name}-database"
  vpc_id = aws_vpc.mall.id
}

resource "aws_vpc_security_group_ingress_rule" "database_web" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.web.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

# bad: the database port open to the internet, over IPv6
resource "aws_vpc_security_group_ingress_rule" "database_anyone" {
  security_group_id = aws_security_group.database.id
  cidr_ipv6         = "::/0"
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
}

# unknown until apply: nobody knows the partner's range yet
resource "aws_vpc_security_group_ingress_rule" "database_partner" {
  security_group_id = aws_security_group.database.id
  cidr_ipv4         = var.partner_range
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
}

# bad: rules written inline, every protocol from everywhere
resource "aws_security_group" "test" {
  name   = "${local.name}-test"
  vpc_id = aws_vpc.test.id

  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "mall" {
  name                       = local.name
  internal                   = false
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.web.id]
  subnets                    = [for subnet in aws_subnet.mall : subnet.id]
  enable_deletion_protection = true

  access_logs {
    bucket  = module.bucket["orders"].id
    prefix  = "balancer"
    enabled = true
  }
}

resource "aws_lb_target_group" "mall" {
  name     = local.name
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.mall.id
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.mall.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/00000000-0000-0000-0000-000000000001"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mall.arn
  }
}

# bad: the same shop once more, in plain HTTP
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.mall.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mall.arn
  }
}
