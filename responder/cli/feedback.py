"""`responder feedback`: what people corrected, for training."""

from pathlib import Path

import click

from responder.cli.options import config_option


@click.group()
def feedback() -> None:
    """Take what people corrected for training."""


@feedback.command()
@click.option("--all", "everything", is_flag=True, help="Also what was taken before.")
@config_option
def export(config: Path, everything: bool) -> None:
    """Write the corrected mails as JSON lines, and note that they were taken: responder feedback export > corrected.jsonl."""
    import json

    from responder.adapters.store.case_files import SqlCaseFiles
    from responder.bootstrap import install
    from responder.config.load import load_settings
    from responder.workflow.feedback import examples

    installation = install(load_settings(config))
    files = SqlCaseFiles(installation.engine)
    waiting = files.corrections(taken=everything)
    rules = {name: profile.reading for name, profile in installation.profiles.items()}
    rows = list(examples(waiting, installation.reader, rules))
    installation.reader.close()
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))
    files.take([each.id for each in waiting], installation.clock.now())
    click.echo(f"{len(rows)} mails. Next: responder train --data FILE --into models/mine" if rows else "Nothing was corrected.", err=True)
