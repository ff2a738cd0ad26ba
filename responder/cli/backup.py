"""`responder backup` and `responder restore`: copy the books, and put a copy back."""

from pathlib import Path

import click

from responder.cli.options import config_option


@click.command()
@config_option
@click.argument("into", type=click.Path(path_type=Path))
def backup(config: Path, into: Path) -> None:
    """Write the database and the key into one file, also while the bot runs. A folder gets a file named by the moment."""
    from responder.adapters.backup import back_up
    from responder.bootstrap import install
    from responder.config.load import load_settings

    installation = install(load_settings(config))
    target = into / f"responder-{installation.clock.now():%Y%m%d-%H%M%S}.tar.gz" if into.is_dir() else into
    size = back_up(installation.settings.database.path, installation.beside_database(".key"), target)
    click.echo(f"{target}: {size / 1e6:.1f} MB. It holds customers' mail and the key: keep it where only you can read it.")


@click.command()
@config_option
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(config: Path, archive: Path) -> None:
    """Put the database and the key of a backup in place; what was there is kept beside it.

    The bot must not run. At its next start it sees whether replies have left since the backup was made; then nothing leaves without
    a person until `responder release`.
    """
    from responder.adapters.backup import restore as put_back
    from responder.adapters.lock import only_one
    from responder.bootstrap import install
    from responder.config.load import load_settings

    installation = install(load_settings(config))
    with only_one(installation.beside_database(".lock")) as mine:
        if not mine:
            raise click.ClickException("`responder run` uses this database; stop it first")
        aside = put_back(archive, installation.settings.database.path, installation.beside_database(".key"))
    click.echo(f"{archive} is in place.")
    for path in aside:
        click.echo(f"What was there before: {path}")
