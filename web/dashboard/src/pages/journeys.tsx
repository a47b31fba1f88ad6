// Journeys: where people go from screen to screen, through which steps they come, and where they go in circles.
import "../styles/journeys.css";
import { usePageKeys } from "../frame/page_keys";
import { FlowControls, FlowView } from "../journeys/flow";
import { FunnelView } from "../journeys/funnel";
import { LoopsCard } from "../journeys/loops";
import { SegmentedControl } from "../controls/segmented";
import { useChangeSearch, useSearchState } from "../place";
import { VIEWS, type View } from "../search";
import { journeysWords } from "../journeys_words";
import { words } from "../words";

const ALL_LOOPS = 50;

export function Page() {
  const asked = useSearchState().view;
  const view = asked === undefined || asked === "vitals" ? "flow" : asked;
  const change = useChangeSearch();
  const show = (value: View | undefined) => change({ view: value === "flow" ? undefined : value });
  usePageKeys([["V", () => show(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length])]]);
  return (
    <div className="page journeys">
      <title>{`${words.nav.journeys} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{words.nav.journeys}</h1>
        <SegmentedControl aria-label={journeysWords.view} value={view} onChange={(value) => show(value as View)} data={VIEWS.map((value) => ({ value, label: journeysWords.views[value] }))} />
        {view === "flow" && <FlowControls />}
      </header>
      {view === "flow" && <FlowView />}
      {view === "funnel" && <FunnelView />}
      {view === "loops" && <LoopsCard limit={ALL_LOOPS} isWhole />}
    </div>
  );
}
