output "shop" {
  value = aws_lb.mall.dns_name
}

output "buckets" {
  value = { for name, bucket in module.bucket : name => bucket.arn }
}
