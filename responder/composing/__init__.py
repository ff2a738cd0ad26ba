"""Write replies: templates in the customer's language, filled with plain values."""
