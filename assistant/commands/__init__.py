"""The groups of the `kuntaopas` command: one module a group."""
