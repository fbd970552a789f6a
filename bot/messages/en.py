"""English."""

from __future__ import annotations

from bot.errors import ConfigFault, UsageFault
from bot.messages.admin.en import EN_ADMIN
from bot.messages.base import Messages
from bot.messages.en_language_model import EN_LANGUAGE_MODEL
from bot.messages.en_telegram import EN_TELEGRAM
from bot.messages.en_understanding import EN_UNDERSTANDING
from corpus.durable.faults import StateFault
from corpus.errors import Trouble
from corpus.report import Format, Reason, SectionType
from index.errors import Damage, ModelFault, StoreFault

EN = Messages(
    language="en",
    not_found="The reports do not say.",
    unsure="The reports do not say so directly. The nearest is:",
    nearest="The nearest passages (not an answer):",
    further="Further passages:",
    paragraph="para. {number}",
    page="p. {number}",
    titled="《{title}》",
    of_year="{year}",
    short_title="{years} {kind}",
    between=" · ",
    paragraphs="paras. {first}–{last}",
    building="Building the index",
    up_to_date="Nothing has changed: {reports} reports, {passages} passages.",
    indexed="Updated: {reports} reports, {passages} passages now.",
    added="Added: {names}",
    changed="Changed: {names}",
    removed="Removed: {names}",
    unreadable="Unreadable: {name} – {reason}",
    index_stale="Reports have changed since they were indexed ({names}); run: baogao index",
    damaged_passed_over=(
        "The index is damaged, so an earlier one is used. Damaged: {details}. "
        "Run baogao index to mend it."
    ),
    damaged_mended="Damage was found and repaired: {details}",
    rolled_back="Went back to the reports of {created}: {reports} reports, {passages} passages.",
    generation_line="{created}  {reports} reports, {passages} passages",
    generation_current="in use",
    generation_damaged="{name}: damaged ({reason})",
    no_record=(
        "{path}: missing or damaged; the report files of then cannot be brought back with it."
    ),
    no_generations="There is no index yet. Run: baogao index",
    no_reports="There are no reports in {folder} yet. Add one: baogao reports add FILE",
    report_line="{name}  {year}  《{title}》",
    report_added="Added: {name} (《{title}》, {year}, {passages} passages)",
    report_replaced="Replaced: {name} (《{title}》, {year}, {passages} passages)",
    report_same="A report with the same content is already there: {name}. It is not added again.",
    file_refused="Not added: {name}: {reason}",
    save_as="; save it as {suffixes} and add that",
    either=" or ",
    report_removed="Removed: {name}",
    run_index="Run baogao index to put it into effect.",
    unknown_year="year unknown",
    organisation="Organisation: {name}",
    year="Year: {year}",
    read_as="Format: {format}",
    formats={kind: kind.value for kind in Format},
    pages="{count} pages",
    tables="{count} tables",
    recognised="Recognised from pictures: pages {pages}, confidence {percent}% on average",
    doubtful="Note: page {page} was recognised with a confidence of {percent}% only; check it",
    empty_pages="Empty pages: {pages}",
    unread_pages="Pages that are pictures and were not read: {pages} (pip install 'baogao[ocr]')",
    pictured_pages="Pages with a picture in which no text was read: {pages}",
    wordless_pages="pictures without words that can be recognised: page {pages}",
    pictures="{count} pictures in the text; words in them were not read",
    damaged_letters="{count} characters are damaged and could not be read",
    recognising="Recognising {name}, page {page}/{pages}",
    counts="{sections} headings, {paragraphs} paragraphs",
    left_out="Left out {count} lines ({reason}): {lines}",
    left_out_reasons={reason: reason.value for reason in Reason},
    section_types={kind: kind.value for kind in SectionType},
    guessed=" (a guess; correct it in reports.yaml)",
    chat_welcome="Ask your questions; follow-ups are understood. An empty line or Ctrl-D ends.",
    chat_bye="Goodbye.",
    troubles={trouble: trouble.value for trouble in Trouble},
    unreadable_report="The report {name} cannot be read: {reason}.",
    unknown_report="No report is named {name!r}. There are: {known}.",
    report_exists="A report named {name!r} is already there. To replace it, add --replace.",
    bad_name="The file name {name} cannot be used: {reason}.",
    no_library=(
        "There is no folder of reports at {folder}. Create it and put reports into it,"
        " or set `reports` in baogao.yaml."
    ),
    name_clash="{first} and {second} would be one report: rename one of them.",
    corrections_idle="names in reports.yaml that no report has, and that do nothing: {names}",
    library_unwritable=(
        "The library cannot be written: {path} ({reason})."
        " Check its permissions and the space on the disk."
    ),
    library_busy="Another process is changing the library. Try again shortly.",
    bad_corrections="The corrections are malformed:\n{problems}",
    bad_config="The configuration is malformed:\n{problems}",
    config_faults={fault: str(fault) for fault in ConfigFault},
    usage="usage: {usage}",
    usage_faults={fault: str(fault) for fault in UsageFault},
    output_lost="The result could not be written ({reason}). Check the space on the disk.",
    same_file="{path} is the file of the questions itself and is not overwritten; name another.",
    model_error="The model {path} cannot be used: {reason}.",
    model_faults={fault: str(fault) for fault in ModelFault},
    index_missing="There is no usable index yet. Run: baogao index",
    index_damaged="The index is damaged: {path} ({reason}). Run baogao index to rebuild it.",
    bad_calibration=(
        "The calibration {path} cannot be used ({reason}). Delete it to go back to the default, or "
        "run baogao eval --calibrate again."
    ),
    too_few_questions=(
        "Too few questions to calibrate: {answerable} that the reports answer and {unanswerable} "
        "that they do not; at least {least} of each are needed."
    ),
    damages={fault: str(fault) for fault in Damage},
    index_busy="Another process is updating the index. Try again shortly.",
    no_earlier_generation="There are no earlier reports to go back to.",
    state_faults={fault: str(fault) for fault in StateFault},
    state_error=(
        "The state directory cannot be used: {path} ({reason})."
        " Check its permissions and the space on the disk."
    ),
    store_faults={fault: str(fault) for fault in StoreFault},
    store_error=(
        "The store of the index (Milvus at {uri}) cannot be used: {reason}."
        " Nothing is lost; check it, then try again."
    ),
    no_token=(
        "There is no bot token. Set TELEGRAM_BOT_TOKEN in the environment,"
        " or telegram.token_file in baogao.yaml."
    ),
    wrong_token="Telegram does not accept this token. Check it with BotFather.",
    token_in_use=(
        "Another program receives the messages of this token. Stop it, then start this one."
    ),
    already_running="A bot is already running on this state directory: {folder}",
    no_questions_file="The file of questions {path} cannot be opened.",
    bad_questions="Line {line} of the questions is malformed: {reason}",
    evaluating="Evaluating",
    calibrated=(
        "Calibrated on {count} questions and kept in {path}; a running bot uses it after a restart."
    ),
    cannot_write="{path} cannot be written.",
    empty_question="The question is empty.",
    unexpected=(
        "An unexpected error occurred ({kind}). Run again with BAOGAO_DEBUG=1 to see the details."
    ),
    interrupted="Interrupted.",
    doctor_ok="ok",
    doctor_warn="note",
    doctor_fail="wrong",
    doctor_config_defaults="no baogao.yaml, the defaults are used",
    doctor_config_file="configuration {file}",
    doctor_reports="{count} reports in {folder}",
    doctor_reports_none="no reports in {folder}: add one with baogao reports add",
    doctor_model="encoder {model} ({dimension} dimensions)",
    doctor_store_embedded="store: embedded, in {folder}",
    doctor_store_milvus="store: Milvus at {uri} ({name}), reached; {count} updates kept",
    doctor_index_unseen="the index cannot be checked until its store can be reached",
    doctor_index="index: {reports} reports, {passages} passages",
    doctor_from_file="set in {file}: {keys}",
    doctor_from_environment="set in the environment: {keys}",
    doctor_sandboxed="what reads reports has no network and none of the school's files",
    doctor_not_sandboxed="this kernel cannot confine what reads reports (it lacks: {missing})",
    doctor_packages_shared=(
        "{package} is installed by another distribution, {other}, too: each overwrites the other;"
        " use an environment of its own"
    ),
    doctor_ocr="scans and photos can be read",
    doctor_ocr_none="scans and photos cannot be read; to do so: pip install 'baogao[ocr]'",
    doctor_office=".doc and .wps can be read (LibreOffice: {program})",
    doctor_office_none=".doc and .wps cannot be read; to do so, install LibreOffice",
    doctor_disk="{free} MB free on the disk",
    doctor_disk_low="only {free} MB free on the disk; keep at least 200 MB",
    doctor_token_none="no token: command line only. To run the bot, set TELEGRAM_BOT_TOKEN",
    doctor_token_good="the token is good: @{username}",
    doctor_token_unreachable="Telegram cannot be reached: check the network, or set telegram.proxy",
    doctor_privacy_on=(
        "privacy mode is on: in groups the bot sees commands, mentions and replies (that is enough)"
    ),
    doctor_privacy_off="privacy mode is off: the bot sees all messages, and answers only its own",
    doctor_no_groups=(
        "no allowed group: an admin adds the bot to one, or write its id into telegram.groups"
    ),
    doctor_no_admins=(
        "no admin: run baogao bot and open the link that it shows, or write ids into "
        "telegram.admins"
    ),
    doctor_group_good="group {chat}: the bot is a member",
    doctor_group_bad="group {chat}: the bot is not a member, or the id is wrong",
    admin=EN_ADMIN,
    telegram=EN_TELEGRAM,
    understanding=EN_UNDERSTANDING,
    language_model=EN_LANGUAGE_MODEL,
)
