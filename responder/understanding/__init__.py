"""Understand a mail: its language, what it asks for and how sure that is, and the details it states."""
