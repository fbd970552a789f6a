"""A bot whose index is on a Milvus that is away."""

from __future__ import annotations

from pathlib import Path

from tests.support.school import QUESTION, school

ADDRESS = "http://127.0.0.1:9"


def test_a_milvus_that_is_away_is_said_to_the_asker_and_explained_to_the_admin(
    tmp_path: Path,
) -> None:
    settings = {"store": "milvus", "milvus": {"uri": ADDRESS}}
    with school(tmp_path / "home", settings=settings) as made:
        teacher = made.server.user("王老师", language_code="zh-hans")
        admin = made.server.user("Secretary", language_code="zh-hans")
        group = made.server.supergroup("教师群", members=[teacher, admin])
        made.telegram = {"admins": [admin.id], "groups": [group.id]}
        made.start()
        said = made.server.wait_for_reply(group.send(teacher, f"/ask {QUESTION}")).text
        assert "资料库暂时连接不上" in said
        assert ADDRESS not in said
        said = made.server.wait_for_reply(group.send(admin, f"/ask {QUESTION}")).text
        assert ADDRESS in said
        assert "连接不上" in said
        assert "Traceback" not in made.log
        made.stop()
