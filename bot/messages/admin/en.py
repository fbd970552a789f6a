"""English, for admins."""

from __future__ import annotations

from bot.messages.admin import AdminMessages
from corpus.durable.archive import ArchiveFault

EN_ADMIN = AdminMessages(
    claim_link=(
        "There is no admin yet. Whoever opens this link within {minutes} minutes becomes one "
        "(it works once): {link}"
    ),
    claimed="You are an admin of this bot now.",
    claim_over="This link was used or is too old. A new one is in the bot's log on the server.",
    guide_title="A few steps, and it can be used:",
    guide_done="✅ {text}",
    guide_open="⬜ {text}",
    guide_admin="You are an admin",
    guide_group="Add me to the school's group (choose it with the button below, that is all)",
    guide_groups="Added to {count} groups",
    guide_report="Add the first report (send me the file)",
    guide_reports="There are {count} reports: {titles}",
    guide_ready="All is ready. Staff ask in the group like this:",
    button_add_to_group="Add me to a group",
    button_send_report="Send the first report",
    send_report=(
        "Press 📎 beside the input field, choose the report (Word, PDF or text), and send it here. "
        "I show you what I read before anything goes live."
    ),
    start="Hello. I answer staff from the school's work reports, and you are my admin.",
    help=(
        "To add a report: send me the file, look at the preview, let it go live; one of the same "
        "name is replaced.\n"
        "/remove takes a report out\n"
        "/rollback undoes: back to earlier reports\n"
        "/unanswered lists questions without an answer, to give them one\n"
        "/stats shows the use\n"
        "/selfcheck, in a group, checks its set-up\n"
        "/reindex, after report files were changed on the server\n"
        "You ask as staff do: write to me, or /ask in a group."
    ),
    command_id="My id",
    your_id="Your id: {person} (tell it to an admin of the school)",
    ids="Id of this group: {chat}\nYour id: {person}",
    person_asks=(
        "{name} (id {person}) wants to ask me something, is in no group of the school, and got no "
        "answer."
    ),
    button_allow_person="Let this person ask",
    person_allowed="{name} (id {person}) may ask now.",
    let_in="An admin has let you in: just write your question.",
    group_allowed_here="This group is allowed now.",
    group_not_allowed=(
        "I have no admin yet and cannot answer in groups (the id of this one: {chat}); "
        "I am leaving."
    ),
    bad_token=(
        "{source} holds no token. The one that BotFather gives is a single line such as "
        "123456789:AAE…; copy it as it is."
    ),
    telegram_unreachable=(
        "Telegram ({host}) cannot be reached from this machine; trying again and again. "
        "If it needs a proxy, set telegram.proxy in baogao.yaml."
    ),
    proxy_unreachable=(
        "Telegram ({host}) cannot be reached through the proxy {proxy}; trying again and again. "
        "Check the proxy, or telegram.proxy in baogao.yaml."
    ),
    init_language="语言 Language (zh/en) [zh]: ",
    init_token="The token from BotFather (send /newbot to @BotFather in Telegram): ",
    init_proxy="A proxy, such as http://127.0.0.1:7890; just press Enter for none: ",
    init_trying="Trying…",
    init_good="Connected: @{username}",
    init_no_answer="Telegram cannot be reached. Try another proxy; the token is kept.",
    init_bad_proxy=(
        "That is no address of a proxy, such as http://127.0.0.1:7890 or socks5://127.0.0.1:1080."
    ),
    init_untried="Telegram was not reached. Write the configuration all the same? (y/n) [n]: ",
    init_exists="{path} is there already and was not changed. Move it away to begin anew.",
    init_ended="Nothing was written.",
    init_written="Written: {config}; the token is in {token}, which only you can read.",
    init_botfather=(
        "The bot sets its description and its menu of commands at every start. Only this is to be "
        "sent to @BotFather:"
    ),
    init_inline="/setinline, choose @{username}, then send: {hint}",
    init_next="Then run baogao bot and open the link that it shows: that makes you admin.",
    description=(
        "I answer staff from our school's work reports: I quote the reports' own words, say where "
        "they stand, and say so where the reports do not answer."
    ),
    short_description="Answers staff from the school's work reports, in their own words.",
    inline_hint="Write your question",
    record_added="added {titles}",
    record_changed="replaced or corrected {titles}",
    record_removed="removed {titles}",
    record_by="{changes} ({who})",
    at_the_server="at the server",
    files_back=(
        "The report files are back, too, and the next update keeps them. To take this back, use "
        "/rollback again."
    ),
    files_missing="These files were not kept and are not back: {names}",
    removed_is_kept="The file is kept, and /rollback can bring it back.",
    replaced_is_kept="The file before is kept, and /rollback can bring it back.",
    kept_for_rollback="The file is kept: after the update baogao rollback can bring it back.",
    difference="  {before} → {after}",
    differences_more="  … and {count} more differences",
    paragraphs_added="  {count} paragraphs more",
    paragraphs_removed="  {count} paragraphs less",
    no_difference="  The text is the same",
    button_tell_groups="Tell the groups",
    group_news="There is a new report to ask about: {title}. Try:",
    told_groups="Told {count} groups",
    told_already="The groups were told just now.",
    no_groups="No group is allowed yet.",
    another_program=(
        "Another program uses my token: perhaps I was started a second time elsewhere. I go on "
        "answering, and that one ends by itself. If it was not you, change the token with /revoke "
        "at @BotFather."
    ),
    backed_up=(
        "Backed up to {path}: {count} reports with corrections, chats and what was added. The "
        "token is not in it."
    ),
    restored=("Restored {count} report files and the chats from {path}. Now run baogao index."),
    kept_before_restore="What was here before is in {path}.",
    not_empty=(
        "There are reports in {folder} already, or chats. To replace them, add --replace (they are "
        "backed up first)."
    ),
    bad_archive="The backup {path} cannot be used: {reason}. Nothing was changed.",
    archive_faults={
        ArchiveFault.MISSING: "there is no such file",
        ArchiveFault.NOT_ONE: "it is no backup of baogao",
        ArchiveFault.DAMAGED: "it is damaged, a checksum does not match",
        ArchiveFault.NEWER: "it was written by a newer version; update baogao",
    },
    unwritable=(
        "{folder} cannot be written (the program runs as user {user}). "
        "On the server, run: {command}"
    ),
    numbered="{number}. {text}",
    choose_question="Press a number to deal with a question.",
    choose_passage="Which passage answers? Press its number, and it is quoted from now on:",
    choose_again="Please choose a passage again.",
    no_passage="No passage comes near; try other words.",
    button_search="Other words",
    button_alias="Add an abbreviation",
    button_dismiss="Dismiss",
    ask_words="Reply with words that the reports may use.",
    ask_alias="Reply with abbreviation=words, for example: PE=physical education.",
    attached="From now on “{question}” is answered with this passage:",
    alias_added="Noted: {key} = {words}",
    answered_now="“{question}” is answered now.",
    still_not="“{question}” is still not answered.",
    question_done="This question was dealt with already.",
    attached_lost=(
        "The passages that you attached to these questions are no longer in the reports, see "
        "/unanswered: {questions}"
    ),
    mention_wanted=(
        "One more thing to try: within two minutes, write just “@{username} test” here."
    ),
    mention_arrived="It arrived: I see questions that mention me in this group",
    mention_missing=(
        "No mention of me arrived in two minutes. If you wrote one, Telegram did not pass it on: "
        "please ask with /ask, or reply to my messages"
    ),
)
