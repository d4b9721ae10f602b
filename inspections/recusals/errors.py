"""What the room of recusals refuses."""

from media.refusals import Refusal


class OwnRecusal(Refusal):
    zh = "回避须由本人以外的监督人员解除。"
    en = "A supervisor other than the person recused ends a recusal."


class RecusalEnded(Refusal):
    zh = "该回避已解除。请刷新后查看。"
    en = "The recusal has ended already. Load it again."
