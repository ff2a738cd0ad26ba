"""The use cases, over ports: receive, deliver, review."""
