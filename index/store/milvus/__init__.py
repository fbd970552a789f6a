"""The store on Milvus: a local file (milvus-lite) or a cluster, by its address.

A generation is two collections: its passages, each with a dense vector and its BM25 weights as a
sparse one, and its texts, which are everything else. Bots on other machines thus answer from the
same index, and nothing of it is on their own disks. The weights are worked out here, as in the
embedded store: the scores are the same, and Milvus need not know how to cut Chinese.
"""
