"""Load trained models into this process."""

from pathlib import Path
from typing import TYPE_CHECKING

from responder.adapters.files import ANSWERS_FOLDER, read_model_files

if TYPE_CHECKING:
    from responder.understanding.model import Classifier
    from responder.understanding.understand import Understander


def load_model(folder: Path) -> "Classifier":
    """Load a trained model.

    Raises:
        ConfigError: there is no whole model in the folder.
    """
    from responder.understanding.model import load_classifier

    files = read_model_files(folder)
    return load_classifier(files.arrays, files.card, str(folder))


def load_understander(folder: Path, max_wrong: float) -> "Understander":
    """Load a trained model and the one for answers, if it has one, at a stated risk.

    Raises:
        ConfigError: there is no whole model in the folder.
    """
    from responder.understanding.model import load_classifier
    from responder.understanding.understand import Understander

    files = read_model_files(folder)
    answers = load_classifier(files.answer_arrays, files.answer_card, f"{folder}/{ANSWERS_FOLDER}") if files.answer_card else None
    return Understander(load_model(folder), answers, max_wrong)
