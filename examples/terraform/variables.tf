variable "system" {
  description = "The name of the system that the resources belong to"
  type        = string
  default     = "internet-mall"
}

variable "level" {
  description = "The MLPS level of the system"
  type        = number
  default     = 3

  validation {
    condition     = var.level >= 1 && var.level <= 4
    error_message = "Levels are 1 to 4."
  }
}

variable "aws_region" {
  type    = string
  default = "cn-north-1"
}

variable "azure_location" {
  type    = string
  default = "chinanorth3"
}

variable "aliyun_region" {
  type    = string
  default = "cn-hangzhou"
}

variable "azure_subscription_id" {
  type    = string
  default = "00000000-0000-0000-0000-000000000000"
}

variable "office_ranges" {
  description = "From where the company administers"
  type        = list(string)
  default     = ["198.51.100.0/24"]
}

# The value is in terraform.tfvars: whoever reads only the default sees a safe range.
variable "maintenance_ranges" {
  description = "From where the maintenance contractor administers"
  type        = list(string)
  default     = ["203.0.113.0/24"]
}

# No default and no value in terraform.tfvars: unknown until someone applies.
variable "partner_range" {
  description = "The address range of the settlement partner"
  type        = string
}

variable "database_password" {
  type      = string
  sensitive = true
}

variable "volumes" {
  description = "The data volumes of the web servers"
  type = map(object({
    size      = number
    encrypted = bool
  }))
  default = {
    orders = { size = 200, encrypted = true }
    # bad: in the clear
    uploads = { size = 100, encrypted = false }
  }
}
