"""What the room of tips refuses."""

from media.refusals import Refusal


class TipHandled(Refusal):
    zh = "该线索已处理（{told}）。请刷新后查看。"
    en = "The tip is {told} already. Load it again."


class TipLacksPlace(Refusal):
    zh = "该线索没有坐标。请到现场核实并写明位置（place）后转为线索记录。"
    en = "The tip has no coordinates. See the place, and give it (place), to make a sighting of it."
