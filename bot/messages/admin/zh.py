"""Chinese, for admins."""

from __future__ import annotations

from bot.messages.admin import AdminMessages
from corpus.durable.archive import ArchiveFault

ZH_ADMIN = AdminMessages(
    claim_link="还没有管理员。{minutes}分钟内打开这个链接的人成为管理员（只能用一次）：{link}",
    claimed="您现在是这个机器人的管理员。",
    claim_over="这个链接已经用过或过期了。新的链接在服务器上机器人的日志里。",
    guide_title="还差几步就能用了：",
    guide_done="✅ {text}",
    guide_open="⬜ {text}",
    guide_admin="您是管理员",
    guide_group="把我加进学校的群（按下面的按钮选群，选好就能用）",
    guide_groups="已加进{count}个群",
    guide_report="添加第一份报告（把文件直接发给我）",
    guide_reports="已有{count}份报告：{titles}",
    guide_ready="都好了。老师们在群里这样问：",
    button_add_to_group="把我加进群",
    button_send_report="发第一份报告",
    send_report=(
        "请点输入框旁的📎，选报告文件（Word、PDF 或文本），发到这里。"
        "我先给您看读出了什么，您同意才上线。"
    ),
    start="您好。我用学校的工作报告回答老师们的问题，您是我的管理员。",
    help=(
        "添加报告：把文件直接发给我，看过预览再上线；同名的会替换。\n"
        "/remove 移除一份报告\n"
        "/rollback 撤销：退回到以前的报告\n"
        "/unanswered 没答上的问题，可以补上答案\n"
        "/stats 用得怎么样\n"
        "/selfcheck 在群里发，检查群设置\n"
        "/reindex 服务器上的报告文件改过以后，更新一次\n"
        "提问和老师们一样：私聊直接问，群里用 /ask 问题。"
    ),
    command_id="我的编号",
    your_id="您的编号：{person}（请告诉学校的管理员）",
    ids="本群编号：{chat}\n您的编号：{person}",
    person_asks="{name}（编号 {person}）想向我提问，不在学校的群里，我没有回答。",
    button_allow_person="允许这位老师",
    person_allowed="已允许{name}（编号 {person}）提问。",
    let_in="管理员已允许您提问，请直接写下问题。",
    group_allowed_here="已允许本群。",
    group_not_allowed="我还没有管理员，不能在群里回答（本群编号 {chat}），先退出了。",
    bad_token=(
        "{source} 里的不是令牌。BotFather 给的令牌只有一行，像 123456789:AAE… 这样，请原样复制。"
    ),
    telegram_unreachable=(
        "从这台机器连不上 Telegram（{host}），会一直重试。"
        "如果这里要用代理上网，请在 baogao.yaml 里设置 telegram.proxy。"
    ),
    proxy_unreachable=(
        "经代理 {proxy} 连不上 Telegram（{host}），会一直重试。"
        "请检查代理，或 baogao.yaml 里的 telegram.proxy。"
    ),
    init_language="语言 Language（zh/en）[zh]：",
    init_token="BotFather 给的令牌（在 Telegram 里找 @BotFather，发 /newbot）：",
    init_proxy="上网用的代理，如 http://127.0.0.1:7890；不用就直接回车：",
    init_trying="正在试……",
    init_good="连上了：@{username}",
    init_no_answer="连不上 Telegram。换一个代理再试；令牌留着，不用重填。",
    init_bad_proxy="这不是代理的地址，应该像 http://127.0.0.1:7890 或 socks5://127.0.0.1:1080。",
    init_untried="还没有连上过 Telegram。照样写下设置吗？（y/n）[n]：",
    init_exists="{path} 已经在了，没有改动。要重新设置，请先把它移开。",
    init_ended="没有写下任何设置。",
    init_written="已写好 {config}；令牌在 {token}，只有您能读。",
    init_botfather="机器人的简介和命令菜单，启动时会自己设好。只有下面这些要发给 @BotFather：",
    init_inline="/setinline，选 @{username}，再发：{hint}",
    init_next="然后运行 baogao bot，打开它给的链接，您就是管理员。",
    description=(
        "我用本校的工作报告回答教职工的提问，只引用报告里的原话，并注明出处；报告没写的，我会直说没有。"
    ),
    short_description="用本校工作报告回答教职工的提问，只引原话。",
    inline_hint="写下要问的问题",
    record_added="新增{titles}",
    record_changed="替换或更正{titles}",
    record_removed="移除{titles}",
    record_by="{changes}（{who}）",
    at_the_server="在服务器上",
    files_back="报告文件也一起退回了，以后更新不会变回去。要反悔，再用一次 /rollback。",
    files_missing="这些文件当时没有留下，没能退回：{names}",
    removed_is_kept="文件会留着，以后可以用 /rollback 找回。",
    replaced_is_kept="原来的文件留着，可以用 /rollback 退回。",
    kept_for_rollback="文件留着；更新以后，可以用 baogao rollback 找回。",
    difference="　{before} → {after}",
    differences_more="　……还有{count}处不同",
    paragraphs_added="　新增{count}段",
    paragraphs_removed="　少了{count}段",
    no_difference="　正文没有不同",
    button_tell_groups="告诉群里",
    group_news="新的报告可以查了：{title}。试着问：",
    told_groups="已告诉{count}个群",
    told_already="刚刚告诉过群里了。",
    no_groups="还没有允许的群。",
    another_program=(
        "另一个程序也在用我的令牌，可能是在别处又启动了一个我。我继续回答，那一个会自己退出；"
        "如果不是您启动的，请到 @BotFather 用 /revoke 换一个令牌。"
    ),
    backed_up="已备份到 {path}：{count}份报告，连同更正、聊天记录和设置过的内容。令牌不在里面。",
    restored=("已从 {path} 恢复{count}个报告文件和聊天记录。运行 baogao index 后生效。"),
    kept_before_restore="原来的内容先备份到了 {path}。",
    not_empty="{folder} 里已有报告，或已有聊天记录。确要替换，请加 --replace（会先把现有的备份）。",
    bad_archive="无法使用备份 {path}：{reason}。没有改动任何东西。",
    archive_faults={
        ArchiveFault.MISSING: "没有这个文件",
        ArchiveFault.NOT_ONE: "不是 baogao 的备份",
        ArchiveFault.DAMAGED: "已损坏，校验和不符",
        ArchiveFault.NEWER: "由更新的版本写成，请升级 baogao",
    },
    unwritable="无法写入 {folder}（程序以用户 {user} 运行）。在服务器上运行：{command}",
    numbered="{number}. {text}",
    choose_question="按编号处理一个问题。",
    choose_passage="哪一段能回答？按编号，以后就用这一段回答：",
    choose_again="请重新选一段。",
    no_passage="没有找到相近的段落，换个说法找找看。",
    button_search="换个说法找",
    button_alias="加简称",
    button_dismiss="不用管",
    ask_words="请回复报告里可能用的说法。",
    ask_alias="请回复“简称=全称”，例如：小禾=青禾先锋。",
    attached="以后问“{question}”，就引用这一段：",
    alias_added="已记下：{key} = {words}",
    answered_now="现在能回答“{question}”了。",
    still_not="“{question}”还是没有答上。",
    question_done="这个问题已经处理过了。",
    attached_lost="您补过答案的这些问题，所引的段落已不在报告里，请看 /unanswered：{questions}",
    mention_wanted="再试一件事：请在两分钟内，在这里单独发一条“@{username} 测试”。",
    mention_arrived="收到了：在本群 @我 提问，我看得到",
    mention_missing=(
        "两分钟里没有收到 @我 的消息。如果您发了，就是 Telegram 没有转给我："
        "请大家用 /ask 问题，或回复我的消息来提问"
    ),
)
