locals {
  name = "mall"

  tags = {
    system = var.system
    level  = tostring(var.level)
    owner  = "e-commerce-team"
  }

  # A threshold that rises with the level.
  backup_days = var.level >= 3 ? 30 : 7

  subnets = {
    a = cidrsubnet(aws_vpc.mall.cidr_block, 8, 1)
    b = cidrsubnet(aws_vpc.mall.cidr_block, 8, 2)
  }

  buckets = {
    orders = { versioning = "Enabled", own_key = true }
    # bad: no key of the company's, versions no longer kept
    exports = { versioning = "Suspended", own_key = false }
  }
}
