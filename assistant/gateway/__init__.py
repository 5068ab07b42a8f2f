"""The public door: the web page, the HTTP API and the webhooks of messaging apps."""
