"""People find the milestones of the built-in roadmap by the words their field uses."""

from functools import cache

import pytest

from roadmap.bootstrap import BUILT_IN
from roadmap.domain.learning.searches import SearchedTexts, searched_texts, words_of
from roadmap.imports.outlines import read_outline

TERMS = {
    "docker": "containerise-program",
    "pandas": "wrangle-table",
    "numpy": "speed-up-array-code",
    "llm": "call-language-model",
    "prompt": "call-language-model",
    "embeddings": "search-by-meaning",
    "overfitting": "design-evaluation",
    "svm": "train-first-classifier",
    "random forest": "fit-boosted-trees",
    "cnn": "classify-images",
    "mlflow": "track-experiments",
    "ci/cd": "automate-checks",
    "backpropagation": "derive-gradients",
    "bayes": "reason-with-chance",
    "clustering": "find-structure",
    "confidence interval": "quantify-uncertainty",
    "data cleaning": "wrangle-table",
    "a/b test": "analyse-experiment",
    "ethics": "assess-impact",
    "rag": "answer-from-documents",
    "fastapi": "serve-over-http",
    "exercism": "write-first-programs",
    "git": "use-version-control",
    "sql": "query-with-sql",
    "kubernetes": "run-on-kubernetes",
    "pytorch": "train-with-pytorch",
    "tensorflow": "train-with-tensorflow",
    "terraform": "describe-infrastructure",
    "gradient boosting": "fit-boosted-trees",
    "cross-validation": "design-evaluation",
    "feature store": "align-features",
    "transformers": "build-small-transformer",
    "lora": "adapt-pretrained-network",
    "rlhf": "learn-from-feedback",
    "quantization": "shrink-model",
    "differential privacy": "train-with-differential-privacy",
    "drift": "monitor-model",
    "spark": "build-data-pipeline",
    "kafka": "align-features",
    "diffusion": "generate-images",
    "vertex ai": "deploy-on-google-cloud",
}


@cache
def texts() -> dict[str, SearchedTexts]:
    outline = read_outline(BUILT_IN.read_bytes())
    return {
        key: searched_texts(milestone, outline.skill_of[key]) for key, milestone in outline.milestones.items()
    }


def first_for(term: str) -> str | None:
    """Return the key of the milestone that a search shows first."""
    words = words_of(term)
    ranks = {key: text.rank(words) for key, text in texts().items()}
    hits = [key for key, rank in ranks.items() if rank is not None]
    return min(hits, key=lambda key: ranks[key] or 0, default=None)


@pytest.mark.parametrize(("term", "key"), TERMS.items())
def test_a_usual_term_finds_its_milestone_first(term: str, key: str) -> None:
    assert first_for(term) == key


@pytest.mark.parametrize(
    "term",
    [
        "terraform",
        "Slo",
        "FINE TUNING",
        "k-means",
        "k means",
        "“A/B test”",
        "Llm",
        "bayes' rule",
        "Bayes’ rule",
    ],
)
def test_words_are_found_however_they_are_written(term: str) -> None:
    assert first_for(term.strip("“”"))


def test_what_is_inside_a_word_is_not_found() -> None:
    assert texts()["write-model-card"].rank(("ard",)) is None
    assert first_for("slo") == "set-service-objectives"
