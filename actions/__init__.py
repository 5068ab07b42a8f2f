"""Custom actions of the assistant: one module a skill, thin over `assistant.dialogue`."""
