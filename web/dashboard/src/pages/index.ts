// The pages of a project. A new page is one file in this folder and one entry here: it gets its address, its place in the
// navigation (when it has an icon) and its own chunk, loaded when it is first opened.
import { IconBug, IconClockBolt, IconFlame, IconLayoutDashboard, IconListSearch, IconRoute, type Icon } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { words } from "../words";

export interface PageEntry {
  /** Path below `/p/<project>`. */
  path: string;
  title: string;
  /** Pages without an icon are reached from another page and do not stand in the navigation. */
  icon: Icon | null;
  load: () => Promise<{ Page: ComponentType }>;
}

export const PAGES: readonly PageEntry[] = [
  { path: "/", title: words.nav.overview, icon: IconLayoutDashboard, load: () => import("./overview") },
  { path: "/sessions", title: words.nav.sessions, icon: IconListSearch, load: () => import("./sessions") },
  { path: "/sessions/$sessionId", title: words.nav.session, icon: null, load: () => import("./session") },
  { path: "/heatmaps", title: words.nav.heatmaps, icon: IconFlame, load: () => import("./heatmaps") },
  { path: "/journeys", title: words.nav.journeys, icon: IconRoute, load: () => import("./journeys") },
  { path: "/latency", title: words.nav.latency, icon: IconClockBolt, load: () => import("./latency") },
  { path: "/errors", title: words.nav.errors, icon: IconBug, load: () => import("./errors") },
  { path: "/errors/$groupKey", title: words.nav.error, icon: null, load: () => import("./error") },
];
