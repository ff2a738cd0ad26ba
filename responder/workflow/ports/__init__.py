"""What the use cases need from outside, a file a port; adapters and fakes carry the same file names."""
