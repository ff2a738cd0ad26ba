"""The ports' real sides: servers, files, databases; each carries its port's file name."""
