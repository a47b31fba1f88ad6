// The first-run page is seen once in a project's life: it stays out of what every other visit loads.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState, type ComponentProps, type ReactNode } from "react";
import { useProject } from "../place";
import { liveCheckQuery } from "../queries";
import type { LiveCheck } from "../types";

const Page = lazy(() => import("../pages/first_run").then((m) => ({ default: m.FirstRun })));

/** The first session is shown within seconds; one that never is (a program's, say) must not hold the page back for longer. */
const MOST_MS = 12_000;

export function FirstRun(props: ComponentProps<typeof Page>) {
  return (
    <Suspense fallback={null}>
      <Page {...props} />
    </Suspense>
  );
}

/** What the first-run page shows; null when the page that asks has something of its own to show. Once shown it stays until
 * the first session is there, so that no page says "empty" in between. */
export function useFirstRun(slug: string, isEmpty: boolean): { live: LiveCheck | null; isPending: boolean } {
  const { data, isPending } = useQuery({ ...liveCheckQuery(slug), enabled: isEmpty });
  const [isWaiting, setWaiting] = useState(false);
  const hasArrived = data?.first_event_at != null;
  if (isEmpty && data && !hasArrived && !isWaiting) setWaiting(true);
  if (!isEmpty && isWaiting) setWaiting(false);
  useEffect(() => {
    if (!isWaiting || !hasArrived) return;
    const timer = setTimeout(() => setWaiting(false), MOST_MS);
    return () => clearTimeout(timer);
  }, [isWaiting, hasArrived]);
  return { live: isEmpty && isWaiting && data ? data : null, isPending: isEmpty && isPending };
}

/** What a page or card says when it has nothing to show; in a project that has recorded nothing yet, the first-run page. */
export function OrFirstRun({ children }: { children: ReactNode }) {
  const { live, isPending } = useFirstRun(useProject(), true);
  if (live) return <FirstRun live={live} />;
  return isPending ? null : children;
}
