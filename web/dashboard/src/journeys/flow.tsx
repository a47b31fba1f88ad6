// The flow card with what belongs to it: where it starts, its direction, how far it goes; drawing, table or list of steps.
import { useMediaQuery } from "@mantine/hooks";
import { IconChartSankey, IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ActionIcon, Button } from "../controls/button";
import { NativeSelect } from "../controls/input";
import { Tooltip } from "../controls/tooltip";
import { WithKey } from "../frame/keys";
import { usePageKeys } from "../frame/page_keys";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { OrFirstRun } from "../parts/first_run_lazy";
import { NoneInCard } from "../parts/no_sessions";
import { SegmentedControl } from "../controls/segmented";
import { useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { beforeWords } from "../period";
import { choicesQuery, flowQuery } from "./queries";
import type { Search } from "../search";
import type { Flow } from "../types";
import { journeysWords } from "../journeys_words";
import { BeforeLeaving } from "./before";
import { FlowDrawing } from "./drawing";
import { FlowSteps, FlowTable } from "./flow_table";
import { LoopsCard } from "./loops";
import { chosenNode, nodeKey } from "./nodes";

const DEPTHS = [2, 3, 5] as const;
const DEPTH = 5;
const FEW_LOOPS = 5;

export function FlowView() {
  const search = useSearchState();
  const { data, error, isPlaceholderData, refetch } = useQuery(flowQuery(useProject(), search, usePeriod(), search.depth ?? DEPTH));
  const { title, titleBack } = journeysWords.flow;
  const name = search.direction === "backwards" ? titleBack : title;
  return (
    <Answer to={{ data, error, refetch }} title={name} blocks={[["100%", 460]]}>
      {(flow) => <Drawn flow={flow} title={name} stale={isPlaceholderData} />}
    </Answer>
  );
}

function Drawn({ flow, title, stale }: { flow: Flow; title: string; stale: boolean }) {
  const node = chosenNode(flow, useSearchState().node);
  if (flow.sessions === 0) {
    return (
      <OrFirstRun>
        <Card title={title} stale={stale}>
          <Empty />
        </Card>
      </OrFirstRun>
    );
  }
  return (
    <>
      <FlowCard flow={flow} title={title} sub={journeysWords.flow.sub(flow.sessions, flow.depth + 1)} chosen={node && nodeKey(node)} stale={stale} />
      <div className={flow.direction === "forwards" ? "grid two" : "grid"}>
        {flow.direction === "forwards" && <BeforeLeaving flow={flow} node={node} stale={stale} />}
        <LoopsCard limit={FEW_LOOPS} isWhole={false} />
      </div>
    </>
  );
}

function Empty() {
  const { start } = useSearchState();
  const change = useChangeSearch();
  if (!start) return <NoneInCard title={journeysWords.empty} text={journeysWords.emptySub} />;
  return (
    <NoneInCard title={journeysWords.noStart(start)} text={journeysWords.noStartSub}>
      <Button onClick={() => change({ start: undefined, node: undefined })}>{journeysWords.clearStart}</Button>
    </NoneInCard>
  );
}

function FlowCard({ flow, title, sub, chosen, stale }: { flow: Flow; title: string; sub: string; chosen: string | undefined; stale: boolean }) {
  const asTable = useSearchState().table === 1;
  const change = useChangeSearch();
  const toggle = () => change({ table: asTable ? undefined : 1 }, true);
  usePageKeys([["T", toggle]]);
  const isPhone = useMediaQuery("(max-width: 700px)");
  const label = asTable ? journeysWords.flow.chart : journeysWords.flow.table;
  return (
    <Card
      title={title}
      sub={sub}
      stale={stale}
      side={
        <span className="flow-side">
          <Legend flow={flow} />
          <Tooltip label={<WithKey label={label} keys="T" />}>
            <ActionIcon size={28} aria-label={label} onClick={toggle}>
              {asTable ? <IconChartSankey size={17} stroke={1.7} /> : <IconTable size={17} stroke={1.7} />}
            </ActionIcon>
          </Tooltip>
        </span>
      }
    >
      {asTable ? <FlowTable flow={flow} /> : isPhone ? <FlowSteps flow={flow} /> : <FlowDrawing flow={flow} chosen={chosen} />}
      <p className="quiet">{journeysWords.flow.note}</p>
    </Card>
  );
}

function Legend({ flow }: { flow: Flow }) {
  const before = beforeWords(usePeriod());
  const { goesOn, leaves, enters, rose } = journeysWords.flow;
  const hasRisen = flow.nodes.some((node) => node.end?.rose);
  return (
    <span className="flow-legend">
      <span className="on">{goesOn}</span>
      <span className="gone">{flow.direction === "backwards" ? enters : leaves}</span>
      {hasRisen && <span className="rose">{rose(before)}</span>}
    </span>
  );
}

/** What the flow is about: stands beside the page's title. */
export function FlowControls() {
  const search = useSearchState();
  const change = useChangeSearch();
  const { data } = useQuery(choicesQuery(useProject(), search, usePeriod(), false));
  const { from, to, entry, exit, direction, forwards, backwards, far, screens } = journeysWords.flow;
  const isBackwards = search.direction === "backwards";
  const names = data?.screens.map(({ name }) => name) ?? [];
  const turn = (value: Search["direction"]) => change({ direction: value, node: undefined });
  usePageKeys([["D", () => turn(isBackwards ? undefined : "backwards")]]);
  const all = search.start && !names.includes(search.start) ? [search.start, ...names] : names;
  return (
    <div className="flow-controls">
      <label className="inline-select">
        {isBackwards ? to : from}
        <NativeSelect
          value={search.start ?? ""}
          onChange={(event) => change({ start: event.currentTarget.value || undefined, node: undefined })}
          data={[{ value: "", label: isBackwards ? exit : entry }, ...all.map((name) => ({ value: name, label: name }))]}
        />
      </label>
      <SegmentedControl
        aria-label={direction}
        value={isBackwards ? "backwards" : "forwards"}
        onChange={(value) => turn(value === "backwards" ? "backwards" : undefined)}
        data={[{ value: "forwards", label: forwards }, { value: "backwards", label: backwards }]}
      />
      <SegmentedControl
        aria-label={far}
        value={String(search.depth ?? DEPTH)}
        onChange={(value) => change({ depth: Number(value) === DEPTH ? undefined : Number(value), node: undefined })}
        data={[...new Set([...DEPTHS, search.depth ?? DEPTH])].sort((a, b) => a - b).map((depth) => ({ value: String(depth), label: screens(depth + 1) }))}
      />
    </div>
  );
}
