"""`python -m assistant.gateway`: serves the gateway with the settings of the environment."""

import logging

from assistant.gateway.server import serve
from assistant.settings import get_settings

logging.basicConfig(level=logging.WARNING)
serve(get_settings())
