"""The command line: words for people, one file a command."""
