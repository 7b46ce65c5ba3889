# unknown until apply: which image this is
data "aws_ami" "hardened" {
  owners      = ["123456789012"]
  most_recent = true

  filter {
    name   = "name"
    values = ["bank-hardened-*"]
  }
}

resource "aws_instance" "web" {
  count = 2

  ami                     = data.aws_ami.hardened.id
  instance_type           = "c5.large"
  subnet_id               = aws_subnet.mall["a"].id
  vpc_security_group_ids  = [aws_security_group.web.id]
  key_name                = "mall-operations"
  monitoring              = true
  disable_api_termination = true

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.data.arn
  }

  tags = { Name = "${local.name}-web-${count.index + 1}" }
}

# bad: public address, metadata without a token, disk in the clear, a password in the start script
resource "aws_instance" "report" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "m5.large"
  subnet_id                   = aws_subnet.mall["b"].id
  vpc_security_group_ids      = [aws_security_group.test.id]
  associate_public_ip_address = true

  user_data = <<-SCRIPT
    #!/bin/sh
    export DB_PASSWORD=Example-Only-2019!
    /opt/report/start
  SCRIPT
}

resource "aws_ebs_volume" "data" {
  for_each = var.volumes

  availability_zone = "${var.aws_region}a"
  size              = each.value.size
  encrypted         = each.value.encrypted
  kms_key_id        = each.value.encrypted ? aws_kms_key.data.arn : null

  tags = { Name = "${local.name}-${each.key}" }
}
