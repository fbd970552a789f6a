"""The words of the Telegram bot: one `TelegramMessages` a language, complete by type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TelegramMessages:
    """Everything people read in Telegram only; {braces} are filled in where it is used."""

    # Greeting
    start: str
    help: str
    for_example: str
    privacy: str
    privacy_off: str

    # Asking
    ask_usage: str
    too_long: str
    too_many: str
    failed: str
    nothing_to_search: str
    searched: str
    no_report_of_year: str
    comma: str
    passage_of: str
    nearest_of: str

    # Buttons
    button_previous: str
    button_next: str
    button_around: str
    button_back: str
    button_file: str
    button_up: str
    button_down: str
    button_nearest: str
    button_allow: str
    button_unknown: str
    view_gone: str
    report_gone: str
    report_changed: str
    file_too_large: str
    file_sent_already: str
    thanks_up: str
    thanks_down: str
    done: str

    # Who is let in
    not_allowed: str
    admins_only: str
    admins_anonymous: str
    group_not_allowed: str
    group_asks: str
    group_allowed: str
    group_welcome: str

    # Admins
    reindexing: str
    reindex_progress: str
    reindex_failed: str

    # The menu
    command_ask: str
    command_help: str
    command_start: str
    command_reindex: str
