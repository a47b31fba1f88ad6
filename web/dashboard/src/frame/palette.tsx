// The command palette: pages, saved views, screens, APIs, errors, periods, projects, sessions by id or user, and what else the frame can do.
import { useDebouncedValue } from "@mantine/hooks";
import { IconBookmark, IconCalendar, IconFilter, IconFolder, IconKeyboard, IconMoon, IconPlayerPlay, IconSearch, IconSun, IconSunMoon } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { client, dataOf } from "../api";
import { sessionLine } from "../parts/session_line";
import { Dialog } from "../parts/dialog";
import { matching, PickList, type Option } from "../parts/pick_list";
import { PRESETS } from "../period";
import { useChangeSearch, useProject, useSearchState } from "../place";
import { meQuery } from "../queries";
import { GROUPS } from "../pages";
import { setScheme, useIsChosen, useScheme } from "../scheme";
import { kept, periodOf } from "../search";
import { paletteWords } from "../segment_words";
import { useOpenAddress } from "../views/open_address";
import { viewsQuery } from "../views/queries";
import { words } from "../words";
import { showKeys } from "./keys";
import { addressOf, pagesOf, usePageAddress } from "./navigation";
import { open } from "./openers";
import { takeTyped } from "./early_typing";
import { useNamed } from "./palette_named";

export interface Command extends Option {
  run: () => void;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PAUSE_MS = 250;
const LEAST = 2;
const FOUND = 6;
const ICON = { size: 17, stroke: 1.7 } as const;
const { groups } = paletteWords;

export default function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  // The field has the focus by now: it got it in an effect of its own.
  useEffect(() => {
    const typed = takeTyped();
    if (typed) setQuery((query) => typed + query);
  }, []);
  const fixed = useCommands();
  const typed = query.trim();
  const sessions = useSessions(typed);
  const [asking] = useDebouncedValue(typed, PAUSE_MS);
  const named = useNamed(asking === typed && typed.length >= LEAST && !UUID.test(typed) ? typed : "");
  const isPending = sessions.isPending || named.isPending;
  const kinds = matching(fixed, query) as Command[];
  const commands: Command[] = [...kinds, ...named.found, ...sessions.found];
  const pick = (id: string) => {
    onClose();
    commands.find((one) => one.id === id)?.run();
  };
  const note = isPending ? paletteWords.searching : commands.length ? (query ? "" : paletteWords.hint) : paletteWords.nothing;
  return (
    <Dialog title={paletteWords.title} isBare onClose={onClose}>
      <PickList label={paletteWords.label} query={query} onQuery={setQuery} options={commands} onPick={pick} note={note} />
    </Dialog>
  );
}

/** Sessions that match what is typed: by id at once, else by user, screen or issue among those of the last 30 days. */
function useSessions(typed: string): { found: Command[]; isPending: boolean } {
  const project = useProject();
  const navigate = useNavigate();
  const here = useSearchState();
  const [asking] = useDebouncedValue(typed, PAUSE_MS);
  const isId = UUID.test(typed);
  const isAsked = asking.length >= LEAST && !UUID.test(asking);
  const { data, isFetching } = useQuery({ ...searchQuery(project, asking), enabled: isAsked });
  const go = (sessionId: string) => void navigate({ to: "/p/$project/sessions/$sessionId", params: { project, sessionId }, search: kept(here) });
  if (isId) return { found: [{ id: "id", text: paletteWords.openSession, detail: typed.slice(0, 8), group: groups.sessions, icon: <IconPlayerPlay {...ICON} />, run: () => go(typed.toLowerCase()) }], isPending: false };
  if (typed.length < LEAST) return { found: [], isPending: false };
  const rows = isAsked && asking === typed ? (data?.rows ?? []) : [];
  const search: Command = {
    id: "search", text: paletteWords.searchSessions(typed), group: groups.sessions, icon: <IconSearch {...ICON} />,
    run: () => void navigate({ to: "/p/$project/sessions", params: { project }, search: { ...kept(here), q: typed } }),
  };
  const sessions = rows.map((row): Command => ({ id: row.session_id, text: row.title, detail: row.user?.external_user_id ?? sessionLine(row).split(", ").slice(0, 2).join(", "), group: groups.sessions, icon: <IconPlayerPlay {...ICON} />, run: () => go(row.session_id) }));
  return { found: [...sessions, search], isPending: isFetching || (asking !== typed && typed.length >= LEAST) };
}

const MONTH_MS = 30 * 86_400_000;

function searchQuery(slug: string, q: string) {
  return {
    queryKey: ["jump", slug, q],
    staleTime: 30_000,
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const query = { since: new Date(Date.now() - MONTH_MS).toISOString(), q, limit: FOUND };
      return dataOf(client.GET("/api/projects/{slug}/sessions", { params: { path: { slug }, query }, signal }));
    },
  };
}

/** Everything that needs no search. */
function useCommands(): Command[] {
  const project = useProject();
  const navigate = useNavigate();
  const here = useSearchState();
  const change = useChangeSearch();
  const openAddress = useOpenAddress();
  const views = useQuery(viewsQuery(project)).data?.views ?? [];
  const projects = useQuery(meQuery).data?.projects ?? [];
  const scheme = useScheme();
  const isChosen = useIsChosen();
  const likeHere = usePageAddress();
  const pages = GROUPS.flatMap(pagesOf).map((page): Command => {
    const PageIcon = page.icon ?? IconSearch;
    return { id: `page ${page.path}`, text: page.title, group: groups.pages, icon: <PageIcon {...ICON} />, run: () => void navigate({ to: addressOf(page), params: { project }, search: kept(here) }) };
  });
  return [
    ...pages,
    ...views.map((view): Command => ({ id: `view ${view.view_id}`, text: view.name, group: groups.views, icon: <IconBookmark {...ICON} />, run: () => openAddress(view.address) })),
    ...PRESETS.map((preset): Command => ({ id: `period ${preset}`, text: words.period.preset[preset], group: groups.period, icon: <IconCalendar {...ICON} />, run: () => change({ period: preset, since: undefined, until: undefined }) })),
    ...projects.filter(({ slug }) => slug !== project).map(({ slug, name }): Command => ({ id: `project ${slug}`, text: name, group: groups.projects, icon: <IconFolder {...ICON} />, run: () => void navigate({ to: likeHere, params: { project: slug }, search: periodOf(here) }) })),
    { id: "filter", text: paletteWords.newFilter, group: groups.more, icon: <IconFilter {...ICON} />, run: () => setTimeout(() => open("builder")) },
    { id: "views", text: paletteWords.manageViews, group: groups.more, icon: <IconBookmark {...ICON} />, run: () => setTimeout(() => open("views")) },
    { id: "scheme", text: scheme === "light" ? words.frame.dark : words.frame.light, group: groups.more, icon: scheme === "light" ? <IconMoon {...ICON} /> : <IconSun {...ICON} />, run: () => setScheme(scheme === "light" ? "dark" : "light") },
    ...(isChosen ? [{ id: "as-system", text: words.frame.asSystem, group: groups.more, icon: <IconSunMoon {...ICON} />, run: () => setScheme(null) }] : []),
    { id: "keys", text: paletteWords.keys, detail: "?", group: groups.more, icon: <IconKeyboard {...ICON} />, run: () => setTimeout(showKeys) },
  ];
}
