"""What is refused of a table, or of an import as a whole; a bad row is no refusal."""

from media.refusals import Refusal


class TableTooLarge(Refusal):
    zh = "表格过大：{what}。请拆分成几个文件，并删除空行、空列。"
    en = "The table is too large: {what}. Split it, and delete empty rows and columns."


class NotATable(Refusal):
    zh = "只接受 CSV 与 XLSX 文件（旧的 .xls 请另存为 .xlsx）。"
    en = "CSV and XLSX files only (save an old .xls as .xlsx)."


class TableDamaged(Refusal):
    zh = "表格无法读取：{why}。请重新保存后再试。"
    en = "The table cannot be read: {why}. Save it anew and try again."


class HeadingsWrong(Refusal):
    zh = "表头有误：{what}。请下载模板对照。"
    en = "The headings are wrong: {what}. Compare them with the template."


class StepNotAllowed(Refusal):
    zh = "导入目前为 {status}，不能执行 {step}。"
    en = "The import is {status}: it does not permit {step}."


class BadRows(Refusal):
    zh = "有 {bad} 行不合格，未导入任何内容。请改正后重新上传，或明确跳过（skip_bad）。"
    en = "{bad} rows are bad and nothing was imported. Correct them, or say skip_bad."


class RowsChanged(Refusal):
    """A record that the preview compared with is not as it was (RFC 9110, 13.1.1)."""

    zh = "预览之后有记录被他人修改，未导入任何内容。请重新上传该文件。"
    en = "Records changed since the preview, and nothing was imported. Send the file again."


class TooLargeForDatabase(Refusal):
    zh = "数据库缓存容不下一次完成的整个导入，未导入任何内容。请拆分文件，或增大 MongoDB 缓存。"
    en = (
        "The database's cache does not hold the whole import at once; nothing was imported."
        " Split the file, or give MongoDB a larger cache."
    )


class WorkFailed(Refusal):
    zh = "多次尝试均未完成，未导入任何内容。请联系管理员查看日志后重试。"
    en = "It was tried several times and did not end; nothing was imported. See the log, retry."
