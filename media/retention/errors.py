"""Why evidence is not deleted."""

from media.refusals import Refusal


class CaseHeld(Refusal):
    zh = "本案处于留存保全中，任何证据不得删除。请先由监管员解除保全。"
    en = "The case is under a legal hold; nothing of it is deleted. Have the hold released first."


class CaseOpen(Refusal):
    zh = "本案尚有未办结的检查、通知或案件，证据不得删除。请在办结后再提出。"
    en = "The case has open business; its evidence stays. Propose this once everything is closed."


class NotDue(Refusal):
    zh = "证据 {id} 的保存期至 {until} 届满。请届时再提出，或以个人信息保护为由提出。"
    en = "Evidence {id} is kept until {until}. Propose this then, or for personal data's sake."


class NotOneCase(Refusal):
    zh = "一次只能删除同一案件的证据。请按案件分别提出。"
    en = "One deletion is of one case. Propose one for each case."


class DecidedAlready(Refusal):
    zh = "该删除申请已有决定。请刷新后查看。"
    en = "This deletion is decided. Load it again."


class HoldReleased(Refusal):
    zh = "该保全已解除。请刷新后查看。"
    en = "This hold was released. Load it again."
