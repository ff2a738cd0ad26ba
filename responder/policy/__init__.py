"""Decide what becomes of a mail: facts, the playbook's rules, and the limits on answering without a person."""
