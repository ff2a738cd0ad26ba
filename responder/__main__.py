"""Start the command line; everything heavy is imported by the command that needs it."""


def main() -> None:
    """Run the command that the arguments name."""
    from responder.cli.main import cli

    cli(prog_name="responder")


if __name__ == "__main__":
    main()
