"""One question to the language model, for `baogao doctor`."""

from __future__ import annotations

from index.errors import LanguageModelError, LanguageModelFault
from index.language_model.chat_model import ChatMessage, ChatModel, Schema
from index.language_model.replies import numbers_in, object_in

_LONGEST = 60
_SCHEMA = Schema(
    "pointing",
    {
        "type": "object",
        "properties": {"numbers": {"type": "array", "items": {"type": "integer"}}},
        "required": ["numbers"],
        "additionalProperties": False,
    },
)
_TASK = '找出直接回答问题的句子，只输出编号，格式是 JSON：{"numbers": [1]}。'
_QUESTION = "[1] 学校有教师31人。\n[2] 操场有跑道6条。\n\n问题：有多少老师？"


def ask_once(model: ChatModel, address: str) -> str:
    """Return what the model replies to a small question, on one line, shortened.

    Raises:
        LanguageModelError: it does not reply, or not in the form that was asked for.
    """
    messages = [ChatMessage("system", _TASK), ChatMessage("user", _QUESTION)]
    reply = model.reply(messages, _SCHEMA)
    found = object_in(reply)
    if found is None or numbers_in(found.get("numbers")) is None:
        raise LanguageModelError(address, LanguageModelFault.FORMAT)
    line = " ".join(reply.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
