"""Understanding: Rasa graph components (config.yml names them) and the plain models behind them.

Modules that end in `_model` or `_rules` know nothing of Rasa.
"""
