"""What every room may refuse, as a sentence in two languages and its facts.

An error knows no HTTP: the shell's catalogue (`service/problems.py`) gives each class its status.
A sentence says what is wrong and what to do about it.
"""

from typing import Any, ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """The ancestor of everything the service refuses on purpose.

    Subclasses give `zh` and `en`, format strings over the facts that they are raised with.
    A fact that is itself words is a pair of them, Chinese and English.
    """

    zh: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """Return the sentence in `zh` or `en` with its facts filled in."""
        which = 0 if language == "zh" else 1
        facts = {
            name: fact[which] if isinstance(fact, tuple) else fact
            for name, fact in self.facts.items()
        }
        return (self.zh, self.en)[which].format_map(facts)


class NotFound(Refusal):
    """There is no such thing, or none within the asker's scope: the two look the same."""

    zh = "没有找到该{what}，或您无权查看。请核对编号。"
    en = "There is no such {what}, or it is not yours to see. Check the identifier."


class NotPermitted(Refusal):
    zh = "您无权执行此操作：{why}。请联系有权限的人员办理。"
    en = "You may not do this: {why}. Ask somebody who may."


class StaleRevision(Refusal):
    """The writer saw an older state (RFC 9110, 13.1.1: If-Match)."""

    zh = "该记录已被他人修改（您看到的是第 {seen} 版，现在是第 {current} 版）。请重新读取后再试。"
    en = (
        "Somebody changed this since (you saw revision {seen}, it is now {current}). Reload, retry."
    )


class IdTaken(Refusal):
    """The same client-made id came again with other content; the first stays."""

    zh = "编号 {id} 已用于内容不同的{what}，先前的内容保持不变。请使用新的编号。"
    en = "The id {id} already names another {what}, which stays as it is. Use a new id."


class BadValue(Refusal):
    """One field holds a value that the wire shape allows and the domain does not."""

    zh = "字段 {field} 的值不可用：{why_zh}"
    en = "The value of {field} cannot be used: {why_en}"


class RevisionMissing(Refusal):
    """A write must name the revision that it saw (RFC 6585, 3)."""

    zh = '请在 If-Match 中写明您看到的版本号，例如 "3"，以免覆盖他人的修改。'
    en = 'Name the revision that you saw in If-Match, such as "3", so that no change is lost.'


def must_be_current(seen: int | None, current: int) -> None:
    """Raise RevisionMissing or StaleRevision unless the writer saw the current revision."""
    if seen is None:
        raise RevisionMissing
    if seen != current:
        raise StaleRevision(seen=seen, current=current)
