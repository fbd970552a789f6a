"""English, in Telegram."""

from __future__ import annotations

from bot.messages.telegram import Objection, TelegramMessages

EN_TELEGRAM = TelegramMessages(
    start=(
        "Hello. I answer questions about our school's work reports, in their own words.\n"
        "Just write to me; in a group use /ask, mention me, or reply to me."
    ),
    help=(
        "To ask: write to me in private; in a group use /ask, mention me, or reply to me to go "
        "on.\n"
        "I quote the reports' own words, and say so where they do not answer.\n"
        "/reports lists the reports, /report 2021 shows the outline of one."
    ),
    for_example="Press an example to try it:",
    privacy=(
        "To improve the answers, questions are kept for {days} days: no names, and nothing that "
        "shows who asked."
    ),
    privacy_off="I do not keep questions.",
    ask_usage="Reply to this message with your question.",
    ask_usage_private="Hello, just write your question, or press an example.",
    only_text="I can only read text: please write your question.",
    too_long="The question is too long; please keep it under {limit} characters.",
    too_many="That is too many questions at once; please wait a minute.",
    too_many_presses="That is too many presses at once; please wait a minute.",
    store_unreachable=(
        "The library cannot be reached at the moment. Please ask again in a few minutes."
        " An admin can see why with baogao doctor."
    ),
    failed="Sorry, something went wrong and there is no answer. Please try again later.",
    nothing_to_search="There are no reports to search yet. An admin has to add one first.",
    searched="Searched {count} reports ({years}).",
    no_report_of_year="There is no report of {wanted}. There are: {there}.",
    comma=", ",
    unsure_sign="❔ ",
    reports_of_years="The reports of these years",
    copied="“{words}” ({place})",
    passage_of="Passage {number} of {count}",
    nearest_of="Nearest passage {number} of {count} (not an answer)",
    button_previous="‹ Previous",
    button_next="Next ›",
    button_original="In context",
    button_page="Page",
    button_copy="Copy",
    button_back="Back",
    button_file="Report",
    button_down="👎",
    button_nearest="Show the nearest passages",
    button_allow="Allow this group",
    button_unknown="This button no longer works.",
    answer_gone="This answer is too old; please ask again.",
    report_gone="This report has been removed.",
    report_changed="This report has changed; please ask again.",
    file_too_large="The file is too large to send.",
    file_sent_already="It was sent just now, see above.",
    page_whole="{place}, {page} of the file",
    page_part="{place}, a part of {page} of the file",
    page_not_shown="The page cannot be shown: {reason}.",
    thanks_up="Thank you!",
    thanks_down="Thanks, noted.",
    objections={
        Objection.OFF_TOPIC: "Not what I asked",
        Objection.WRONG_YEAR: "Wrong year",
        Objection.IN_REPORTS: "The reports do say",
        Objection.TOO_LONG: "Too long",
    },
    done="Done",
    not_allowed="Sorry, I only serve the staff of this school.",
    admins_only="Only admins can use this command.",
    admins_anonymous="Please use admin commands as yourself, not anonymously.",
    files_admins_only="Only admins can add reports. To ask something, just write to me.",
    group_not_allowed=(
        "Sorry, I only answer in groups that the school has allowed. I have notified the "
        "admins and am leaving this group."
    ),
    group_asks=(
        "Someone used me in a group that is not allowed: {title} (id {chat}). I have left it."
    ),
    group_allowed="Group {chat} is allowed now. Please add me to it again.",
    group_welcome=(
        "Hello everyone. I answer questions about our school's work reports, in their own words.\n"
        "Write /ask and your question, or reply to me to go on."
    ),
    reindexing="Updating…",
    reindex_progress="Updating: {done}/{total}",
    reindex_failed="Not updated: {reason}",
    remove_choose="Which report should be removed?",
    remove_confirm="Remove {title}? It will no longer be used for answers.",
    button_remove="Remove",
    remove_cancelled="Nothing was removed.",
    rollback_choose="Which reports should be used, those of when?",
    rollback_line="{created}  {reports} reports",
    rollback_note="The report files have not changed: the next update of the index follows them.",
    rollback_nothing="The reports have not been changed yet: there is nothing to go back to.",
    private_only="Please use this command in private.",
    not_keeping="Questions are not kept (telegram.store_questions: false); there are no records.",
    unanswered_none="No question of the last {days} days was refused or thumbed down.",
    unanswered_title=(
        "Questions of the last {days} days that were refused or thumbed down ({count})"
    ),
    unanswered_line="{count}×  {text}",
    unanswered_refused="refused",
    unanswered_down="thumbed down",
    unanswered_more="… and {count} more groups",
    button_export="Export",
    export_caption="Questions without an answer, for baogao eval.",
    stats_title="The last {days} days: {questions} questions, {people} people, {share}% answered",
    stats_none="Nobody asked anything in the last {days} days.",
    stats_median="Median time {ms} ms; 👍 {up}  👎 {down}",
    stats_day="{date}  {count}",
    stats_passages="Most used passages:",
    stats_passage="{count}×  {citation}",
    command_ask="Ask a question",
    command_compare="Years side by side",
    command_help="How to ask",
    command_reindex="Update the reports",
    command_reports="Which reports there are",
    command_report="The outline of a report",
    command_add="Add a report (reply to a file)",
    command_remove="Remove a report",
    command_rollback="Go back to earlier reports",
    command_unanswered="Questions without an answer",
    command_stats="Statistics",
    command_selfcheck="Check the set-up of a group",
    reports_title="{count} reports",
    report_usage="No report found for “{wanted}”; choose one:",
    report_choose="Choose a report:",
    outline_counts="{sections} headings, {passages} passages",
    section_paragraphs="paragraphs {first}–{last}",
    section_paragraph="paragraph {first}",
    button_up_level="↑ Up",
    button_reports="All reports",
    button_earlier="‹ Back",
    button_later="More ›",
    upload_usage="Send me a report as a file, or reply /add to one.",
    upload_too_large=(
        "The file is larger than {limit} MB, which Telegram does not let bots fetch. Add it on "
        "the server with baogao reports add."
    ),
    upload_album=(
        "One photo makes one report: please put the pages of a longer one into a PDF and send that."
    ),
    upload_as_text="Or send me the Word or text file of this report.",
    photo_name="photo {day}-{number}",
    upload_lost="The file could not be fetched; please send it again.",
    upload_unreadable="{name} cannot be read: {reason}",
    archive_holds="The archive holds {count} reports:",
    upload_identical="{name} is identical to {title} in the library; nothing to add.",
    preview_title="Title: {title}",
    preview_guess="(a guess)",
    preview_year="Year: {year}",
    preview_organisation="Organisation: {name}",
    preview_unknown="unknown",
    preview_new="It will be added as a new report",
    preview_replaces="It will replace {title}",
    preview_same_title="There is a report of the same title, {title}: replace it, or keep both?",
    preview_same_year="Already there for that year: {titles}",
    preview_warning="Note: {text}",
    warn_photo="Telegram compressed the photo; sent as a file it is recognised more reliably",
    warn_year=(
        "the year is unknown, questions that name a year will not find it; please correct it"
    ),
    warn_no_sections="no headings were recognised",
    button_go_live="Go live",
    button_replace="Replace and go live",
    button_keep_both="Keep both and go live",
    button_year="Correct year",
    button_title="Correct title",
    button_organisation="Correct organisation",
    button_again="Try again",
    button_cancel="Cancel",
    ask_year="Reply with the right year, such as 2021.",
    ask_title="Reply with the right title.",
    ask_organisation="Reply with the right name of the organisation.",
    bad_year="That does not look like a year; reply with four digits, such as 2021.",
    bad_text="Please reply with 1 to 100 characters.",
    preview_superseded="Corrected; see the new preview below.",
    upload_cancelled="Cancelled: {name}",
    job_over="This has been done or cancelled already.",
    went_live="Live now: {title}",
    try_asking="Try asking: ",
    check_good="✅ {text}",
    check_bad="❌ {text}",
    check_allowed="This group ({chat}) is on the allow-list",
    check_not_allowed=(
        "This group ({chat}) is not on the allow-list: press “Allow this group”, or add its id to "
        "telegram.groups"
    ),
    check_privacy_on=(
        "Privacy mode is on: commands, mentions and replies reach me, which is enough"
    ),
    check_privacy_off=(
        "Privacy mode is off: I am sent every message. To turn it on: send /setprivacy to "
        "@BotFather, choose @{username}, choose Enable, then remove me from the group and add "
        "me again"
    ),
    check_admin="I am an admin of this group and so see every message; I do not need that",
    check_member="I am a member and may write",
    check_muted="I may not write here: ask a group admin to lift the restriction",
    check_topic="Topics: I answer in the topic where I am asked",
    check_no_topic="This group has no topics",
    check_inline_on="Inline mode is on",
    check_inline_off=(
        "Inline mode is off: send /setinline to @BotFather, choose @{username}, and give it a hint"
    ),
    check_index="Ready to answer: {reports} reports, {passages} passages",
    check_no_index="There is nothing to search: send /reindex",
    check_private="This is a private chat: send /selfcheck in a group to check that group",
)
