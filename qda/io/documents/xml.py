"""XML of documents, parsed so that it can do no harm: nothing is fetched, no entity is replaced."""

from __future__ import annotations

from typing import Any

from qda.errors import BadFileError


def parse_xml(data: bytes, file: str, damage: str) -> Any:
    """The root element of XML, without comments and processing instructions.

    Args:
        data: The XML; it says its own encoding.
        file: The document's name, for the sentences.
        damage: What to say where this is no good XML.

    Raises:
        BadFileError: It is damaged, nested beyond reason, or declares entities of its own.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadFileError(file, damage) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise BadFileError(file, "it declares entities of its own in its XML, as no document does; it is refused")
    return root
