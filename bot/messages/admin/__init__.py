"""The words for whoever sets the bot up and looks after it: one `AdminMessages` a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.durable.archive import ArchiveFault


@dataclass(frozen=True, slots=True)
class AdminMessages:
    """Everything that only owners and admins read; {braces} are filled in where it is used."""

    # Becoming an admin
    claim_link: str
    claimed: str
    claim_over: str

    # From nothing to a bot in a group
    guide_title: str
    guide_done: str
    guide_open: str
    guide_admin: str
    guide_group: str
    guide_groups: str
    guide_report: str
    guide_reports: str
    guide_ready: str
    button_add_to_group: str
    button_send_report: str
    send_report: str
    start: str
    help: str

    # Who may ask
    command_id: str
    your_id: str
    ids: str
    person_asks: str
    button_allow_person: str
    person_allowed: str
    let_in: str
    group_allowed_here: str
    group_not_allowed: str

    # Setting up on the command line
    bad_token: str
    telegram_unreachable: str
    proxy_unreachable: str
    init_language: str
    init_token: str
    init_proxy: str
    init_trying: str
    init_good: str
    init_no_answer: str
    init_bad_proxy: str
    init_untried: str
    init_exists: str
    init_ended: str
    init_written: str
    init_botfather: str
    init_inline: str
    init_next: str
    description: str
    short_description: str
    inline_hint: str

    # What changed, and going back
    record_added: str
    record_changed: str
    record_removed: str
    record_by: str
    at_the_server: str
    files_back: str
    files_missing: str
    removed_is_kept: str
    replaced_is_kept: str
    kept_for_rollback: str
    difference: str
    differences_more: str
    paragraphs_added: str
    paragraphs_removed: str
    no_difference: str

    # A report that went live
    button_tell_groups: str
    group_news: str
    told_groups: str
    told_already: str
    no_groups: str

    # Running it
    another_program: str

    # Backups
    backed_up: str
    restored: str
    kept_before_restore: str
    not_empty: str
    bad_archive: str
    archive_faults: Mapping[ArchiveFault, str]

    # Folders
    unwritable: str

    # Questions without an answer
    numbered: str
    choose_question: str
    choose_passage: str
    choose_again: str
    no_passage: str
    button_search: str
    button_alias: str
    button_dismiss: str
    ask_words: str
    ask_alias: str
    attached: str
    alias_added: str
    answered_now: str
    still_not: str
    question_done: str
    attached_lost: str

    # Whether a mention arrives
    mention_wanted: str
    mention_arrived: str
    mention_missing: str
