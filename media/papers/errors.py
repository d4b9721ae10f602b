"""Why a paper cannot be printed."""

from media.refusals import Refusal


class PrintingUnavailable(Refusal):
    """The machine lacks what a PDF takes; `packages` are Debian's names."""

    zh = "本机缺少生成 PDF 所需的 {packages}：请管理员安装，或改用可打印的网页（format=html）。"
    en = (
        "This machine lacks {packages}, which a PDF takes: have them installed, or take the page to"
        " print (format=html)."
    )
