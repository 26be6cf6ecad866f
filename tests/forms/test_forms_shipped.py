"""The forms that come along are whole, in Swedish and English."""

import textwrap
from pathlib import Path

import pytest

from matrikel_forms import Form, coverage, load, text_of, texts_of, translation_file, with_wording
from matrikel_forms.cli import main
from matrikel_forms.declared.texts import hash_of

FORMS = {form.id: form for form in load(Path(__file__).parents[2] / "definitions" / "instruments")}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_promised_language_is_complete_and_fresh(form: Form) -> None:
    counts = coverage(form)
    assert "en" in form.languages
    for lang in form.languages:
        assert counts[lang]["fresh"] == len(texts_of(form, lang)), (lang, counts[lang])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_file_of_a_translator_is_the_one_that_lies_there(form: Form) -> None:
    for lang in set(form.wordings) - {"sv"}:
        assert Path(form.path).with_suffix(f".{lang}.toml").read_text(encoding="utf-8") == translation_file(form, lang)


def test_an_official_wording_changes_the_text_and_never_the_logic(tmp_path: Path) -> None:
    audit = FORMS["audit"]
    file = tmp_path / "who.toml"
    file.write_text('language = "sv"\nlicence = "WHO"\n[texts]\nitem.memory.text = "Ordagrant"\n', encoding="utf-8")
    worded = with_wording(audit, file)
    assert str(text_of(worded, "item.memory.text", "sv")) == "Ordagrant"
    assert worded.logic_hash == audit.logic_hash
    assert worded.text_hash != audit.text_hash
    assert text_of(worded, "item.memory.text", "en").state == "stale"
    assert text_of(worded, "item.injury.text", "en").state == "fresh"


def test_a_translation_is_a_draft_until_somebody_has_approved_it_and_falls_back_to_swedish(tmp_path: Path) -> None:
    path = Path(FORMS["audit"].path)
    (tmp_path / "audit.toml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    swedish = FORMS["audit"].wordings["sv"].texts["name"]
    (tmp_path / "audit.fa.toml").write_text(
        f'[texts]\nname = "الکل"\n[made_from]\nname = "{hash_of(swedish)}"\n', encoding="utf-8"
    )
    form = load(tmp_path / "audit.toml")[0]
    name, purpose = text_of(form, "name", "fa"), text_of(form, "purpose", "fa")
    assert (name.state, name.lang, name.is_right_to_left) == ("draft", "fa", True)
    assert (purpose.state, purpose.lang, purpose.is_right_to_left) == ("missing", "sv", False)
    assert form.logic_hash == FORMS["audit"].logic_hash


def test_the_example_of_the_guide_is_a_good_form(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-form.md"
    example = textwrap.dedent(guide.read_text(encoding="utf-8").split("```toml\n")[1].split("   ```")[0])
    (tmp_path / "home_visit.toml").write_text(example, encoding="utf-8")
    [form] = load(tmp_path)
    assert list(form.items) == ["interpreter", "booked_on", "child_age"]


def test_the_shell_tells_faults_and_writes_the_file_of_a_translator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hme.toml"
    text = Path(FORMS["hme"].path).read_text(encoding="utf-8")
    file.write_text(text.replace("least = 1", "least = 9", 1), encoding="utf-8")
    assert main(["--lang", "sv", "check", str(file)]) == 1
    assert "rätta någon av dem" in capsys.readouterr().err
    file.write_text(text, encoding="utf-8")
    assert main(["texts", str(file), "--write", "prs"]) == 0
    written = (tmp_path / "hme.prs.toml").read_text(encoding="utf-8")
    swedish = FORMS["hme"].wordings["sv"].texts["name"]
    assert f'# {swedish}\nname = ""\n' in written
    (tmp_path / "hme.prs.toml").write_text(written.replace('name = ""', 'name = "تعهد"', 1), encoding="utf-8")
    assert coverage(load(file)[0])["prs"] == {"fresh": 0, "draft": 1, "stale": 0, "missing": 32}
    file.write_text(text.replace(f'name = "{swedish}"', 'name = "Nytt namn"', 1), encoding="utf-8")
    [form] = load(file)
    assert coverage(form)["prs"]["stale"] == 1
    assert '# CHANGED: Nytt namn\nname = "تعهد"\n' in translation_file(form, "prs")
    assert main(["texts", str(file), "--write", "sv"]) == 1
    assert main(["check", str(tmp_path / "nowhere")]) == 1
