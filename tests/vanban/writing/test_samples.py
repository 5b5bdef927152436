"""The invented plan in samples/: its data and its Word file agree, and it says what it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vanban.writing.examples import REPORT, lines, parts
from vanban.writing import Paper, paper_as_json, paper_from_json, write_docx

SAMPLES = Path(__file__).parents[3] / "samples"
SOURCES = sorted(SAMPLES.glob("*.json"))


def paper(source: Path) -> Paper:
    return paper_from_json(json.loads(source.read_text(encoding="utf-8")))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_word_file_is_the_one_its_data_give(source: Path) -> None:
    # the parts and not the archive: two versions of zlib may pack the same part differently
    assert parts(write_docx(paper(source))) == parts(source.with_suffix(".docx").read_bytes())


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_sample_says_that_it_is_invented(source: Path) -> None:
    head = [text for _, text in lines(write_docx(paper(source)))][:12]
    assert "VĂN BẢN MẪU - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in head


def test_every_word_file_has_its_data() -> None:
    assert [path.stem for path in sorted(SAMPLES.glob("*.docx"))] == [path.stem for path in SOURCES] != []


def test_plain_values_give_the_paper_back() -> None:
    plain = json.loads(json.dumps(paper_as_json(REPORT)))
    assert paper_from_json(plain) == REPORT
    assert paper_as_json(paper_from_json(plain)) == plain


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(TypeError):
        paper_from_json({**paper_as_json(REPORT), "stamp": "red"})


def test_the_command_writes_the_same_file(tmp_path: Path) -> None:
    source, target = tmp_path / "paper.json", tmp_path / "paper.docx"
    source.write_text(json.dumps(paper_as_json(REPORT)), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "vanban.writing", source, target], check=True)
    assert target.read_bytes() == write_docx(REPORT)
