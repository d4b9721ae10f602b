"""The rules of reckoning: figures out of standings, regions out of codes, periods out of days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from json import dumps
from statistics import median

from inspections.statistics.errors import BadPeriod
from inspections.statistics.measures import MEASURES
from inspections.statistics.model import Every, Figure, Part, Period, Standing, State, Target, Work
from media.days import SHANGHAI

MOST_PERIODS = 40
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def figure(measure: str, standings: Iterable[Standing], target: Target | None) -> Figure:
    """Return the figure of a measure, held against its target."""
    counted = Counter(each.state for each in standings)
    met, not_met = counted[State.MET], counted[State.NOT_MET]
    share = percent(met, not_met, digits=2)
    return Figure(
        measure,
        met,
        not_met,
        counted[State.NOT_APPLICABLE],
        counted[State.NOT_CHECKED],
        share,
        target.share if target else None,
        100 * met >= target.share * (met + not_met) if target and share is not None else None,
        target.basis if target else None,
    )


def percent(met: int, not_met: int, *, digits: int) -> float | None:
    """Return the share of those met in per cent, rounded, and never up to 100: one may lack."""
    if not met + not_met:
        return None
    share = round(100 * met / (met + not_met), digits)
    return min(share, round(100 - 10**-digits, digits)) if not_met else share


def parts(
    region: str,
    standings: Mapping[str, Sequence[Standing]],
    names: Mapping[str, str],
    targets: Mapping[str, Target],
) -> tuple[Part, ...]:
    """Return the figures of each region right below, the highest mean share first.

    All are held against the targets of the region above them, so that they can be compared.
    """
    below: dict[str, dict[str, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    for measure, found in standings.items():
        for each in found:
            code = child(region, each.region)
            if code is not None:
                below[code][measure].append(each)
    made = [
        Part(
            code,
            names.get(code, code),
            tuple(
                figure(measure, found.get(measure, ()), targets.get(measure))
                for measure in standings
            ),
        )
        for code, found in below.items()
    ]
    return tuple(sorted(made, key=lambda part: (-_mean(part.figures), part.region)))


def child(region: str, code: str) -> str | None:
    """Return the code right below `region` that `code` belongs to; None for the region itself."""
    length = 0 if region == "000000" else len(region.rstrip("0") + "0" * _odd(region))
    longer = code[: length + 2].ljust(6, "0")
    return None if length >= 6 or longer == region else longer


def moments(period: Period) -> tuple[datetime, datetime]:
    """Return the first instant of the period and the first after it. Raises BadPeriod."""
    if period.until < period.since or period.until.year > 2200 or period.since.year < 2000:
        raise BadPeriod(
            why=("止日早于起日，或不在 2000 至 2200 年之间", "its days are not in order")
        )
    return _begin(period.since), _begin(period.until + timedelta(days=1))


def split(period: Period, every: Every) -> tuple[Period, ...]:
    """Return the whole months, quarters or years that the period reaches into.

    Raises BadPeriod for more than 40.
    """
    moments(period)
    size = MONTHS[every]
    first = period.since.year * 12 + (period.since.month - 1) // size * size
    last = period.until.year * 12 + period.until.month - 1
    starts = range(first, last + 1, size)
    if len(starts) > MOST_PERIODS:
        raise BadPeriod(why=(f"最多 {MOST_PERIODS} 期", f"at most {MOST_PERIODS} are reckoned"))
    return tuple(Period(_first(each), _first(each + size) - timedelta(days=1)) for each in starts)


def before(period: Period) -> Period:
    """Return the period right before: as many whole months, or else as many days."""
    after = period.until + timedelta(days=1)
    last = period.since - timedelta(days=1)
    if period.since.day == after.day == 1:
        months = (after.year - period.since.year) * 12 + after.month - period.since.month
        return Period(_first(period.since.year * 12 + period.since.month - 1 - months), last)
    return Period(last - (period.until - period.since), last)


def closing_days(closed: Iterable[tuple[datetime, datetime]]) -> float | None:
    """Return the median of days from service to closure, None where nothing was closed."""
    days = [(end - start).total_seconds() / 86_400 for start, end in closed]
    return round(median(days), 1) if days else None


def words(
    figures: Sequence[Figure], earlier: Sequence[Figure], work: Work
) -> tuple[tuple[str, str], ...]:
    """Return the sentences of a bulletin, Chinese and English."""
    before_ = {each.measure: each.share for each in earlier}
    return (_work_in_words(work), *(_in_words(each, before_.get(each.measure)) for each in figures))


def _work_in_words(work: Work) -> tuple[str, str]:
    found = (work.findings_ordinary, work.findings_major)
    notices = (work.notices_served, work.notices_closed, work.notices_overdue)
    zh = (
        f"本期开展检查 {work.inspections} 次、复查 {work.re_inspections} 次，"
        "发现一般隐患 {} 项、重大隐患 {} 项；".format(*found)
        + "送达整改通知书 {} 份，销号 {} 份，逾期 {} 份。".format(*notices)
    )
    en = (
        f"{work.inspections} inspections and {work.re_inspections} re-inspections found "
        "{} ordinary and {} major hazards; ".format(*found)
        + "{} notices were served, {} closed, {} became overdue.".format(*notices)
    )
    return zh, en


def _in_words(figure_: Figure, was: float | None) -> tuple[str, str]:
    measure, known = MEASURES[figure_.measure], figure_.met + figure_.not_met
    if figure_.share is None:
        return f"{measure.zh}：暂无数据。", f"{measure.en}: nothing is known yet."
    share, target, earlier = _told(figure_.share), _told(figure_.target), _told(was)
    zh = f"目标 {target}，上期 {earlier}，未查 {figure_.not_checked}"
    en = f"target {target}, before {earlier}, not checked {figure_.not_checked}"
    return (
        f"{measure.zh}：{share}（{figure_.met}/{known}，{zh}）。",
        f"{measure.en}: {share} ({figure_.met} of {known}, {en}).",
    )


def fingerprint(content: object) -> str:
    """Return the SHA-256 of the canonical JSON of figures."""
    packed = dumps(content, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return sha256(packed.encode()).hexdigest()


def _told(share: float | None) -> str:
    return "—" if share is None else f"{share:g}%"


def _mean(figures: Sequence[Figure]) -> float:
    shares = [each.share for each in figures if each.share is not None]
    return sum(shares) / len(shares) if shares else -1.0


def _odd(region: str) -> int:
    """Return 1 where the last digit that is not zero is the first of its pair."""
    return len(region.rstrip("0")) % 2


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
