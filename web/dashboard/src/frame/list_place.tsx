// On a session's page: the way back to the list it came from, its place in it, or in the queue that is played, and the neighbours
// there (keys [ and ]).
import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { listSearch } from "../list_search";
import { ActionIcon } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { ErrorLink, useChangeSearch, usePeriod, useProject, SessionsLink, useSearchState } from "../place";
import { useOpenQueued } from "../play_queue";
import { sessionsQuery } from "../queries";
import type { Search } from "../search";
import { placeIn, type QueuePlace } from "../queue";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { WithKey } from "./keys";
import { usePageKeys } from "./page_keys";

export function ListPlace({ sessionId }: { sessionId: string }) {
  const search = useSearchState();
  const queue = placeIn(search.queue, sessionId);
  return (
    <div className="list-place">
      <Back search={search} />
      {queue ? <InQueue place={queue} /> : <InList sessionId={sessionId} />}
    </div>
  );
}

/** To the list, or to the error that the session was opened for. */
function Back({ search }: { search: Search }) {
  const sign = <IconChevronLeft size={17} stroke={1.7} aria-hidden="true" />;
  if (search.from === "error" && search.error_group !== undefined)
    return (
      <ErrorLink group={search.error_group} className="back-link">
        {sign}
        {sessionWords.backToError}
      </ErrorLink>
    );
  return (
    <SessionsLink search={listSearch(search)} className="back-link">
      {sign}
      {sessionWords.back}
    </SessionsLink>
  );
}

function InList({ sessionId }: { sessionId: string }) {
  const project = useProject();
  const search = useSearchState();
  const list = listSearch(search);
  const navigate = useNavigate();
  const { data } = useInfiniteQuery({ ...sessionsQuery(project, list, usePeriod()), refetchInterval: false });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const at = rows.findIndex((row) => row.session_id === sessionId);
  const open = (id: string) => void navigate({ to: "/p/$project/sessions/$sessionId", params: { project, sessionId: id }, search: { ...list, from: search.from } });
  const before = at > 0 ? rows[at - 1]?.session_id : undefined;
  const after = at >= 0 ? rows[at + 1]?.session_id : undefined;
  if (at < 0) return null;
  return (
    <>
      <span className="place-words">{words.frame.listOf(at + 1, data?.pages[0]?.total ?? rows.length)}</span>
      <Neighbours before={before} after={after} names={words.frame} onOpen={open} />
    </>
  );
}

function InQueue({ place }: { place: QueuePlace }) {
  const open = useOpenQueued();
  const change = useChangeSearch();
  const { queue } = sessionWords;
  return (
    <>
      <span className="place-words queue-place">
        <b>{queue.place(place.at + 1, place.count)}</b> <span className="wide-only">{queue.inQueue}</span>
      </span>
      <Neighbours before={place.previous} after={place.next} names={queue} onOpen={(id) => open(id, place.text)} />
      <Tooltip label={queue.leave}>
        <ActionIcon className="wide-only" aria-label={queue.leave} onClick={() => change({ queue: undefined })}>
          <IconX size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

interface NeighboursProps {
  before: string | undefined;
  after: string | undefined;
  names: { previous: string; next: string };
  onOpen: (sessionId: string) => void;
}

function Neighbours({ before, after, names, onOpen }: NeighboursProps) {
  const ways = [
    { id: before, name: names.previous, keys: "[", code: "BracketLeft", Shape: IconChevronLeft },
    { id: after, name: names.next, keys: "]", code: "BracketRight", Shape: IconChevronRight },
  ] as const;
  usePageKeys(ways.map(({ id, code }) => [code, () => id !== undefined && onOpen(id), { usePhysicalKeys: true }] as const));
  return ways.map(({ id, name, keys, Shape }) => (
    <Tooltip key={name} label={<WithKey label={name} keys={keys} />}>
      <ActionIcon aria-label={name} disabled={id === undefined} onClick={() => id !== undefined && onOpen(id)}>
        <Shape size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  ));
}
