"""How figures are asked for as files."""

from marshmallow import fields, validate

from inspections.statistics.schemas import (
    DisclosureArgumentsSchema,
    StandingArgumentsSchema,
    StatementArgumentsSchema,
)


def file_format(*formats: str) -> fields.String:
    return fields.String(
        required=True, validate=validate.OneOf(formats), metadata={"example": formats[0]}
    )


class StatementFileSchema(StatementArgumentsSchema):
    format = file_format("csv", "xlsx")


class StandingFileSchema(StandingArgumentsSchema):
    format = file_format("csv", "xlsx", "geojson")


class DisclosureFileSchema(DisclosureArgumentsSchema):
    format = file_format("csv", "xlsx")
