"""Read the configuration: TOML into frozen settings, with every mistake named at once."""
