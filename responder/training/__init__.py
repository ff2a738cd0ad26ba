"""Train the classifier from the corpus, and measure it."""
