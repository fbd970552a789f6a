"""English, in Telegram."""

from __future__ import annotations

from bot.messages.telegram import TelegramMessages

EN_TELEGRAM = TelegramMessages(
    start=(
        "Hello. I answer questions about our school's work reports, in their own words.\n"
        "Just write to me; in a group use /ask, mention me, or reply to me."
    ),
    help=(
        "To ask: write to me in private; in a group use /ask, mention me, or reply to me to go "
        "on.\n"
        "I quote the reports' own words; what they do not say, I say they do not.\n"
        "/reports lists the reports, /report 2021 shows the outline of one."
    ),
    for_example="For example: ",
    privacy=(
        "To improve the answers, questions are kept for {days} days: no names, only salted "
        "hashes of ids."
    ),
    privacy_off="I do not keep questions.",
    ask_usage="Write your question after the command, for example: /ask {example}",
    too_long="The question is too long; please keep it under {limit} characters.",
    too_many="That is a lot of questions at once; please wait a minute.",
    failed="Sorry, something went wrong and there is no answer. Please try again later.",
    nothing_to_search="There are no reports to search yet. An admin has to add one first.",
    searched="Searched {count} reports ({years}): {reports}",
    no_report_of_year="There is no report of {wanted}. There are: {there}.",
    comma=", ",
    passage_of="Passage {number} of {count}",
    nearest_of="Nearest passage {number} of {count} (not an answer)",
    button_previous="‹ Previous",
    button_next="Next ›",
    button_around="Around it",
    button_back="Back",
    button_file="The report",
    button_up="👍",
    button_down="👎",
    button_nearest="Show the nearest passages",
    button_allow="Allow this group",
    button_unknown="This button no longer works.",
    view_gone="This answer is too old; please ask again.",
    report_gone="This report has been taken down.",
    report_changed="This report has changed; please ask again.",
    file_too_large="The file is too large to send.",
    file_sent_already="It was sent just now, see above.",
    thanks_up="Thank you!",
    thanks_down="Thanks, noted.",
    done="Done",
    not_allowed="Sorry, I only serve the staff of this school.",
    admins_only="Only admins can use this command.",
    admins_anonymous="Please use admin commands as yourself, not anonymously.",
    group_not_allowed=(
        "Sorry, I only answer in groups that the school has allowed. The admins have been "
        "told; I am leaving."
    ),
    group_asks=(
        "Someone used me in a group that is not allowed: {title} (id {chat}). I have left it."
    ),
    group_allowed="Group {chat} is allowed now. Please add me to it again.",
    group_welcome=(
        "Hello everyone. I answer questions about our school's work reports: /ask, or mention me."
    ),
    reindexing="Updating the index…",
    reindex_progress="Updating the index: {done}/{total}",
    reindex_failed="The index was not updated: {reason}",
    command_ask="Ask a question",
    command_help="How to ask",
    command_start="Start",
    command_reindex="Update the index",
)
