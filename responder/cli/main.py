"""The command `responder` and its parts; a part is imported when it is called."""

from importlib import import_module

import click

from responder import __version__
from responder.domain.errors import ConfigError, ResponderError

# name -> module, and the line that `responder --help` shows
_COMMANDS = {
    "run": ("run", "Answer mail until told to stop (--once: look once and end)."),
    "init": ("init", "Write a commented config.toml and the templates into a folder."),
    "check": ("check", "Try configuration, mail servers, templates, model and orders."),
    "review": ("review", "Look at drafts; approve, rewrite or refuse them."),
    "web": ("web", "Serve the review pages alone."),
    "people": ("web", "Say who may sign in to the review pages."),
    "feedback": ("feedback", "Take what people corrected for training."),
    "audit": ("web", "Check and export the log of what people did."),
    "stop": ("control", "Let nothing leave any more, within a second."),
    "resume": ("control", "Let replies leave again."),
    "balance": ("balance", "Show for each day that every mail that arrived has ended in one state."),
    "backup": ("backup", "Copy the database and the key into one file, also while the bot runs."),
    "restore": ("backup", "Put a backup in place."),
    "release": ("control", "Let replies leave by themselves again after a restore."),
    "suppressed": ("control", "Show the addresses that mail servers refuse."),
    "report": ("report", "Show what became of each mail."),
    "explain": ("explain", "Show what would become of mails from files; sends nothing."),
    "train": ("train", "Train the classifier, also with your own mails."),
    "evaluate": ("evaluate", "Measure the classifier on labelled mails."),
    "playbook": ("playbook", "Show the rules, check them against all that can happen, try them."),
    "templates": ("templates", "Write all replies in all languages as a page to look at."),
    "model": ("model", "Show the models and what each may answer alone; choose one."),
    "demo": ("demo", "Show the bot at work on sample mails; needs no account."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"responder.cli.{_COMMANDS[cmd_name][0]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            ctx.exit(1)
        except ResponderError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, message="responder %(version)s")
def cli() -> None:
    """Answer a shop's customer mail: never twice, never lost, never a promise that did not happen."""
