"""The process that reads foreign mail: it may be killed at any time, reaches no network, opens no file, and knows no secret."""
