"""The command `uberrima`: what an operator does at a terminal."""

from __future__ import annotations

import gc
import logging
import sys

import structlog
import typer

from domain.kernel import Refused
from interfaces.cli import (
    account,
    backup,
    check,
    db,
    demo,
    docket,
    evidence,
    forget,
    importing,
    rebuild,
    replay,
    review,
    rules,
    run,
    serve,
    train,
    vault,
    whatif,
)
from interfaces.main import TROUBLE

cli = typer.Typer(
    name="uberrima",
    help="Run and prove an insurer's service operations. · 运行并证明保险服务运营。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (
    run,
    serve,
    train,
    demo,
    importing,
    replay,
    docket,
    whatif,
    review,
    rebuild,
    check,
    rules,
    evidence,
    backup,
    forget,
):
    part.register(cli)
cli.add_typer(account.cli, name="account")
cli.add_typer(db.cli, name="db")
cli.add_typer(vault.cli, name="vault")


def main() -> None:
    """Exit code 0 only on success; 1 when refused or unreachable, 2 when the words are wrong."""
    structlog.configure(
        # Tracebacks without local variables: those hold what people wrote, and secrets.
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # What has been imported stays: whoever looks for garbage need not look there.
    gc.freeze()
    try:
        cli()
    except Refused as refused:
        rule = f" [{refused.rule}]" if refused.rule else ""
        sys.exit(f"{refused.code}: {refused.tell('en')}{rule} · {refused.tell('zh')}")
    except TROUBLE as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
