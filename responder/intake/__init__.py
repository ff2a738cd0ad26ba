"""Read foreign mail: from the bytes that a server keeps to the mail that the program understands."""
