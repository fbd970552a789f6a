"""Makes a sentence-transformers model of a few kilobytes: ordinary, but untrained."""

from __future__ import annotations

from pathlib import Path

TEXT = "书记带头上思政课十二节党员教师培训学生负担减轻食堂窗口运动会年度工作总结问题回答"


def write_tiny_model(folder: Path) -> Path:
    """A BERT of two layers with mean pooling and prompts; always the same weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    pieces = {
        piece: number for number, piece in enumerate([*special, *sorted(set(TEXT)), "?", ":"])
    }
    tokenizer = Tokenizer(models.WordLevel(pieces, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    with torch.random.fork_rng():
        torch.manual_seed(7)
        bert = BertModel(
            BertConfig(
                vocab_size=len(pieces),
                hidden_size=32,
                num_hidden_layers=2,
                num_attention_heads=2,
                intermediate_size=64,
                max_position_embeddings=64,
            )
        )
    plain = folder / "bert"
    bert.save_pretrained(plain)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=64,
    ).save_pretrained(plain)
    transformer = Transformer(str(plain))
    model = SentenceTransformer(
        modules=[transformer, Pooling(32, "mean")],
        prompts={"query": "问题:", "document": "回答:"},
        device="cpu",
    )
    model.save(str(folder / "tiny"))
    return folder / "tiny"
