"""The processes of an installation: Rasa, the action server and the gateway."""
