terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.20"
    }
    alicloud = {
      source  = "aliyun/alicloud"
      version = "~> 1.240"
    }
  }
}

provider "aws" {
  region = var.aws_region

  default_tags {
    tags = local.tags
  }
}

# bad: a copy of the reports is kept outside mainland China
provider "aws" {
  alias  = "abroad"
  region = "ap-southeast-1"
}

provider "azurerm" {
  environment     = "china"
  subscription_id = var.azure_subscription_id
  features {}
}

provider "alicloud" {
  region = var.aliyun_region
}
