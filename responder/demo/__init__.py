"""A small shop to show the bot at work: mail servers, an order book and sample mails, all on this machine."""
