"""What the catalogue refuses."""

from media.refusals import Refusal


class BadCatalogue(Refusal):
    """The controls' data break a rule; every breach is named at once."""

    zh = "检查事项目录有误，请更正后重试：{faults}"
    en = "The catalogue of controls is wrong; correct this and try again: {faults}"


class NoSuchControl(Refusal):
    zh = "目录中没有检查事项 {control}。"
    en = "The catalogue has no control {control}."
