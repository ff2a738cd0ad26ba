"""Keep trained models side by side in a folder, and remember which one is in use.

In:   a folder with a folder for each model, and `in-use`: a line for each model that was chosen, the last one holds.
Out:  the model in use, its files, and the names of all.
Limits: the shipped model is always there, under the name `shipped`; a folder that is a model itself holds just that.
"""

from dataclasses import dataclass
from pathlib import Path

from responder.adapters.files import shipped
from responder.domain.errors import ConfigError

SHIPPED = "shipped"
IN_USE = "in-use"


@dataclass(frozen=True, slots=True)
class ModelShelf:
    """The models of an installation; `folder` is `[model] folder` of the configuration, or None for the shipped model alone."""

    folder: Path | None

    def names(self) -> list[str]:
        """Name all models that can be used."""
        own = sorted(path.parent.name for path in self.folder.glob("*/card.json")) if self.folder else []
        return [SHIPPED, *own]

    def in_use(self) -> str:
        """Name the model that is in use."""
        return (self._chosen() or [SHIPPED])[-1]

    def path(self, name: str) -> Path:
        """Give the folder of a model.

        Raises:
            ConfigError: there is no such model.
        """
        if name == SHIPPED:
            return shipped() / "models" / "default"
        if self.folder is None or name not in self.names():
            raise ConfigError(
                [f"{self.folder or 'without [model] folder'}: there is no model '{name}'; there are {', '.join(self.names())}"]
            )
        return self.folder / name

    def current(self) -> Path:
        """Give the folder of the model in use.

        Raises:
            ConfigError: the model that was chosen is gone.
        """
        if self.folder and (self.folder / "card.json").exists():
            return self.folder
        return self.path(self.in_use())

    def use(self, name: str) -> None:
        """Choose a model, from the next start on.

        Raises:
            ConfigError: there is no such model, or the configuration names no folder to keep models in.
        """
        self.path(name)
        self._write([*self._chosen(), name])

    def rollback(self) -> str:
        """Go back to the model that was in use before; gives its name.

        Raises:
            ConfigError: no other was in use before.
        """
        chosen = self._chosen()
        if not chosen:
            raise ConfigError(["the shipped model is in use, and no other was chosen before"])
        self._write(chosen[:-1])
        return self.in_use()

    def _chosen(self) -> list[str]:
        file = self.folder / IN_USE if self.folder else None
        return file.read_text(encoding="utf-8").split() if file and file.exists() else []

    def _write(self, chosen: list[str]) -> None:
        if self.folder is None:
            raise ConfigError(['there is no folder to keep models in; set `folder = "models"` under [model] in the configuration'])
        if (self.folder / "card.json").exists():
            raise ConfigError([f"{self.folder} is a model itself; set [model] folder to the folder that holds it to choose between models"])
        file = self.folder / f"{IN_USE}.new"
        file.write_text("".join(f"{name}\n" for name in chosen), encoding="utf-8")
        file.replace(self.folder / IN_USE)
