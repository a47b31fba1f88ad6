// The pages of a project. A new page is one file in this folder and one entry here: it gets its address, its place in the
// navigation (when it has an icon) and its own chunk, loaded when it is first opened.
import {
  IconActivity, IconAntenna, IconBug, IconClockBolt, IconDeviceDesktop, IconFlame, IconLayoutDashboard, IconListSearch, IconReportAnalytics,
  IconRoute, IconServer, IconSettings, IconWaveSine, type Icon,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { words } from "../words";

export interface PageEntry {
  /** Path below `/p/<project>`. */
  path: string;
  title: string;
  /** Pages without an icon are reached from another page and do not stand in the navigation. */
  icon: Icon | null;
  /** Where it stands in the navigation; pages without an icon need none. */
  group?: Group;
  /** Whether it stands in the tab bar of phones; the others are behind "More". */
  tab?: true;
  load: () => Promise<{ Page: ComponentType }>;
}

export const GROUPS = ["top", "watch", "explain", "foot"] as const;
export type Group = (typeof GROUPS)[number];

export const PAGES: readonly PageEntry[] = [
  { path: "/", title: words.nav.overview, icon: IconLayoutDashboard, group: "top", tab: true, load: () => import("./overview") },
  { path: "/live", title: words.nav.live, icon: IconActivity, group: "top", load: () => import("./live") },
  { path: "/sessions", title: words.nav.sessions, icon: IconListSearch, group: "watch", tab: true, load: () => import("./sessions") },
  { path: "/sessions/$sessionId", title: words.nav.session, icon: null, load: () => import("./session") },
  { path: "/screens", title: words.nav.screens, icon: IconDeviceDesktop, group: "watch", load: () => import("./screens") },
  { path: "/heatmaps", title: words.nav.heatmaps, icon: IconFlame, group: "watch", load: () => import("./heatmaps") },
  { path: "/journeys", title: words.nav.journeys, icon: IconRoute, group: "watch", tab: true, load: () => import("./journeys") },
  { path: "/latency", title: words.nav.latency, icon: IconClockBolt, group: "explain", tab: true, load: () => import("./latency") },
  { path: "/errors", title: words.nav.errors, icon: IconBug, group: "explain", load: () => import("./errors") },
  { path: "/errors/$groupKey", title: words.nav.error, icon: null, load: () => import("./error") },
  { path: "/signals", title: words.nav.signals, icon: IconAntenna, group: "explain", load: () => import("./signals") },
  { path: "/moments", title: words.nav.moments, icon: IconWaveSine, group: "explain", load: () => import("./moments") },
  { path: "/score", title: words.nav.score, icon: IconReportAnalytics, group: "explain", load: () => import("./score") },
  { path: "/system", title: words.nav.system, icon: IconServer, group: "foot", load: () => import("./system") },
  { path: "/settings", title: words.nav.settings, icon: IconSettings, group: "foot", load: () => import("./settings") },
];
