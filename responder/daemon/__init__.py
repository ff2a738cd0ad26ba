"""Run the use cases on a schedule until told to stop."""
