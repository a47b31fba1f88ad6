// Where the viewer is: project, URL parameters, period; and links that keep what a page must keep.
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { createContext, use, type MouseEventHandler, type ReactNode } from "react";
import type { Period } from "./period";
import { unmeasuredQuery } from "./queries";
import { listSearch } from "./list_search";
import { kept, narrowed, type Search } from "./search";
import type { Cause } from "./theme";

const NO_CAUSES: readonly Cause[] = [];

export const PeriodContext = createContext<Period | null>(null);

/** The period of the page; the frame provides it, so that all questions of a page are about the same instants. */
export function usePeriod(): Period {
  const period = use(PeriodContext);
  if (!period) throw new Error("usePeriod outside of the frame");
  return period;
}

export function useProject(): string {
  const { project } = useParams({ strict: false }) as { project?: string };
  return project ?? "";
}

/** The causes that no detector judges yet; none until that is known. */
export function useUnmeasured(): readonly Cause[] {
  return useQuery(unmeasuredQuery(useProject())).data ?? NO_CAUSES;
}

export function useSearchState(): Search {
  return useSearch({ strict: false }) as Search;
}

/** Whether the page is the list of sessions. */
export function useIsOnList(): boolean {
  return useLocation({ select: ({ pathname }) => /^\/p\/[^/]+\/sessions\/?$/.test(pathname) });
}

/** Changes parameters of the current page; `undefined` removes one. `replace` leaves no step for the back button. */
export function useChangeSearch(): (change: Partial<Search>, replace?: boolean) => void {
  const navigate = useNavigate();
  return (change, replace = false) => {
    void navigate({ to: ".", search: (old: Search) => ({ ...old, ...change }), replace, resetScroll: false });
  };
}

interface PageLinkProps {
  /** Filters of the page that is opened, on top of the period and segment that are kept. */
  search?: Search;
  className?: string;
  children: ReactNode;
  label?: string;
  onClick?: MouseEventHandler;
}

/** A link to the list of exactly the sessions that `search` means. */
export function SessionsLink({ search = {}, className = "number-link", children, label }: PageLinkProps) {
  const project = useProject();
  const here = useSearchState();
  return (
    <Link to="/p/$project/sessions" params={{ project }} search={narrowed(here, search)} className={className} aria-label={label}>
      {children}
    </Link>
  );
}

/** A link to an error group, in the same period and segment. */
export function ErrorLink({ group, className, children, label, title }: Omit<PageLinkProps, "search" | "onClick"> & { group: string; title?: string }) {
  const project = useProject();
  return (
    <Link to="/p/$project/errors/$groupKey" params={{ project, groupKey: group }} search={kept(useSearchState())} className={className} aria-label={label} title={title}>
      {children}
    </Link>
  );
}

/** A link to one API's page, in the same period and segment. */
export function ApiLink({ api, className, children, label }: Omit<PageLinkProps, "search" | "onClick"> & { api: string }) {
  const project = useProject();
  return (
    <Link to="/p/$project/latency" params={{ project }} search={{ ...kept(useSearchState()), api }} className={className} aria-label={label}>
      {children}
    </Link>
  );
}

/** Pages that explain a number: a link keeps the period and the segment. */
type Explaining = "/p/$project/screens" | "/p/$project/heatmaps" | "/p/$project/moments" | "/p/$project/latency" | "/p/$project/score";

export function ExplainLink({ to, search = {}, className = "number-link", children, label, title }: PageLinkProps & { to: Explaining; title?: string }) {
  const project = useProject();
  return (
    <Link to={to} params={{ project }} search={{ ...kept(useSearchState()), ...search }} className={className} aria-label={label} title={title}>
      {children}
    </Link>
  );
}

/** A link to one session that remembers the list it came from. */
export function SessionLink({ sessionId, search = {}, className, children, label, onClick }: PageLinkProps & { sessionId: string }) {
  const project = useProject();
  const list = listSearch(useSearchState());
  return (
    <Link to="/p/$project/sessions/$sessionId" params={{ project, sessionId }} search={{ ...list, ...search }} className={className} aria-label={label} onClick={onClick}>
      {children}
    </Link>
  );
}
