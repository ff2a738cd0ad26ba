"""Where order actions are done: by a person, by an interface of the shop, in Shopify, in WooCommerce."""
