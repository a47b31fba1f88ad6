// What waiting goes together with, for the chosen API or for all: the chart or its numbers, and what it does not prove.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Card } from "../parts/card";
import { Blocks, Nothing, Problem } from "../parts/states";
import { TableToggle } from "../parts/table_toggle";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { doseQuery } from "../queries";
import { words } from "../words";
import { apiName } from "./numbers";

const DoseChart = lazy(() => import("../charts/dose").then((m) => ({ default: m.DoseChart })));
const DoseTable = lazy(() => import("../charts/dose").then((m) => ({ default: m.DoseTable })));
const Switch = lazy(() => import("../parts/segmented").then((m) => ({ default: m.SegmentedControl })));

export function DoseCard({ selected }: { selected: string }) {
  const search = useSearchState();
  const change = useChangeSearch();
  const [asTable, setAsTable] = useState(false);
  const api = search.dose === "all" ? undefined : selected;
  const { data, error, isPlaceholderData, refetch } = useQuery(doseQuery(useProject(), search, usePeriod(), api));
  const Drawing = asTable ? DoseTable : DoseChart;
  const side = (
    <span className="card-tools">
      <Suspense fallback={<span className="switch-place" />}>
        <Switch
          aria-label={words.latency.choose}
          value={search.dose ?? "one"}
          onChange={(value) => change({ dose: value === "all" ? "all" : undefined, api: selected })}
          data={[{ value: "one", label: words.latency.thisApi }, { value: "all", label: words.latency.allApis }]}
        />
      </Suspense>
      <TableToggle asTable={asTable} onChange={setAsTable} />
    </span>
  );
  return (
    <Card title={api === undefined ? words.latency.costsAll : words.latency.costs(apiName(api))} sub={words.latency.costsSub} side={side} className="tall" stale={isPlaceholderData}>
      {error && !data ? (
        <Problem sentence={error.message} onAgain={() => void refetch()} />
      ) : !data ? (
        <Blocks blocks={[["100%", 120], ["100%", 120], ["100%", 120]]} />
      ) : data.sessions === data.unbanded ? (
        <Nothing title={words.latency.doseNone} />
      ) : (
        <>
          <Suspense fallback={<Blocks blocks={[["100%", 120], ["100%", 120], ["100%", 120]]} />}>
            <Drawing dose={data} />
          </Suspense>
          <p className="quiet">
            {words.latency.doseNote} {data.unbanded > 0 && words.latency.unbanded(data.unbanded)}{" "}
            <SessionsLink search={data.api === null ? { api_status: "any" } : { api: data.api }}>{words.overview.watch(data.sessions)}</SessionsLink>
          </p>
        </>
      )}
    </Card>
  );
}
