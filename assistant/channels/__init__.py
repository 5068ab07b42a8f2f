"""Channels: how messages come in and go out.

`web` and `rasa_inputs` are Rasa's side (`credentials.yml` names them by class path); nothing else
here imports Rasa. The messaging apps are served by the gateway:

    webhook -> Platform.trusted -> Platform.read -> Desk.take   (stored, then acknowledged)
            -> Replier: one Incoming, one answer                (a queue for each person)
            -> render: parts of text, choices as data           (within PlatformLimits)
            -> Platform.send, tried again by `deliver`

To add a platform, write a `Platform` (`platform.py` says what each method promises), a builder that
reads its settings, and a line in `registry.py`; then a Rasa channel of its name in `rasa_inputs.py`
and in `credentials.yml`. What the core does for every platform: personal data is masked before
anything is stored, each message is answered once, in order, and whatever cannot be understood gets
a helpful answer.
"""
