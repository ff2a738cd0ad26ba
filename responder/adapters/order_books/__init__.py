"""Where the shop's orders are looked up: a CSV file, a database, an interface of the shop, Shopify, WooCommerce."""
