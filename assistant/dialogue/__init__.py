"""The dialogue around Rasa: payloads, channel-neutral messages, response generator, tracker store.

`payloads`, `messages` and `guide_text` know nothing of Rasa; the action server uses them too.
"""
