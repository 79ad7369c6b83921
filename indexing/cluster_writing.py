"""Sends documents in bulk, and accounts for every one of them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import structlog
from elasticsearch import Elasticsearch, helpers

from indexing.batches import in_batches
from indexing.cluster_client import explained
from indexing.documents import Document
from indexing.index import PutState, Putting, worse
from indexing.schemas import Collection
from records.errors import IndexUnreachable

log = structlog.get_logger(__name__)

BATCH = 200
AT_ONCE = 4
"""Batches on their way: the server takes in some while the next is made. All that is held is some megabytes."""
BATCH_BYTES = 10 * 2**20
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 10.0
LONGEST_ERROR = 300

Targets = Callable[[Collection], tuple[str, ...]]


def put_documents(
    client: Elasticsearch, name: str, documents: Iterable[Document], targets: Targets
) -> Iterator[Putting]:
    """Send each document to every target of its collection, and answer for each, in order.

    When a whole batch has to wait, the rest is not sent. The first goes alone, to try the server; then some are on
    their way at once, while the next one is made.
    """
    failures: list[str | None] = []

    def send(batch: Sequence[Document]) -> list[Putting]:
        if failures:
            return _postpone(batch, failures[0])
        done = _put_or_postpone(client, name, batch, targets)
        if all(putting.state == "postponed" for putting in done):
            failures.append(done[0].error)
        return done

    with ThreadPoolExecutor(AT_ONCE) as senders:
        under_way: deque[Future[list[Putting]]] = deque()
        for number, batch in enumerate(in_batches(documents, BATCH)):
            under_way.append(senders.submit(send, batch))
            if number == 0 or len(under_way) == AT_ONCE:
                yield from under_way.popleft().result()
        for sent in under_way:
            yield from sent.result()


def _put_or_postpone(client: Elasticsearch, name: str, batch: Sequence[Document], targets: Targets) -> list[Putting]:
    try:
        with explained(name):
            return _put_batch(client, batch, targets)
    except IndexUnreachable as error:
        return _postpone(batch, str(error))


def _postpone(batch: Sequence[Document], error: str | None) -> list[Putting]:
    return [Putting(document.collection, document.id, "postponed", error) for document in batch]


def _put_batch(client: Elasticsearch, batch: Sequence[Document], targets: Targets) -> list[Putting]:
    places = {collection: targets(collection) for collection in {document.collection for document in batch}}
    actions = [(document, _action(document, alias)) for document in batch for alias in places[document.collection]]
    worst: dict[tuple[str, str], Putting] = {}
    for document, putting in zip((document for document, _ in actions), _send(client, actions), strict=True):
        key = (document.collection, document.id)
        worst[key] = worse(worst[key], putting) if key in worst else putting
    return [worst[document.collection, document.id] for document in batch]


def _action(document: Document, alias: str) -> dict[str, Any]:
    where = {"_index": alias, "_id": document.id, "version": document.version, "version_type": "external_gte"}
    return {"index": where, "content": document.content.encode()}


def _two_lines(action: Any) -> tuple[dict[str, Any], bytes]:
    """What to do, and the document as it was written once."""
    return {"index": action["index"]}, action["content"]


def _send(client: Elasticsearch, actions: Sequence[tuple[Document, dict[str, Any]]]) -> list[Putting]:
    """Send all at once; what is too large for the server, or for a proxy before it, by halves."""
    done = _send_once(client, actions)
    if len(actions) == 1 or not any(putting.error and putting.error.startswith("(413)") for putting in done):
        return done
    middle = len(actions) // 2
    return [*_send(client, actions[:middle]), *_send(client, actions[middle:])]


def _send_once(client: Elasticsearch, actions: Sequence[tuple[Document, dict[str, Any]]]) -> list[Putting]:
    answers = helpers.streaming_bulk(
        client,
        (action for _, action in actions),
        chunk_size=BATCH,
        max_chunk_bytes=BATCH_BYTES,
        expand_action_callback=_two_lines,
        raise_on_error=False,
        raise_on_exception=False,
        max_retries=2,
        initial_backoff=FIRST_WAIT_SECONDS,
        max_backoff=LONGEST_WAIT_SECONDS,
        require_alias=True,
    )
    return [_judge(document, answer["index"]) for (document, _), (_, answer) in zip(actions, answers, strict=True)]


def _judge(document: Document, answer: dict[str, Any]) -> Putting:
    status = int(answer["status"])
    if status in (200, 201):
        return Putting(document.collection, document.id, "indexed")
    if status == 409:
        return Putting(document.collection, document.id, "older")
    told = answer.get("error")
    error = f"{told.get('type')}: {told.get('reason')}" if isinstance(told, dict) else str(told)
    state: PutState = "refused" if status in (400, 413) else "postponed"
    return Putting(document.collection, document.id, state, f"({status}) {error}"[:LONGEST_ERROR])
