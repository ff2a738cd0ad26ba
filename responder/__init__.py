"""A bot that answers a shop's customer-service inbox, and asks a person where it is not sure."""

__version__ = "0.1.0"
