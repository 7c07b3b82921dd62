"""How a command line runs: the order of its commands, --debug, one-line errors and exit statuses."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from ..errors import TellingsError
from ..scoring.engines import ENDING, one_thread_each


class StoppedError(TellingsError):
    """A run was ended by a signal; `status` is what a shell makes of that."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.status = 128 + number


@contextmanager
def stoppable(message: str) -> Iterator[None]:
    """Let Ctrl-C, SIGTERM and a closed terminal (SIGHUP) all end a run in good order, as StoppedError."""
    received = [int(signal.SIGINT)]

    def stop(number: int, _frame: object) -> NoReturn:
        received[0] = number
        for other in ENDING:
            signal.signal(other, signal.SIG_IGN)  # it is ending already
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in ENDING if signal.getsignal(number) != signal.SIG_IGN}
    try:
        for number in before:
            signal.signal(number, stop)
        yield
    except KeyboardInterrupt:
        raise StoppedError(message, received[0]) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Command(click.Command):
    """A command with --debug, which `run` reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(
            click.Option(["--debug"], is_flag=True, expose_value=False, help="Show the traceback of an error.")
        )


class Commands(click.Group):
    """Lists the commands in the order of their use."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def run(cli: click.Group, arguments: list[str]) -> NoReturn:
    """Run a command line and exit: 0 on success, 2 where the command line is wrong, 1 where anything else fails.

    Where a signal stopped a run it is 128 plus the signal's number, as of any command. Errors become one line on
    standard error, or a traceback with --debug.
    """
    one_thread_each()
    try:
        status = cli.main(arguments, prog_name="tellings", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)
    except BrokenPipeError:  # whoever read our output has closed it: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "tellings"
        _fail(f"{error.format_message().rstrip('.')} (see: {command} --help)", status=2)
    except StoppedError as error:
        _fail(str(error), status=error.status)
    except click.Abort:
        _fail("stopped", status=1)
    except Exception as error:
        if "--debug" in arguments:
            raise
        _fail(_explain(error), status=1)


def _explain(error: Exception) -> str:
    match error:
        case TellingsError() | click.ClickException():
            return str(error)
        case OSError(strerror=str(reason), filename=file):
            return f"{reason}: {file}" if file else reason
    return f"{type(error).__name__}: {error} (--debug shows where)"


def _fail(message: str, *, status: int) -> NoReturn:
    click.echo(f"tellings: {' '.join(message.split())}", err=True)
    sys.exit(status)
