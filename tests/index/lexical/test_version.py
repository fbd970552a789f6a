"""The terms of fixed texts, by the version of the terms."""

from __future__ import annotations

import hashlib
import json

from corpus.report import Passage
from index.lexical.fields import dense_text, lexical_terms
from index.lexical.postings import Postings
from index.lexical.version import LEXICAL_VERSION
from index.lexical.vocabulary import Vocabulary

TEXTS = (
    "二〇二一年，书记带头上思政课12节，开展党史学习教育，组织党员志愿服务活动五次。",
    "「減輕學生負擔」的效果還不夠明顯，個別教師習慣多講多練；師德師風建設仍需加強。",
    "經費１５，０００元（15,000.50），出席人数分别为120，135，128人，占全校的 96.5%。",
    "School-based curriculum ABC；OK？ e5-small、Ｗｏｒｄ文档",
    "",
)
GOLDEN = {1: "874b225c543557c2936e64f2c8c77537c0ae00233933205e63b8333f0ad4b5ad"}
"""SHA-256 of what the index makes of the texts, by version."""


def test_other_terms_have_another_version() -> None:
    """Where this fails, texts have other terms than before: raise LEXICAL_VERSION, add a line."""
    passages = [Passage("a:1:1", "a", "a", None, TEXTS[:1], 1, 1, t, 0, len(t)) for t in TEXTS]
    cut = [lexical_terms(passage) for passage in passages]
    digest = hashlib.sha256(json.dumps([cut, list(map(dense_text, passages))]).encode())
    digest.update(Postings.build(cut).to_bytes())
    digest.update(Vocabulary.of(TEXTS).to_bytes())
    assert GOLDEN[LEXICAL_VERSION] == digest.hexdigest()
