"""One contestant of `tests.bench.rivals`, run in a virtual environment of its own.

    python contestant.py NAME index|cold|warm FOLDER

FOLDER holds `settings.json` (checkpoint, texts, questions, and the reports the texts come from).
Prints a JSON object. Nothing of the project is imported but by the contestant that is it.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


class Contestant(Protocol):
    """Indexes texts into a folder, and finds the best one for a question."""

    def build(self, texts: list[str]) -> None: ...
    def load(self) -> None: ...
    def retrieve(self, question: str) -> str: ...
    def answer(self, question: str) -> str: ...


class Plain:
    """sentence-transformers and FAISS, as their own pages show it."""

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self.folder = folder
        self.model = SentenceTransformer(settings["checkpoint"], device="cpu")

    def build(self, texts: list[str]) -> None:
        import faiss

        vectors = self.model.encode_document(texts, normalize_embeddings=True)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(self.folder / "faiss.index"))
        (self.folder / "texts.json").write_text(json.dumps(texts), "utf-8")

    def load(self) -> None:
        import faiss

        self.index = faiss.read_index(str(self.folder / "faiss.index"))
        self.texts = json.loads((self.folder / "texts.json").read_text("utf-8"))

    def retrieve(self, question: str) -> str:
        vector = self.model.encode_query([question], normalize_embeddings=True)
        _, rows = self.index.search(vector, 5)
        return str(self.texts[rows[0][0]])

    def answer(self, question: str) -> str:
        sentences = SENTENCE.findall(self.retrieve(question))
        said = self.model.encode_document(sentences, normalize_embeddings=True)
        asked = self.model.encode_query([question], normalize_embeddings=True)[0]
        return str(sentences[int((said @ asked).argmax())])


class Txtai:
    """txtai with its defaults, but for the model."""

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        from txtai import Embeddings

        self.folder = folder
        self.embeddings = Embeddings(
            path=settings["checkpoint"],
            method="sentence-transformers",
            instructions={"query": "query: ", "data": "passage: "},
            content=True,
            gpu=False,
        )

    def build(self, texts: list[str]) -> None:
        self.embeddings.index(texts)
        self.embeddings.save(str(self.folder / "index"))

    def load(self) -> None:
        self.embeddings.load(str(self.folder / "index"))

    def retrieve(self, question: str) -> str:
        return str(self.embeddings.search(question, 5)[0]["text"])

    def answer(self, question: str) -> str:
        sentences = SENTENCE.findall(self.retrieve(question))
        return str(sentences[self.embeddings.similarity(question, sentences)[0][0]])


class LlamaIndex:
    """LlamaIndex with its FAISS store."""

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        from llama_index.core import Settings
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self.folder = folder
        self.model = HuggingFaceEmbedding(
            model_name=settings["checkpoint"],
            query_instruction="query: ",
            text_instruction="passage: ",
            device="cpu",
        )
        Settings.embed_model = self.model

    def build(self, texts: list[str]) -> None:
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.schema import TextNode
        from llama_index.vector_stores.faiss import FaissVectorStore

        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(384))
        context = StorageContext.from_defaults(vector_store=store)
        index = VectorStoreIndex([TextNode(text=text) for text in texts], storage_context=context)
        index.storage_context.persist(str(self.folder))

    def load(self) -> None:
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        store = FaissVectorStore.from_persist_dir(str(self.folder))
        context = StorageContext.from_defaults(vector_store=store, persist_dir=str(self.folder))
        self.retriever = load_index_from_storage(context).as_retriever(similarity_top_k=5)

    def retrieve(self, question: str) -> str:
        return str(self.retriever.retrieve(question)[0].node.get_content())

    def answer(self, question: str) -> str:
        sentences = SENTENCE.findall(self.retrieve(question))
        said = self.model.get_text_embedding_batch(sentences)
        asked = self.model.get_query_embedding(question)
        return str(nearest(sentences, said, asked))


class LangChain:
    """LangChain with its FAISS store."""

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        self.folder = folder
        self.model = HuggingFaceEmbeddings(
            model_name=settings["checkpoint"],
            model_kwargs={"device": "cpu"},
            encode_kwargs={"normalize_embeddings": True, "prompt": "passage: "},
            query_encode_kwargs={"normalize_embeddings": True, "prompt": "query: "},
        )

    def build(self, texts: list[str]) -> None:
        from langchain_community.vectorstores import FAISS

        FAISS.from_texts(texts, self.model).save_local(str(self.folder))

    def load(self) -> None:
        from langchain_community.vectorstores import FAISS

        self.store = FAISS.load_local(
            str(self.folder), self.model, allow_dangerous_deserialization=True
        )

    def retrieve(self, question: str) -> str:
        return str(self.store.similarity_search(question, k=5)[0].page_content)

    def answer(self, question: str) -> str:
        sentences = SENTENCE.findall(self.retrieve(question))
        return str(
            nearest(
                sentences, self.model.embed_documents(sentences), self.model.embed_query(question)
            )
        )


class Baogao:
    """This project: it reads the files, understands the question, searches twice, and reads."""

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        from dataclasses import replace

        from bot.config.loading import load_config
        from bot.service import Service

        config = replace(
            load_config(None, folder), reports=Path(settings["reports"]), state=folder / "state"
        )
        self.service = Service(config)
        _ = self.service.encoder

    def build(self, texts: list[str]) -> None:
        changes = self.service.bring_up_to_date()
        if changes.passages != len(texts):
            raise SystemExit(f"{changes.passages} passages, not {len(texts)}")

    def load(self) -> None:
        self.engine = self.service.opened().engine

    def retrieve(self, question: str) -> str:
        found = self.engine._retriever.find(self.engine.understand(question))
        return str(found.ranked[0].candidate.passage.text)

    def answer(self, question: str) -> str:
        return self.service.ask(question).passages[0].words


def nearest(sentences: list[str], said: list[list[float]], asked: list[float]) -> str:
    """Return the sentence whose vector is nearest."""
    scores = [sum(a * b for a, b in zip(one, asked, strict=True)) for one in said]
    return sentences[scores.index(max(scores))]


CONTESTANTS: dict[str, Callable[[dict[str, Any], Path], Contestant]] = {
    "baogao": Baogao,
    "sentence-transformers": Plain,
    "txtai": Txtai,
    "llamaindex": LlamaIndex,
    "langchain": LangChain,
}


def main() -> None:
    name, mode, root = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    settings = json.loads((root / "settings.json").read_text("utf-8"))
    folder = root / name
    folder.mkdir(exist_ok=True)
    contestant = CONTESTANTS[name](settings, folder)
    if mode == "index":
        start, before = time.perf_counter(), time.process_time()
        contestant.build(settings["texts"])
        used = time.process_time() - before
        print(json.dumps({"seconds": time.perf_counter() - start, "processor": used}))
        return
    contestant.load()
    questions = settings["questions"]
    if mode == "cold":
        print(json.dumps({"answer": contestant.answer(questions[0])}))
        return
    for question in questions[:3]:
        contestant.answer(question)
    print(
        json.dumps(
            {
                "retrieve": [timed(contestant.retrieve, question) for question in questions],
                "answer": [timed(contestant.answer, question) for question in questions],
            }
        )
    )


def timed(ask: Any, question: str) -> float:
    """Return the milliseconds of one question."""
    start = time.perf_counter()
    ask(question)
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
