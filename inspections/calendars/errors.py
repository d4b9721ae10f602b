"""Why an announcement is not taken in."""

from media.refusals import Refusal


class ImplausibleCalendar(Refusal):
    zh = "{year} 年放假安排不可信：{doubts}。请对照国务院办公厅通知核对后重新导入。"
    en = "The calendar of {year} cannot be right: {doubts}. Compare it with the notice, try again."


class NotACalendar(Refusal):
    """A file of another form."""

    zh = "第 {line} 行无法识别：每行一个日期和 off 或 work，以逗号分隔。"
    en = "Line {line} cannot be read: a date and off or work, by comma, one a line."
