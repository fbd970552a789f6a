"""The words of the Telegram bot: one `TelegramMessages` a language, complete by type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Objection(StrEnum):
    """What is wrong with an answer, as a reader sees it. Buttons of years ago carry the values."""

    OFF_TOPIC = "o"
    WRONG_YEAR = "y"
    IN_REPORTS = "r"
    TOO_LONG = "l"


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
    ask_usage_private: str
    only_text: str
    too_long: str
    too_many: str
    too_many_presses: str
    store_unreachable: str
    failed: str
    nothing_to_search: str
    searched: str
    no_report_of_year: str
    comma: str
    unsure_sign: str
    reports_of_years: str
    copied: str
    passage_of: str
    nearest_of: str

    # Buttons
    button_previous: str
    button_next: str
    button_original: str
    button_page: str
    button_copy: str
    button_back: str
    button_file: str
    button_down: str
    button_nearest: str
    button_allow: str
    button_unknown: str
    answer_gone: str
    report_gone: str
    report_changed: str
    file_too_large: str
    file_sent_already: str
    page_whole: str
    page_part: str
    page_not_shown: str
    thanks_up: str
    thanks_down: str
    objections: Mapping[Objection, str]
    done: str

    # Access
    not_allowed: str
    admins_only: str
    admins_anonymous: str
    files_admins_only: str
    group_not_allowed: str
    group_asks: str
    group_allowed: str
    group_welcome: str

    # Admins
    reindexing: str
    reindex_progress: str
    reindex_failed: str
    remove_choose: str
    remove_confirm: str
    button_remove: str
    remove_cancelled: str
    rollback_choose: str
    rollback_line: str
    rollback_note: str
    rollback_nothing: str
    private_only: str
    not_keeping: str
    unanswered_none: str
    unanswered_title: str
    unanswered_line: str
    unanswered_refused: str
    unanswered_down: str
    unanswered_more: str
    button_export: str
    export_caption: str
    stats_title: str
    stats_none: str
    stats_median: str
    stats_day: str
    stats_passages: str
    stats_passage: str

    # The menu
    command_ask: str
    command_compare: str
    command_help: str
    command_reindex: str
    command_reports: str
    command_report: str
    command_add: str
    command_remove: str
    command_rollback: str
    command_unanswered: str
    command_stats: str
    command_selfcheck: str

    # Reports
    reports_title: str
    report_usage: str
    report_choose: str
    outline_counts: str
    section_paragraphs: str
    section_paragraph: str
    button_up_level: str
    button_reports: str
    button_earlier: str
    button_later: str

    # Uploads
    upload_usage: str
    upload_too_large: str
    upload_album: str
    upload_as_text: str
    photo_name: str
    upload_lost: str
    upload_unreadable: str
    archive_holds: str
    upload_identical: str
    preview_title: str
    preview_guess: str
    preview_year: str
    preview_organisation: str
    preview_unknown: str
    preview_new: str
    preview_replaces: str
    preview_same_title: str
    preview_same_year: str
    preview_warning: str
    warn_year: str
    warn_photo: str
    warn_no_sections: str
    button_go_live: str
    button_replace: str
    button_keep_both: str
    button_year: str
    button_title: str
    button_organisation: str
    button_again: str
    button_cancel: str
    ask_year: str
    ask_title: str
    ask_organisation: str
    bad_year: str
    bad_text: str
    preview_superseded: str
    upload_cancelled: str
    job_over: str
    went_live: str
    try_asking: str

    # Self-check
    check_good: str
    check_bad: str
    check_allowed: str
    check_not_allowed: str
    check_privacy_on: str
    check_privacy_off: str
    check_admin: str
    check_member: str
    check_muted: str
    check_topic: str
    check_no_topic: str
    check_inline_on: str
    check_inline_off: str
    check_index: str
    check_no_index: str
    check_private: str
