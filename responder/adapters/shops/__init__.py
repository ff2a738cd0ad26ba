"""Shops on the web that both tell of orders and act on them: how each is spoken to."""
