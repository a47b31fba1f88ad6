// On a session's page: the way back to the list it came from, its place in it, and the neighbours (keys [ and ]).
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { listSearch } from "../list_search";
import { ActionIcon } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { usePeriod, useProject, SessionsLink, useSearchState } from "../place";
import { sessionsQuery } from "../queries";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { WithKey } from "./keys";
import { usePageKeys } from "./page_keys";

export function ListPlace({ sessionId }: { sessionId: string }) {
  const project = useProject();
  const list = listSearch(useSearchState());
  const navigate = useNavigate();
  const { data } = useInfiniteQuery({ ...sessionsQuery(project, list, usePeriod()), refetchInterval: false });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const at = rows.findIndex((row) => row.session_id === sessionId);
  const open = (row: { session_id: string } | undefined) => {
    if (row) void navigate({ to: "/p/$project/sessions/$sessionId", params: { project, sessionId: row.session_id }, search: list });
  };
  const before = at > 0 ? rows[at - 1] : undefined;
  const after = at >= 0 ? rows[at + 1] : undefined;
  usePageKeys([
    ["BracketLeft", () => open(before), { usePhysicalKeys: true }],
    ["BracketRight", () => open(after), { usePhysicalKeys: true }],
  ]);
  return (
    <div className="list-place">
      <SessionsLink search={list} className="back-link">
        <IconChevronLeft size={17} stroke={1.7} aria-hidden="true" />
        {sessionWords.back}
      </SessionsLink>
      {at >= 0 && (
        <>
          <span className="place-words">{words.frame.listOf(at + 1, data?.pages[0]?.total ?? rows.length)}</span>
          <Tooltip label={<WithKey label={words.frame.previous} keys="[" />}>
            <ActionIcon aria-label={words.frame.previous} disabled={!before} onClick={() => open(before)}>
              <IconChevronLeft size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={<WithKey label={words.frame.next} keys="]" />}>
            <ActionIcon aria-label={words.frame.next} disabled={!after} onClick={() => open(after)}>
              <IconChevronRight size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
    </div>
  );
}
