"""The pages on which people review: a queue, a case on one page, and what follows from a decision."""
