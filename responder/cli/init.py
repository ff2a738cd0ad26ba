"""`responder init`: write a commented config.toml and the templates into a folder."""

import shutil
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Write config.toml and the templates into FOLDER, ready to be edited; nothing that exists is overwritten."""
    from responder.adapters.files import shipped

    source = shipped()
    config, templates = folder / "config.toml", folder / "templates"
    there = [path for path in (config, templates) if path.exists()]
    if there:
        names = " and ".join(str(path) for path in there)
        raise click.ClickException(f"{names} exists already, and nothing was written; name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = (source / "config.example.toml").read_text(encoding="utf-8")
        config.write_text(text.replace('# folder = "templates"', 'folder = "templates"'), encoding="utf-8")
        config.chmod(0o600)
        shutil.copytree(source / "templates", templates)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: cannot be written ({error.strerror})") from error
    click.echo(f"Written: {config} and {templates}.")
    click.echo("Next:")
    click.echo(f"  1. edit {config}: the shop's name, your mailbox, where the passwords are kept, the order book")
    click.echo(f"  2. responder check --config {config}")
    click.echo(f'  3. set mode = "shadow" under [answers], then: responder run --config {config}')
