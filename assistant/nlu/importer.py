"""Reads training data: Rasa's formats, and the language of a phrase from its folder.

`data/nlu/<language>/<topic>.yml` are ordinary Rasa files. Rasa's own importer parses each of them
many times with schema validation, which takes longer than the training itself; this one reads a
file once with libyaml and checks what matters here. Stories and rules are read by Rasa.
"""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import rasa.shared.utils.common
import rasa.shared.utils.io
import yaml
from rasa.shared.core.domain import Domain, InvalidDomain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.importers import utils
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.i18n.languages import LANGUAGES

logger = logging.getLogger(__name__)

NLU_FOLDER = "nlu"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TrainingPhrase(Message):
    """A training phrase whose fingerprint is cheap.

    Rasa hashes everything in a message, its vector included, each time a message is merged or a
    component ends. What components add to a phrase follows from its text, intent and language
    (their own settings are in Rasa's cache key apart), so a hash of those says as much.
    """

    _cached_fingerprint: Optional[str]

    def fingerprint(self) -> str:
        """A hash of the phrase, and of how far it has been processed."""
        if self._cached_fingerprint is None:
            known = [self.get(TEXT), self.get(INTENT), self.get(INTENT_RESPONSE_KEY)]
            known += [self.get("metadata"), sorted(self.data), len(self.features)]
            self._cached_fingerprint = hashlib.md5(repr(known).encode()).hexdigest()
        return self._cached_fingerprint


class LanguageFolderImporter(TrainingDataImporter):
    """Rasa's `importers` in config.yml names this class."""

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[List[str], str]] = None,
    ) -> None:
        self.config_file = config_file
        self._domain_path = domain_path
        given = training_data_paths or []
        paths = [Path(path) for path in ([given] if isinstance(given, str) else given)]
        files = [file for path in paths for file in _yaml_files(path)]
        self._nlu_files = tuple(file for file in files if NLU_FOLDER in file.parts)
        self._story_files = [str(file) for file in files if _holds_stories(file)]

    def get_config(self) -> Dict:
        """The configuration of the pipeline and the policies."""
        if not self.config_file:
            return {}
        return dict(rasa.shared.utils.io.read_model_configuration(self.config_file))

    @rasa.shared.utils.common.cached_method
    def get_config_file_for_auto_config(self) -> Optional[str]:
        """The configuration file."""
        return self.config_file

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """Stories and rules."""
        return utils.story_graph_from_paths(
            self._story_files, self.get_domain(), exclusion_percentage
        )

    def get_conversation_tests(self) -> StoryGraph:
        """No tests are kept among the training data."""
        return utils.story_graph_from_paths([], self.get_domain())

    @rasa.shared.utils.common.cached_method
    def get_domain(self) -> Domain:
        """The domain; an empty one, with a line in the log, when it cannot be read."""
        try:
            return Domain.load(self._domain_path) if self._domain_path else Domain.empty()
        except InvalidDomain as error:
            rasa.shared.utils.io.raise_warning(
                f"Loading the domain failed: {error}. An empty domain is used."
            )
            return Domain.empty()

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """All training phrases, each with the language of its folder."""
        examples = [
            TrainingPhrase.build(text, intent, intent_metadata={"language": code})
            for file in self._nlu_files
            for text, intent, code in read_phrases(file)
        ]
        return TrainingData(examples)


def _yaml_files(path: Path) -> List[Path]:
    if path.is_file():
        return [path] if path.suffix in (".yml", ".yaml") else []
    return sorted(file for file in path.rglob("*") if file.suffix in (".yml", ".yaml"))


def _holds_stories(file: Path) -> bool:
    return file.parent.name in ("rules", "stories")


@cache
def _read(file: Path, modified: int) -> tuple[tuple[str, str, str], ...]:
    code = file.parent.name
    if code not in LANGUAGES:
        raise InvalidConfigException(
            f"{file}: the folder is not a served language ({', '.join(LANGUAGES)})"
        )
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), _Loader)
        phrases = [
            (line.strip()[2:].strip(), str(block["intent"]), code)
            for block in content["nlu"]
            for line in block["examples"].splitlines()
            if line.strip().startswith("- ")
        ]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise InvalidConfigException(
            f"{file}: not a file of training phrases ({' '.join(str(error).split())})"
        ) from error
    for text, intent, _ in phrases:
        if "](" in text or text.startswith("/"):
            raise InvalidConfigException(
                f"{file}: {intent}: {text!r} has an annotation; entities are found by gazetteers"
            )
    return tuple(phrases)


def read_phrases(file: Path) -> tuple[tuple[str, str, str], ...]:
    """(text, intent, language) of the phrases in a file.

    Raises:
        InvalidConfigException: naming the file and what is wrong.
    """
    return _read(file, file.stat().st_mtime_ns)
