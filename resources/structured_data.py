"""Structured data (schema.org) of a page, from what its context already holds: no queries of its own."""

from django.conf import settings

SCHEMA_TYPES = {
    "resource": "CreativeWork",
    "recording": "VideoObject",
    "convening": "Event",
    "program": "Organization",
    "partner": "Organization",
    "bill": "Legislation",
    "workgroup": "Organization",
}
PUBLICATION_TYPES = {
    "report": "Report",
    "brief": "Report",
    "data-book": "Dataset",
    "article": "Article",
    "web-page": "WebPage",
}


def structured_data(context: dict) -> dict | None:
    """The JSON-LD object of the page in `context`; None for samples, fallbacks and pages that are not ours."""
    page, work = context.get("page"), context.get("work")
    if work is None or work.is_sample or context.get("is_fallback"):
        return None
    url = f"{settings.SITE_URL}{page.url}"
    common = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES.get(work.work_type, "WebPage"),
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.language,
    }
    details = _DETAILS.get(work.work_type, lambda work, context: {})(work, context)
    return {name: value for name, value in {**common, **details}.items() if value}


def _names(rows, schema_type: str) -> list[dict]:
    return [{"@type": schema_type, "name": str(row)} for row in rows]


def _partial_date(date, precision: str) -> str:
    return date.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]] if date else ""


def _subject(context: dict) -> dict:
    return {
        "about": [str(topic) for topic in context.get("topics", [])],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": str(audience)}
            for audience in context.get("audiences", [])
        ],
        "educationalLevel": [str(grade) for grade in context.get("grade_spans", [])],
        "spatialCoverage": [str(county) for county in context.get("counties", [])],
    }


def _resource(work, context: dict) -> dict:
    files = [file for file in context.get("files", []) if file.href]
    return {
        "@type": PUBLICATION_TYPES.get(work.resource_type.slug, "CreativeWork"),
        "inLanguage": context.get("languages"),
        "author": _names(context.get("authors", []), "Person"),
        "publisher": _names(context.get("organizations", []), "Organization"),
        "datePublished": _partial_date(work.date, work.date_precision),
        "identifier": f"https://doi.org/{work.doi}" if work.doi else work.isbn,
        "license": work.licence,
        "sameAs": [file.href for file in files if file.is_external],
        **_subject(context),
    }


def _recording(work, context: dict) -> dict:
    return {
        "uploadDate": _partial_date(work.recorded_on, work.date_precision),
        "duration": f"PT{work.duration_seconds}S" if work.duration_seconds else "",
        "inLanguage": work.spoken_language,
        "contentUrl": f"{settings.SITE_URL}{work.video.url}" if work.video_id else work.video_url,
        "hasPart": [
            {"@type": "Clip", "name": chapter["title"], "startOffset": chapter["seconds"]}
            for chapter in context.get("chapters", [])
        ],
        **_subject(context),
    }


def _convening(work, context: dict) -> dict:
    return {
        "startDate": _partial_date(work.starts_on, work.date_precision),
        "endDate": _partial_date(work.ends_on, work.date_precision),
        "location": {"@type": "Place", "name": context["page"].place} if context["page"].place else None,
        "organizer": _names(context.get("organizations", []), "Organization"),
        "about": _subject(context)["about"],
    }


def _bill(work, context: dict) -> dict:
    return {
        "legislationIdentifier": work.number,
        "alternateName": work.official_title,
        "legislationJurisdiction": "California",
        "legislationDate": work.outcome_date.isoformat() if work.outcome_date else "",
        "sponsor": _names(context.get("authors", []), "Person"),
        "sameAs": work.official_url,
    }


def _partner(work, context: dict) -> dict:
    organization = work.organization
    return {"name": organization.name, "alternateName": organization.short_name, "sameAs": organization.url}


def _program(work, context: dict) -> dict:
    return {"alternateName": work.acronym, "sameAs": work.website}


_DETAILS = {
    "resource": _resource,
    "recording": _recording,
    "convening": _convening,
    "bill": _bill,
    "partner": _partner,
    "program": _program,
}
