"""Classes so broad that they link everything with everything; they stay in the graph, marked as generic.

Named by hand, and not by how many papers name a thing: in a corpus on vision ImageNet is in every tenth paper and
still says something about each. A name belongs here when "both use it" says nothing about two papers, whatever type a
paper gives it. Checked on a graph of 60,000 papers, where all that more than one paper in 500 names was looked at.
"""

from kg.link.keys import name_key
from kg.link.known import known
from kg.link.resolve import GROUPS

NAMES = (
    # models, training
    "AI model", "artificial intelligence", "artificial neural network", "baseline", "classifier", "deep learning",
    "deep learning model", "deep model", "deep network", "deep neural network", "DNN", "ensemble", "fine-tune",
    "fine-tuned", "fine-tuning", "foundation model", "generative AI", "generative model", "language model",
    "large language model", "large language model agent", "large model", "large multimodal model",
    "large vision-language model", "LLM agent", "machine learning", "machine learning model", "ML model",
    "multimodal large language model", "neural model", "neural network", "optimization", "PLM", "post-training",
    "pre-trained", "pre-trained language model", "pre-trained model", "pre-training", "probabilistic model",
    "prompt engineering", "prompting", "regularization", "statistical model", "supervised fine-tuning",
    "supervised learning", "training", "transformer-based model", "vision-language model",
    # data
    "benchmark", "corpus", "dataset", "knowledge base", "knowledge graph", "test set", "training set", "web",
    # measures
    "accuracy", "accuracy score", "average accuracy", "classification accuracy", "complexity", "computation time",
    "computational complexity", "computational cost", "computational efficiency", "computational overhead",
    "computational time", "cost", "detection accuracy", "efficiency", "energy consumption", "error", "error rate",
    "inference cost", "inference latency", "inference speed", "inference time", "latency", "memory",
    "memory consumption", "memory footprint", "memory usage", "overall accuracy", "performance", "precision",
    "prediction accuracy", "predictive accuracy", "recall", "robustness", "runtime", "score", "speed", "speedup",
    "success rate", "test accuracy", "throughput", "training cost", "training time",
    # tasks
    "classification", "detection", "downstream task", "few-shot", "generalization", "generation", "inference",
    "learning", "natural language processing", "NLP task", "prediction", "reasoning", "regression", "segmentation",
    "understanding", "zero-shot",
)  # fmt: skip
GENERIC: frozenset[str] = frozenset(
    f"{group}:{known(group, name_key(name))}" for group in GROUPS.values() for name in NAMES
)
"""The ids of the generic entities."""
