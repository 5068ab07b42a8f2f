"""The environment that Rasa and its libraries find: no telemetry, no downloads, no noise."""

import os
import warnings

from assistant.settings import PROJECT_ROOT

VARIABLES = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "HF_HUB_OFFLINE": "1",
    "SANIC_DISABLE_MOTD": "1",
    # One message uses one core; a second thread only makes the processes wait for each other.
    "OMP_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
    # Libraries keep their caches with ours, not in the home of whoever runs the assistant.
    "KERAS_HOME": str(PROJECT_ROOT / "var" / "cache" / "keras"),
    "MPLCONFIGDIR": str(PROJECT_ROOT / "var" / "cache" / "matplotlib"),
}


def prepare() -> None:
    """Set the variables that are not set; call before Rasa is imported."""
    for name, value in VARIABLES.items():
        os.environ.setdefault(name, value)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", category=FutureWarning)
    warnings.filterwarnings("ignore", message=".*MovedIn20Warning.*")


def quiet_rasa() -> None:
    """Let Rasa log warnings only; its library logs every message at debug level otherwise."""
    import logging

    import structlog

    for name in ("rasa", "sqlalchemy", "matplotlib", "apscheduler", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
