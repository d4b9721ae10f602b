"""Figures as the rows of a table, and as the features of a map."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from inspections.statistics.measures import MEASURES
from inspections.statistics.model import Disclosed, Part, Standing, Statement
from service.tables.cells import Column


def _columns(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, title, "", (name,)) for name, title in pairs)


FIGURES = _columns(
    *(("region", "行政区划"), ("name", "地区"), ("measure", "指标"), ("met", "符合")),
    *(("not_met", "不符合"), ("not_applicable", "不适用"), ("not_checked", "未查")),
    *(("share", "占比（%）"), ("target", "目标（%）"), ("reached", "达标")),
    ("basis", "目标依据"),
)
STANDINGS = _columns(
    *(("region", "行政区划"), ("name", "名称"), ("id", "编号"), ("state", "结论")),
    *(("inspection_id", "检查编号"), ("lon", "经度"), ("lat", "纬度")),
)
DISCLOSED = _columns(
    *(("code", "机构标识码"), ("name", "名称"), ("nature", "举办性质"), ("region", "行政区划")),
    *(("address", "地址"), ("licence_number", "许可证号"), ("licence_valid_until", "有效期至")),
    *(("year", "年度"), ("grade", "年检结论")),
)
STATES = {"met": "符合", "not_met": "不符合", "not_applicable": "不适用", "not_checked": "未查"}
NATURES = {"public": "公办", "private": "民办"}
GRADES = {"passed": "合格", "basically_passed": "基本合格", "failed": "不合格"}


def figure_rows(statement: Statement) -> Iterator[dict[str, str]]:
    """Yield a row for each figure: of the region, and of each below it."""
    whole = Part(statement.region, statement.name, statement.figures)
    for part in (whole, *statement.below):
        for each in part.figures:
            yield {
                "region": part.region,
                "name": part.name,
                "measure": MEASURES[each.measure].zh,
                "met": str(each.met),
                "not_met": str(each.not_met),
                "not_applicable": str(each.not_applicable),
                "not_checked": str(each.not_checked),
                "share": "" if each.share is None else f"{each.share:g}",
                "target": "" if each.target is None else f"{each.target:g}",
                "reached": {None: "", True: "是", False: "否"}[each.reached],
                "basis": f"{each.basis.title} {each.basis.section}" if each.basis else "",
            }


def standing_rows(standings: Iterable[Standing]) -> Iterator[dict[str, str]]:
    for each in standings:
        lon, lat = each.place or ("", "")
        yield {
            "region": each.region,
            "name": each.name,
            "id": each.id,
            "state": STATES[each.state.value],
            "inspection_id": each.inspection_id or "",
            "lon": str(lon),
            "lat": str(lat),
        }


def disclosed_rows(disclosed: Iterable[Disclosed]) -> Iterator[dict[str, str]]:
    for each in disclosed:
        yield {
            "code": each.code or "",
            "name": each.name,
            "nature": NATURES[each.nature],
            "region": each.region,
            "address": each.address,
            "licence_number": each.licence_number or "",
            "licence_valid_until": str(each.licence_valid_until or ""),
            "year": str(each.year),
            "grade": GRADES.get(each.grade or "", ""),
        }


def geojson(standings: Iterable[Standing], measure: str) -> bytes:
    """Return a feature for each that has a place, longitude first, in WGS-84 (RFC 7946)."""
    features: list[Mapping[str, Any]] = [
        {
            "type": "Feature",
            "id": each.id,
            "geometry": {"type": "Point", "coordinates": list(each.place)},
            "properties": {
                "name": each.name,
                "region": each.region,
                "measure": measure,
                "state": each.state.value,
                "inspection_id": each.inspection_id,
            },
        }
        for each in standings
        if each.place is not None
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})
