variable "name" {
  type = string
}

variable "private" {
  description = "Is every way to publish objects blocked?"
  type        = bool
  default     = true
}

variable "own_key" {
  description = "Is the bucket encrypted with the company's own key?"
  type        = bool
  default     = true
}

variable "key_arn" {
  description = "That key"
  type        = string
  default     = null
}

variable "versioning" {
  type    = string
  default = "Enabled"
}
