"""The clause tree, in whatever numbering."""

from checklists.plans.tree import divides_work, read_tree
from checklists.plans.words import plain, words_hash

PLAN = """晨曦市幼儿园提升行动计划
（征求意见稿）
为了孩子，制定本计划。
一、目标
到2030年，全面改善。
二、措施
（一）安全。
1．配备保安。门口设置隔离墩，
并保持完好。
１.关闭大门。
① 每天关门；
② 每晚巡查。
[bookmark: _Hlk1](二)　卫生
第一，洗手。
"""


def sections(text):
    return [clause.section for part in read_tree(text) for clause in part.clauses if clause.path]


def test_numbers_of_every_style_make_one_tree():
    assert sections(PLAN) == [
        *("一、", "二、", "二、（一）", "二、（一）1.", "二、（一）1."),
        *("二、（一）1.①", "二、（一）1.②", "二、（二）", "二、（二）第一，"),
    ]


def test_what_a_paragraph_counts_are_places_of_their_own():
    text = (
        "晨曦县校园方案\n一、任务\n抓好三件事：一是关门。每晚一次；二是登记；三是巡查。\n二、保障\n"
    )

    assert sections(text) == ["一、", "一、一是", "一、二是", "一、三是", "二、"]


def test_a_text_without_a_full_stop_is_read_in_pieces_and_loses_nothing():
    text = "晨曦县校园方案\n" + "，".join(f"第{i}处应当关门" for i in range(500))

    found = [
        each for part in read_tree(text) for clause in part.clauses for each in clause.sentences
    ]

    assert len(found) == 11
    assert "".join(each.signs for each in found) == text.splitlines()[1]
    assert all(
        each.signs[start:end].endswith("关门") for each in found for start, end in each.clauses
    )


def test_articles_and_chapters_make_a_tree_whatever_their_order():
    text = (
        "晨曦省校园条例\n第一章 总则\n第一条 为了安全。\n"
        "第二章 防范\n第二条 学校应当：\n（一）关门；\n（二）登记。\n"
    )

    assert sections(text)[-3:] == ["第二章第二条", "第二章第二条（一）", "第二章第二条（二）"]


def test_headings_are_kept_above_what_stands_under_them():
    clause = next(each for each in read_tree(PLAN)[0].clauses if each.section == "二、（一）1.")

    assert clause.headings == ("措施", "安全", "配备保安")
    assert [each.is_heading for each in clause.sentences] == [True, False]


def test_a_broken_line_is_joined_and_offsets_stay_those_of_the_text():
    clause = next(each for each in read_tree(PLAN)[0].clauses if each.section == "二、（一）1.")
    sentence = clause.sentences[1]

    start, end = sentence.view.place(0, len(sentence.signs))

    assert sentence.signs == "门口设置隔离墩，并保持完好。"
    assert PLAN[start:end] == "门口设置隔离墩，\n并保持完好。"


def test_wrapped_lines_of_a_pdf_are_joined():
    lines = [
        "一、安全",
        "幼儿园应当在大门外设置硬质的隔离设施并且在孩子来",
        "园离园的时候安排保安员在岗值守不得脱离岗位也不得做",
        "别的事。",
    ]

    told = [
        each.signs for clause in read_tree("\n".join(lines))[0].clauses for each in clause.sentences
    ]

    assert told == ["安全", "".join(lines[1:])]


def test_a_title_in_the_middle_begins_a_new_document():
    body = "一、措施\n" + "各园应当配备保安员。" * 10 + "\n"
    text = f"晨曦市幼儿园方案\n{body}晨曦市普通高中发展\n行动计划\n{body}"

    assert [part.title for part in read_tree(text)] == [
        "晨曦市幼儿园方案",
        "晨曦市普通高中发展行动计划",
    ]


def test_an_annex_is_named_and_a_list_of_annexes_is_none():
    body = "一、措施\n" + "各园应当配备保安员。" * 10 + "\n"
    text = (
        f"晨曦市方案\n{body}附件：1.晨曦市教师计划\n2.晨曦市学位方案\n附件1\n晨曦市教师计划\n{body}"
    )

    parts = read_tree(text)

    assert [(part.title, part.annex) for part in parts] == [
        ("晨曦市方案", ""),
        ("晨曦市教师计划", "附件1"),
    ]


def test_a_table_of_divided_work_is_no_clause():
    text = (
        "晨曦市方案\n一、措施\n各园应当配备保安员。\n分工表\n\t序号\n\t任务\n\t牵头单位\n"
        "\t1\n\t配备保安\n\t市教育局\n二、其他\n全文完。"
    )

    part = read_tree(text)[0]

    assert divides_work(part.cells)
    assert [clause.section for clause in part.clauses] == ["", "一、", "二、"]


def test_what_a_table_of_measures_says_is_read():
    text = (
        "晨曦市方案\n一、措施\n各园应当努力。\n\t序号\t措施\n"
        "\t1\t幼儿园专任教师大专以上学历比例达到八成以上并逐年提高。\n"
    )

    assert read_tree(text)[0].clauses[-1].section == "表"


def test_a_stop_inside_brackets_ends_no_sentence():
    told = read_tree("各园应当关门（含侧门。下同）并登记。另行巡查。")[0].clauses[0].sentences

    assert len(told) == 2


def test_the_hash_of_words_overlooks_white_space_and_residue():
    assert words_hash("配备 保安\n员") == words_hash("配备保安员")
    assert plain("[bookmark: _x]配备　保安\n— 3 —\n员") == "配备保安员"
