"""AWS CloudFormation templates: read, evaluated, and put as the resources that mappers know."""
