// Opens sessions of a queue, and starts one. That a session is to play at once stands in the step of the history, not in the
// address: a link that somebody was sent opens the session and waits.
import { useLocation, useNavigate } from "@tanstack/react-router";
import { listSearch } from "./list_search";
import { useProject, useSearchState } from "./place";
import { queueText } from "./queue";
import type { Search } from "./search";
import type { Viewing } from "./session/player";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The session plays as soon as it is open, at this speed. */
    plays?: Viewing;
  }
}

const AS_EVER: Viewing = { speed: 1, skipsIdle: true };

/** Opens a session of the page's queue, which plays at once: as `plays` says, else as this one was opened. */
export function useOpenQueued(): (sessionId: string, queue: string, plays?: Viewing) => void {
  const asHere = useLocation({ select: ({ state }) => state.plays });
  const project = useProject();
  const list = listSearch(useSearchState());
  const navigate = useNavigate();
  return (sessionId, queue, plays = asHere ?? AS_EVER) => void navigate({ to: "/p/$project/sessions/$sessionId", params: { project, sessionId }, search: { ...list, queue }, state: { plays } });
}

/** Plays these sessions in this order. `search`: the list that they are of, on top of the page's own. */
export function usePlayAll(): (ids: readonly string[], search?: Search) => void {
  const project = useProject();
  const list = listSearch(useSearchState());
  const navigate = useNavigate();
  return (ids, search = {}) => {
    const [sessionId] = ids;
    if (sessionId === undefined) return;
    const queue = ids.length > 1 ? queueText(ids) : undefined;
    void navigate({ to: "/p/$project/sessions/$sessionId", params: { project, sessionId }, search: { ...list, ...search, queue }, state: { plays: AS_EVER } });
  };
}
