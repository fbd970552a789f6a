"""The map of the Bot API: every method the server knows, by its name in lower case."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from tests.support.botapi.engine.wire import Parameters
from tests.support.botapi.engine.world import World
from tests.support.botapi.methods import (
    chats,
    commands,
    edits,
    files,
    messages,
    profile,
    queries,
    webhooks,
)

Method: TypeAlias = Callable[[World, Parameters], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "setmyname": profile.set_text,
    "getmyname": profile.get_name,
    "setmydescription": profile.set_text,
    "getmydescription": profile.get_description,
    "setmyshortdescription": profile.set_text,
    "getmyshortdescription": profile.get_short_description,
    "setchatmenubutton": profile.set_chat_menu_button,
    "setmycommands": commands.set_my_commands,
    "getmycommands": commands.get_my_commands,
    "deletemycommands": commands.delete_my_commands,
    "setwebhook": webhooks.set_webhook,
    "deletewebhook": webhooks.delete_webhook,
    "getwebhookinfo": webhooks.get_webhook_info,
    "sendmessage": messages.send_message,
    "sendmessagedraft": messages.send_message_draft,
    "sendchataction": messages.send_chat_action,
    "setmessagereaction": messages.set_message_reaction,
    "senddocument": files.send_document,
    "sendphoto": files.send_photo,
    "getfile": files.get_file,
    "editmessagetext": edits.edit_message_text,
    "editmessagecaption": edits.edit_message_caption,
    "editmessagereplymarkup": edits.edit_message_reply_markup,
    "deletemessage": edits.delete_message,
    "deletemessages": edits.delete_messages,
    "answercallbackquery": queries.answer_callback_query,
    "answerinlinequery": queries.answer_inline_query,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getchatmembercount": chats.get_chat_member_count,
    "getchatadministrators": chats.get_chat_administrators,
    "leavechat": chats.leave_chat,
}
