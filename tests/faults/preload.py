"""What every killed program would import and load anew: done once, in the server they fork from."""

from __future__ import annotations

import faiss  # noqa: F401
import opencc  # noqa: F401
import rjieba
import yaml  # noqa: F401

import tests.faults.victim  # noqa: F401
from index.lexical.folding import fold

fold("預先載入")
rjieba.cut("预先载入")
