"""The words of the program: one `Messages` a language, complete by type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import ConfigFault, UsageFault
from bot.messages.admin import AdminMessages
from bot.messages.language_model import LanguageModelMessages
from bot.messages.telegram import TelegramMessages
from bot.messages.understanding import UnderstandingMessages
from corpus.durable.faults import StateFault
from corpus.errors import Trouble
from corpus.report import Format, Reason, SectionType
from index.errors import Damage, ModelFault, StoreFault


@dataclass(frozen=True, slots=True)
class Messages:
    """Everything people read, in one language; {braces} are filled in where it is used."""

    language: str

    # Answers
    not_found: str
    unsure: str
    nearest: str
    further: str
    paragraph: str
    page: str
    titled: str
    of_year: str
    short_title: str
    between: str
    paragraphs: str

    # The index
    building: str
    up_to_date: str
    indexed: str
    added: str
    changed: str
    removed: str
    unreadable: str
    index_stale: str
    damaged_passed_over: str
    damaged_mended: str
    rolled_back: str
    generation_line: str
    generation_current: str
    generation_damaged: str
    no_record: str
    no_generations: str

    # The library
    no_reports: str
    report_line: str
    report_added: str
    report_replaced: str
    report_same: str
    file_refused: str
    save_as: str
    either: str
    report_removed: str
    run_index: str
    unknown_year: str
    organisation: str
    year: str
    read_as: str
    formats: Mapping[Format, str]
    pages: str
    tables: str
    recognised: str
    doubtful: str
    empty_pages: str
    unread_pages: str
    pictured_pages: str
    wordless_pages: str
    pictures: str
    damaged_letters: str
    recognising: str
    counts: str
    left_out: str
    left_out_reasons: Mapping[Reason, str]
    section_types: Mapping[SectionType, str]
    guessed: str

    # Conversation on the command line
    chat_welcome: str
    chat_bye: str

    # Errors
    troubles: Mapping[Trouble, str]
    unreadable_report: str
    unknown_report: str
    report_exists: str
    bad_name: str
    no_library: str
    name_clash: str
    bad_corrections: str
    corrections_idle: str
    library_unwritable: str
    library_busy: str
    bad_config: str
    config_faults: Mapping[ConfigFault, str]
    usage: str
    usage_faults: Mapping[UsageFault, str]
    output_lost: str
    same_file: str
    model_error: str
    model_faults: Mapping[ModelFault, str]
    index_missing: str
    index_damaged: str
    damages: Mapping[Damage, str]
    index_busy: str
    no_earlier_generation: str
    state_error: str
    bad_calibration: str
    too_few_questions: str
    state_faults: Mapping[StateFault, str]
    store_error: str
    store_faults: Mapping[StoreFault, str]
    no_token: str
    wrong_token: str
    token_in_use: str
    already_running: str
    no_questions_file: str
    bad_questions: str
    evaluating: str
    calibrated: str
    cannot_write: str
    empty_question: str
    unexpected: str
    interrupted: str

    # Doctor
    doctor_ok: str
    doctor_warn: str
    doctor_fail: str
    doctor_config_defaults: str
    doctor_config_file: str
    doctor_from_file: str
    doctor_from_environment: str
    doctor_sandboxed: str
    doctor_not_sandboxed: str
    doctor_packages_shared: str
    doctor_reports: str
    doctor_reports_none: str
    doctor_model: str
    doctor_store_embedded: str
    doctor_store_milvus: str
    doctor_index: str
    doctor_index_unseen: str
    doctor_ocr: str
    doctor_ocr_none: str
    doctor_office: str
    doctor_office_none: str
    doctor_disk: str
    doctor_disk_low: str
    doctor_token_none: str
    doctor_token_good: str
    doctor_token_unreachable: str
    doctor_privacy_on: str
    doctor_privacy_off: str
    doctor_no_groups: str
    doctor_no_admins: str
    doctor_group_good: str
    doctor_group_bad: str

    # What only owners and admins read
    admin: AdminMessages

    # What is read in Telegram only
    telegram: TelegramMessages

    # How questions are understood
    understanding: UnderstandingMessages

    # A language model, where a school has one
    language_model: LanguageModelMessages
