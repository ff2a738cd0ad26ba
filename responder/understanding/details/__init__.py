"""What a mail states besides its request: order and tracking numbers, an address, a reason, photos."""
