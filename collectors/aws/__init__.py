"""The AWS collectors, for the partitions aws and aws-cn."""
