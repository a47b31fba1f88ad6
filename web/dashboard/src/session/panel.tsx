// The panel beside the replay: the score as a sum, and the events, calls and errors in step with the replay.
import { lazy, Suspense } from "react";
import { SegmentedControl } from "../controls/segmented";
import { Fence } from "../parts/card";
import { Blocks } from "../parts/states";
import { useChangeSearch, useSearchState } from "../place";
import { PANELS, type Panel as PanelName } from "../search";
import { sessionWords } from "../session_words";
import type { SessionPage } from "../types";
import type { Lit } from "./lit";
import type { Player } from "./player";
import { ScoreSum } from "./score_sum";

const List = lazy(() => import("./lists"));

export function Panel({ page, player, lit }: { page: SessionPage; player: Player; lit: Lit }) {
  const { panel = "score" } = useSearchState();
  const change = useChangeSearch();
  return (
    <section className="card panel" aria-label={sessionWords.panel.label}>
      <SegmentedControl className="panel-tabs" value={panel} onChange={(value) => change({ panel: value === "score" ? undefined : (value as PanelName) }, true)} data={PANELS.map((name) => ({ value: name, label: sessionWords.panel[name] }))} />
      <Fence key={panel}>
        {panel === "score" ? (
          <ScoreSum page={page} player={player} lit={lit} />
        ) : (
          <Suspense fallback={<Blocks blocks={[["100%", 240]]} />}>
            <List panel={panel} page={page} player={player} />
          </Suspense>
        )}
      </Fence>
    </section>
  );
}
