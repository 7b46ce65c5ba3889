resource "azurerm_resource_group" "mall" {
  name     = "rg-${local.name}"
  location = var.azure_location
  tags     = local.tags
}

resource "azurerm_virtual_network" "mall" {
  name                = "vnet-${local.name}"
  resource_group_name = azurerm_resource_group.mall.name
  location            = azurerm_resource_group.mall.location
  address_space       = ["10.40.0.0/16"]
  tags                = local.tags
}

resource "azurerm_subnet" "app" {
  name                 = "app"
  resource_group_name  = azurerm_resource_group.mall.name
  virtual_network_name = azurerm_virtual_network.mall.name
  address_prefixes     = ["10.40.1.0/24"]
}

resource "azurerm_network_security_group" "app" {
  name                = "nsg-${local.name}-app"
  resource_group_name = azurerm_resource_group.mall.name
  location            = azurerm_resource_group.mall.location
  tags                = local.tags

  security_rule {
    name                       = "https"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

# bad: RDP and SSH from the service tag that means everywhere
resource "azurerm_network_security_rule" "administration" {
  name                        = "administration"
  resource_group_name         = azurerm_resource_group.mall.name
  network_security_group_name = azurerm_network_security_group.app.name
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_ranges     = ["22", "3389"]
  source_address_prefix       = "Internet"
  destination_address_prefix  = "*"
}

# Too late to help: rule 200 is asked first.
resource "azurerm_network_security_rule" "no_administration" {
  name                        = "no-administration"
  resource_group_name         = azurerm_resource_group.mall.name
  network_security_group_name = azurerm_network_security_group.app.name
  priority                    = 300
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  destination_port_range      = "22"
  source_address_prefix       = "*"
  destination_address_prefix  = "*"
}

resource "azurerm_subnet_network_security_group_association" "app" {
  subnet_id                 = azurerm_subnet.app.id
  network_security_group_id = azurerm_network_security_group.app.id
}

resource "azurerm_storage_account" "orders" {
  name                              = "examplemallorders"
  resource_group_name               = azurerm_resource_group.mall.name
  location                          = azurerm_resource_group.mall.location
  account_tier                      = "Standard"
  account_replication_type          = "ZRS"
  https_traffic_only_enabled        = true
  min_tls_version                   = "TLS1_2"
  public_network_access_enabled     = false
  allow_nested_items_to_be_public   = false
  shared_access_key_enabled         = false
  infrastructure_encryption_enabled = true
  tags                              = local.tags

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 30
    }
  }
}

# bad: plain HTTP, TLS 1.0, containers may be published, one copy in one place
resource "azurerm_storage_account" "legacy" {
  name                            = "examplemalllegacy"
  resource_group_name             = azurerm_resource_group.mall.name
  location                        = azurerm_resource_group.mall.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  https_traffic_only_enabled      = false
  min_tls_version                 = "TLS1_0"
  allow_nested_items_to_be_public = true
}

resource "azurerm_storage_container" "legacy" {
  name                  = "public"
  storage_account_id    = azurerm_storage_account.legacy.id
  container_access_type = "container"
}

resource "azurerm_managed_disk" "data" {
  name                          = "disk-${local.name}-data"
  resource_group_name           = azurerm_resource_group.mall.name
  location                      = azurerm_resource_group.mall.location
  storage_account_type          = "Premium_LRS"
  create_option                 = "Empty"
  disk_size_gb                  = 128
  network_access_policy         = "DenyAll"
  public_network_access_enabled = false
  tags                          = local.tags
}

resource "azurerm_mssql_server" "orders" {
  name                          = "sql-${local.name}-orders"
  resource_group_name           = azurerm_resource_group.mall.name
  location                      = azurerm_resource_group.mall.location
  version                       = "12.0"
  administrator_login           = "orders"
  administrator_login_password  = var.database_password
  minimum_tls_version           = "1.2"
  public_network_access_enabled = false
  tags                          = local.tags
}

resource "azurerm_postgresql_flexible_server" "members" {
  name                          = "psql-${local.name}-members"
  resource_group_name           = azurerm_resource_group.mall.name
  location                      = azurerm_resource_group.mall.location
  version                       = "16"
  sku_name                      = "GP_Standard_D4s_v3"
  administrator_login           = "members"
  administrator_password        = var.database_password
  backup_retention_days         = local.backup_days
  geo_redundant_backup_enabled  = false
  public_network_access_enabled = false
  tags                          = local.tags

  high_availability {
    mode = "ZoneRedundant"
  }
}

# bad: seven days of backups, one zone, no TLS, and any address may connect
resource "azurerm_mysql_flexible_server" "reviews" {
  name                   = "mysql-${local.name}-reviews"
  resource_group_name    = azurerm_resource_group.mall.name
  location               = azurerm_resource_group.mall.location
  version                = "8.0.21"
  sku_name               = "B_Standard_B1ms"
  administrator_login    = "reviews"
  administrator_password = var.database_password
  backup_retention_days  = 7
}

resource "azurerm_mysql_flexible_server_firewall_rule" "anyone" {
  name                = "anyone"
  resource_group_name = azurerm_resource_group.mall.name
  server_name         = azurerm_mysql_flexible_server.reviews.name
  start_ip_address    = "0.0.0.0"
  end_ip_address      = "255.255.255.255"
}

resource "azurerm_mysql_flexible_server_configuration" "plain" {
  name                = "require_secure_transport"
  resource_group_name = azurerm_resource_group.mall.name
  server_name         = azurerm_mysql_flexible_server.reviews.name
  value               = "OFF"
}
