"""The trained model: where it lies, whether it fits the data, and how it is trained.

`models/kuntaopas.json` beside the model notes what it was trained from.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Optional

from assistant.errors import KuntaopasError
from assistant.settings import PROJECT_ROOT, Settings

logger = logging.getLogger(__name__)

NAME = "kuntaopas"
#: What a model is made of: a change in any of these makes it stale.
INPUTS = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    # Not what is there for translators.
    "data/languages/languages.yml",
    "data/languages/*.txt",
    "data/gazetteers/romanisation.yml",
    "data/rules",
    "data/stories",
    "assistant/nlu",
    "assistant/embedding",
    "assistant/dialogue/emergency_policy.py",
)


class ModelError(KuntaopasError):
    """There is no usable model."""


@dataclass(frozen=True)
class ModelState:
    """Whether the model can be used as it is."""

    path: Path
    reason: Optional[str]

    @property
    def fresh(self) -> bool:
        """True when nothing has to be trained."""
        return self.reason is None


def _input_files(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        if "*" in name:
            yield from sorted(root.glob(name))
        elif path.is_file():
            yield path
        else:
            yield from sorted(
                file for file in path.rglob("*") if file.suffix in (".yml", ".yaml", ".py", ".txt")
            )


def fingerprint(root: Path = PROJECT_ROOT) -> str:
    """A hash of everything a model is trained from."""
    digest = hashlib.sha256()
    for path in _input_files(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _versions() -> dict[str, str]:
    return {"rasa": version("rasa"), "kuntaopas": version("kuntaopas")}


def state(settings: Settings) -> ModelState:
    """Whether a model is there, of this version, and trained from the present data."""
    path = settings.models / f"{NAME}.tar.gz"
    note = settings.models / f"{NAME}.json"
    if not path.exists():
        return ModelState(path, "there is no trained model")
    try:
        trained = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        trained = None
    if not isinstance(trained, dict):
        return ModelState(path, "it is not known what the model was trained from")
    if trained.get("versions") != _versions() or trained.get("encoder") != settings.encoder:
        return ModelState(path, "the model was trained by another version")
    if trained.get("fingerprint") != fingerprint():
        return ModelState(path, "the training data has changed")
    return ModelState(path, None)


def usable(settings: Settings) -> Path:
    """The model to load; a stale one is used, with a line in the log.

    Raises:
        ModelError: if there is none, or another version trained it.
    """
    found = state(settings)
    if found.reason and ("no trained" in found.reason or "version" in found.reason):
        raise ModelError(f"{found.reason}: run `kuntaopas train`")
    if found.reason:
        logger.warning("%s: run `kuntaopas train`", found.reason)
    return found.path


def train(settings: Settings, force: bool = False) -> Path:
    """Train into `settings.models`, if that is needed.

    Raises:
        ModelError: if Rasa made no model.
    """
    found = state(settings)
    if found.fresh and not force:
        return found.path
    from assistant.environment import prepare, quiet_rasa

    prepare()
    import os

    # Rasa's cache of component outputs costs more here than the vector cache leaves to save.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    from rasa.model_training import train as rasa_train

    quiet_rasa()
    settings.models.mkdir(parents=True, exist_ok=True)
    result: Any = rasa_train(
        domain=str(PROJECT_ROOT / "domain.yml"),
        config=str(PROJECT_ROOT / "config.yml"),
        training_files=[str(PROJECT_ROOT / "data" / part) for part in ("nlu", "rules", "stories")],
        output=str(settings.models),
        force_training=True,
        fixed_model_name=NAME,
    )
    if result.code != 0 or not result.model or not found.path.exists():
        raise ModelError("training failed: see the lines above, then `rasa data validate`")
    note = {
        "fingerprint": fingerprint(),
        "versions": _versions(),
        "encoder": settings.encoder,
    }
    (settings.models / f"{NAME}.json").write_text(json.dumps(note, indent=2), encoding="utf-8")
    return found.path
