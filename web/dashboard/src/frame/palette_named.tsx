// What the command palette finds by name: screens, APIs and kinds of errors of the page's period. Asked for when something is typed.
import { IconBug, IconClockBolt, IconDeviceDesktop } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { count, shortened } from "../format";
import { usePeriod, useProject, useSearchState } from "../place";
import { kept } from "../search";
import { valuesQuery } from "../segment/queries";
import { paletteWords } from "../segment_words";
import type { Command } from "./palette";

const KINDS = ["screen", "api", "error"] as const;
const ICON = { size: 17, stroke: 1.7 } as const;
const SIGNS = { screen: <IconDeviceDesktop {...ICON} />, api: <IconClockBolt {...ICON} />, error: <IconBug {...ICON} /> };
const GROUPS = { screen: paletteWords.groups.screens, api: paletteWords.groups.apis, error: paletteWords.groups.errors };
const SHOWN = 4;
const MOST = 90;
/** Names are looked for in all sessions: the page that opens keeps its filter. */
const EVERYBODY = {};

/** `typed` empty: nothing is asked. */
export function useNamed(typed: string): { found: Command[]; isPending: boolean } {
  const project = useProject();
  const here = kept(useSearchState());
  const period = usePeriod();
  const navigate = useNavigate();
  const answers = useQueries({ queries: KINDS.map((of) => ({ ...valuesQuery(project, EVERYBODY, period, of, typed), placeholderData: undefined, enabled: typed !== "" })) });
  const go = {
    screen: (on: string) => navigate({ to: "/p/$project/screens", params: { project }, search: { ...here, on } }),
    api: (api: string) => navigate({ to: "/p/$project/latency", params: { project }, search: { ...here, api } }),
    error: (groupKey: string) => navigate({ to: "/p/$project/errors/$groupKey", params: { project, groupKey }, search: here }),
  };
  const found = KINDS.flatMap((of, at) =>
    (answers[at]?.data?.values ?? []).filter(({ value }) => value !== "").slice(0, SHOWN).map(
      ({ value, label, sessions }): Command => ({
        id: `${of} ${value}`, text: shortened(label ?? value, MOST), detail: count(sessions), group: GROUPS[of], icon: SIGNS[of], run: () => void go[of](value),
      }),
    ),
  );
  return { found: typed === "" ? [] : found, isPending: typed !== "" && answers.some((one) => one.isFetching) };
}
