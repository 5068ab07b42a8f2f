"""All guides in all languages as one page that can be opened, searched, printed and sent on."""

from assistant.guidance.preview.page import PreviewError, render, write_preview

__all__ = ["PreviewError", "render", "write_preview"]
