"""Fetch passwords from where they are kept, when they are needed; none ever stands in the configuration.

Standards: systemd's credentials (`$CREDENTIALS_DIRECTORY`, systemd.exec(5)).
"""

import os
from pathlib import Path

from responder.domain.errors import ConfigError


def read_secret(place: str, *, file: Path | None, env: str | None, credential: str | None) -> str:
    """Read one secret; `place` names the setting in errors.

    Raises:
        ConfigError: the secret is not where the configuration says.
    """
    if credential is not None:
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        if not folder:
            raise ConfigError(
                [f"{place}_credential: systemd hands over no credentials here; add LoadCredential={credential}:… to the unit"]
            )
        file = Path(folder) / credential
    if env is not None:
        secret = os.environ.get(env, "")
        if not secret:
            raise ConfigError([f"{place}_env: the environment variable {env} is empty or not set; set it before the start"])
        return secret
    assert file is not None
    try:
        secret = file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            [f"{place}_file: {file} cannot be read ({type(error).__name__}); make it readable for the user who runs the bot"]
        ) from None
    if not secret:
        raise ConfigError([f"{place}_file: {file} is empty; write the password into it, on one line"])
    return secret
