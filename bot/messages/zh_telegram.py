"""Chinese, in Telegram."""

from __future__ import annotations

from bot.messages.telegram import TelegramMessages

ZH_TELEGRAM = TelegramMessages(
    start=(
        "您好，我回答关于本校工作报告的问题，只引用报告里的原话。\n"
        "直接发问题给我；在群里用 /ask 问题、@我，或回复我的消息。"
    ),
    help=(
        "提问：私聊直接发；群里用 /ask 问题、@我 问题，或回复我的消息接着问。\n"
        "我只引用报告里的原话；报告没写的，我会直说没有。\n"
        "/reports 看有哪些报告，/report 2021 看某年报告的目录。"
    ),
    for_example="例如：",
    privacy="为改进回答，问题保存{days}天；不存姓名，只存加盐的编号摘要。",
    privacy_off="我不保存问题。",
    ask_usage="请把问题写在命令后面，例如：/ask {example}",
    too_long="问题太长了，请缩短到 {limit} 字以内。",
    too_many="问得太快了，请稍等一分钟再问。",
    failed="抱歉，出了点问题，没能回答。请稍后再试。",
    nothing_to_search="还没有可查的报告。请管理员先添加报告。",
    searched="查过{count}份报告（{years}）：{reports}",
    no_report_of_year="没有{wanted}的报告。现有：{there}。",
    comma="、",
    passage_of="相关段落 {number}/{count}",
    nearest_of="最接近的段落 {number}/{count}（不是答案）",
    button_previous="‹ 上一段",
    button_next="下一段 ›",
    button_around="前后文",
    button_back="返回",
    button_file="报告原件",
    button_up="👍",
    button_down="👎",
    button_nearest="看看最接近的段落",
    button_allow="允许这个群",
    button_unknown="这个按钮已经不能用了。",
    view_gone="这条回答太久了，请再问一遍。",
    report_gone="这份报告已经撤下，不能再看了。",
    report_changed="这份报告已经更新，请再问一遍。",
    file_too_large="文件太大，发不了。",
    file_sent_already="刚刚发过，就在上面。",
    thanks_up="谢谢！",
    thanks_down="谢谢，已记下。",
    done="好了",
    not_allowed="抱歉，我只为本校教职工服务。",
    admins_only="这个命令只有管理员可以用。",
    admins_anonymous="请以本人身份（不要匿名）使用管理命令。",
    group_not_allowed="抱歉，我只在本校允许的群里回答。已告知管理员，我先退出了。",
    group_asks="有人把我加进了未获允许的群：{title}（编号 {chat}）。我已退出。",
    group_allowed="已允许群 {chat}。请再把我加进去。",
    group_welcome="大家好，我回答关于本校工作报告的问题：/ask 问题，或者 @我。",
    reindexing="正在更新索引……",
    reindex_progress="正在更新索引：{done}/{total}",
    reindex_failed="索引没有更新：{reason}",
    command_ask="提问",
    command_help="怎么用",
    command_start="开始",
    command_reindex="更新索引",
)
