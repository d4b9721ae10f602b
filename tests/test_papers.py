"""Papers over HTTP: who gets which, what goes on record, and what the public may verify."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from inspections.bureaus.model import Measure, Rung
from inspections.ladder.store import EscalationStore
from inspections.ladder.workflow import climb, of_notice
from media.checkpoints.errors import KeyExists
from media.papers import actions
from service.demonstration import identity
from tests.access_world import found_abuse
from tests.builders import CALENDAR
from tests.steps_world import notice_in, visit_in

A_LONG_TIME = timedelta(days=99999)

pytestmark = pytest.mark.skipif(actions.HTML is None, reason="libpangoft2-1.0-0 is missing")


@pytest.fixture(scope="module")
def notice(stage):
    visit = visit_in(stage, "approved", kindergarten_id=identity("kindergarten-1"))
    return notice_in(stage, "served", inspection_id=visit.id, number="990102教整改〔2026〕7号")


def fetch(caller, path, **query):
    return caller.call("GET", f"papers/{path}", query_string=query)


def code_on(answer):
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return words.split("核验码")[1].split()[0]


def test_a_notice_comes_as_pdf_and_as_a_page_and_the_public_verifies_it(stage, notice):
    printed = fetch(stage.supervisor, f"notice/{notice.id}")
    page = fetch(stage.supervisor, f"notice/{notice.id}", format="html")

    assert printed.status_code == page.status_code == 200
    assert printed.content_type == "application/pdf"
    code = code_on(printed)
    assert code in page.text
    told = stage.nobody.get(f"verify/{code}")
    assert (told["code"], told["number"]) == (code, "990102教整改〔2026〕7号")
    assert "演示" not in str(told).replace(told["issuer"], "")  # nothing of the party


def test_the_public_page_has_no_script_and_says_when_there_is_no_such_paper(stage, notice):
    code = code_on(fetch(stage.supervisor, f"notice/{notice.id}"))

    known = stage.nobody.call("GET", f"/verify/{code.lower()}")
    unknown = stage.nobody.call("GET", "/verify/AAAAA-<b>")

    assert (known.status_code, unknown.status_code) == (200, 404)
    assert "本系统确有此文书" in known.text
    assert "&lt;b&gt;" in unknown.text
    assert "script" not in known.text
    policy = known.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_copy_prints_the_checkpoint_of_the_day_that_it_was_first_made_out(stage):
    visit = visit_in(stage, "approved", kindergarten_id=identity("kindergarten-1"))
    notice = notice_in(stage, "served", inspection_id=visit.id, number="990102教整改〔2026〕8号")
    with suppress(KeyExists):
        stage.rooms.checkpoints.create_key(now=stage.clock())
    made = stage.rooms.checkpoints.make(now=stage.clock(), even_if_idle=True)

    first = fetch(stage.supervisor, f"notice/{notice.id}")
    stage.rooms.checkpoints.make(now=stage.clock(), even_if_idle=True)
    later = fetch(stage.supervisor, f"notice/{notice.id}")

    words = "".join(page.extract_text() for page in PdfReader(BytesIO(first.data)).pages)
    assert f"{made.id}：{made.digest()}" in words.replace("\n", "")
    assert later.data == first.data


def test_the_same_paper_printed_again_is_the_same_file_and_one_entry(stage, notice):
    one = fetch(stage.supervisor, f"notice/{notice.id}")
    two = fetch(stage.inspector, f"notice/{notice.id}")
    by_director = fetch(stage.director, f"notice/{notice.id}")

    assert one.data == two.data == by_director.data
    verbs = [each.verb for each in stage.rooms.custody.history(f"case:{notice.case_id}")]
    assert verbs.count("paper_made") == 1


def test_who_may_not_read_the_notice_gets_no_paper_of_it(stage, notice):
    hidden = notice_in(stage, "issued", inspection_id=notice.inspection_id)

    assert fetch(stage.director, f"notice/{hidden.id}").status_code == 404
    assert fetch(stage.admin, f"notice/{notice.id}").status_code == 403
    assert fetch(stage.nobody, f"notice/{notice.id}").status_code == 401
    assert fetch(stage.director, f"inspection_record/{notice.inspection_id}").status_code == 404
    assert fetch(stage.supervisor, f"nonsense/{notice.id}").status_code == 404


def test_a_draft_is_printed_as_one_and_not_kept(stage, notice):
    draft = notice_in(stage, "draft", inspection_id=notice.inspection_id)
    before = stage.rooms.database.papers.count_documents({})

    page = fetch(stage.supervisor, f"notice/{draft.id}", format="html")

    assert "草稿" in page.text
    assert stage.rooms.database.papers.count_documents({}) == before


def test_a_record_is_made_of_a_visit(stage, notice):
    answer = fetch(stage.inspector, f"inspection_record/{notice.inspection_id}")

    assert answer.status_code == 200
    assert "现场检查记录" in PdfReader(BytesIO(answer.data)).pages[0].extract_text()


def test_of_a_sealed_case_who_is_not_named_gets_no_paper(stage):
    officers = [stage.inspector.account["id"], stage.inspector2.account["id"]]
    case, _ = found_abuse(stage, officers)

    assert fetch(stage.inspector, f"veto_decision/{case}").status_code == 200
    assert fetch(stage.supervisor, f"veto_decision/{case}").status_code == 404


def test_a_year_without_a_decision_is_a_draft(stage, notice):
    path = f"annual_review/{notice.kindergarten_id}.2026"

    assert "草稿" in fetch(stage.supervisor, path, format="html").text
    for wrong in ("annual_review/x.2026", "annual_review/2026", "annual_review/x.20x6"):
        assert fetch(stage.supervisor, wrong).status_code == 404


def test_an_interview_is_put_on_paper_once_it_was_held(stage, notice):
    lapsed = replace(notice, overdue_at=notice.due_at)
    late, ladder = stage.clock() + A_LONG_TIME, (Rung(Measure.FORMAL_INTERVIEW, 0),)
    (due,) = climb(of_notice(lapsed), ladder, (), CALENDAR, now=late).reached
    store = EscalationStore(stage.rooms.database)
    stage.rooms.inspections._transact(lambda tx: store.add(due, tx))

    draft = fetch(stage.supervisor, f"interview_record/{due.id}", format="html")
    body = {
        "held_on": "2026-03-09",
        "text": "要求三日内完成整改",
        "place": "会议室",
        "attendees": [{"name": "园长", "duty": "负责人"}],
    }
    taken = stage.supervisor.post(f"measures/{due.id}/taking", body, revision=1)
    printed = fetch(stage.supervisor, f"interview_record/{due.id}")

    words = PdfReader(BytesIO(printed.data)).pages[0].extract_text()
    assert "草稿" in draft.text
    assert taken["taken"]["number"] in words
    assert "要求三日内完成整改" in words
    assert fetch(stage.director, f"interview_record/{due.id}").status_code == 404


def test_a_bulletin_is_put_on_paper_with_its_figures_and_their_hash(stage):
    body = {
        "id": str(uuid4()),
        "region": "990102",
        "title": "第一季度通报",
        "since": "2026-01-01",
        "until": "2026-03-31",
    }
    drafted = stage.supervisor.post("bulletins", body, wanted=201)
    path = f"bulletin/{drafted['id']}"
    draft = fetch(stage.supervisor, path, format="html")
    published = stage.supervisor2.post(f"bulletins/{drafted['id']}/publication", revision=1)
    printed = fetch(stage.supervisor, path)

    words = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.data)).pages)
    assert "草稿" in draft.text
    assert published["number"] in words
    assert "视频监控联网" in words
    assert fetch(stage.director, path).status_code == 404
