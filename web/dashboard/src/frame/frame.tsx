// The frame around every page of a project: side bar, top bar, and on phones a tab bar at the bottom.
import { Outlet, useParams, useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { PeriodContext, useSearchState } from "../place";
import { resolvePeriod } from "../period";
import { words } from "../words";
import { useGoKeys } from "./go_keys";
import { Keys } from "./keys";
import { ProjectSwitch, SideBar, TabBar } from "./navigation";
import { Overlays } from "./overlays";
import { SegmentBar } from "./segment_bar";
import { TopBar } from "./top_bar";

/** Milliseconds now, moved on once a minute: the end of "last 7 days". */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What was pressed to come to another page is often gone with the page before: the keyboard, and who reads aloud, go on at the new
 * one, once it is drawn. Where the press is still there, in the side bar, it keeps the focus. */
function useFocusOnPage(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged }) => {
        if (pathChanged && document.activeElement === document.body) document.getElementById("page")?.focus({ preventScroll: true });
      }),
    [router],
  );
}

export function Frame() {
  const { period: preset, since, until } = useSearchState();
  const now = useMinute();
  useGoKeys();
  useFocusOnPage();
  const { sessionId } = useParams({ strict: false }) as { sessionId?: string };
  const period = useMemo(() => resolvePeriod({ period: preset, since, until }, now), [preset, since, until, now]);
  return (
    <PeriodContext value={period}>
      <a href="#page" className="skip-link">
        {words.nav.skip}
      </a>
      <div className="frame">
        <SideBar />
        <div className="phone-project">
          <ProjectSwitch width={280} />
        </div>
        <TopBar />
        <main id="page" tabIndex={-1}>
          {!sessionId && <SegmentBar />}
          <Outlet />
        </main>
        <TabBar />
      </div>
      <Keys />
      <Overlays />
    </PeriodContext>
  );
}
