"""Chinese: a language model."""

from __future__ import annotations

from bot.messages.language_model import LanguageModelMessages
from index.errors import LanguageModelFault

ZH_LANGUAGE_MODEL = LanguageModelMessages(
    composed="归纳，出处见编号",
    source="[{number}] {words}",
    leaves="本校接了语言模型服务（{host}）：您的问题和有关的报告段落会发给它；它写的话逐词核对后才显示。",
    error="语言模型 {address} 用不了：{reason}。",
    faults={
        LanguageModelFault.NO_LIBRARY: "需要先运行 pip install 'baogao[llm]'",
        LanguageModelFault.AWAY: "连接不上",
        LanguageModelFault.TIMED_OUT: "没有在 llm.timeout 内答完",
        LanguageModelFault.LIMITED: "请求太多（429），请稍后再试",
        LanguageModelFault.KEY: "密钥不对，或没有权限；检查 BAOGAO_LLM_KEY 或 llm.key_file",
        LanguageModelFault.NO_MODEL: "没有 llm.model 写的模型，或地址不对（通常以 /v1 结尾）",
        LanguageModelFault.REFUSED: "请求被拒绝",
        LanguageModelFault.FAILED: "服务出错",
        LanguageModelFault.BROKEN: "答复残缺，或不是聊天补全接口",
        LanguageModelFault.TOOLS: "模型要调用没有给它的工具",
        LanguageModelFault.TOO_LONG: "答复没完没了",
        LanguageModelFault.FORMAT: "答复不合要求的格式",
        LanguageModelFault.PAUSED: "刚刚出过错，先停用一会儿",
    },
    doctor_good="语言模型 {model}（{address}）：{seconds} 秒答复 {reply}",
    doctor_bad="语言模型 {model}：{problem}回答不受影响，只引用原文",
    doctor_leaves="llm.base_url 不在本机：问题和有关的报告段落会发给 {host}",
    stats_pointing=(
        "语言模型找句子：指出 {pointed}，说没有 {none}，不可信 {doubted}，无答复 {failed}"
    ),
    stats_writing=(
        "语言模型归纳：通过 {whole}，部分通过 {partly}，未通过 {not_composed}，排队满 {turned_away}"
    ),
    stats_reason="　{count}次　{reason}",
    reasons={
        "NO_NUMBERS": "没有注明出处编号",
        "LENGTH": "太短或太长",
        "FIGURE": "数字、日期与原文不符",
        "QUOTED": "引号里的话原文没有",
        "TURNED": "否定、比较或计划被改动",
        "YEARS": "年份不清",
        "MOVED": "词句被拆开或拼接",
        "WORDS": "有原文没有的词",
        "UNUSED": "注明了没用到的编号",
        "FORM": "不是编号列表",
        "RANGE": "编号超出范围",
        "ALL": "指出全部句子",
        "SURE": "阅读模型有把握，它说没有",
    },
)
