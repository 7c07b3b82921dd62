"""Errors a user can act on: each message says what went wrong and what to do next."""


class TellingsError(Exception):
    """Base of every error Tellings raises on purpose; the command line prints it as one line."""


class InputError(TellingsError):
    """An input as a whole cannot be read (missing file, no text column, unknown format)."""


class StoreError(TellingsError):
    """A results folder cannot be opened, is incomplete, or cannot be written."""


class SelectionError(TellingsError):
    """A filter names an outlet, actor, table or voice that the store does not hold."""


class KnowledgeError(TellingsError):
    """A lexicon, alias or settings file is malformed; the message names the file and line."""
