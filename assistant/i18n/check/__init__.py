"""Checks of the texts: are the translations complete, faithful, alike in their terms, readable?"""

from assistant.i18n.check.locales import check_language, check_locales
from assistant.i18n.check.problem import CheckResult, Problem

__all__ = ["CheckResult", "Problem", "check_language", "check_locales"]
