// What waiting goes together with, for the chosen API or for all: the chart or its numbers, and what it does not prove.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { NoneLeft } from "../parts/none_left";
import { Blocks } from "../parts/states";
import { TableToggle } from "../parts/table_toggle";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { doseQuery } from "./queries";
import { latencyWords } from "../latency_words";
import { overviewWords } from "../overview_words";
import { apiName } from "./numbers";

const DoseChart = lazy(() => import("../charts/dose").then((m) => ({ default: m.DoseChart })));
const DoseTable = lazy(() => import("../charts/dose").then((m) => ({ default: m.DoseTable })));
const Switch = lazy(() => import("../controls/segmented").then((m) => ({ default: m.SegmentedControl })));

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
          aria-label={latencyWords.choose}
          value={search.dose ?? "one"}
          onChange={(value) => change({ dose: value === "all" ? "all" : undefined, api: selected })}
          data={[{ value: "one", label: latencyWords.thisApi }, { value: "all", label: latencyWords.allApis }]}
        />
      </Suspense>
      <TableToggle asTable={asTable} onChange={setAsTable} />
    </span>
  );
  return (
    <Card title={api === undefined ? latencyWords.costsAll : latencyWords.costs(apiName(api))} sub={latencyWords.costsSub} side={side} className="tall dose-card" stale={isPlaceholderData}>
      <Answer to={{ data, error, refetch }} blocks={[["100%", 120], ["100%", 120], ["100%", 120]]}>
        {(dose) =>
          dose.sessions === dose.unbanded ? (
            <NoneLeft title={latencyWords.doseNone} />
          ) : (
            <>
              <Suspense fallback={<Blocks blocks={[["100%", 120], ["100%", 120], ["100%", 120]]} />}>
                <Drawing dose={dose} />
              </Suspense>
              <p className="quiet">
                {latencyWords.doseNote} {dose.unbanded > 0 && latencyWords.unbanded(dose.unbanded)}{" "}
                <SessionsLink search={dose.api === null ? { api_status: "any" } : { api: dose.api }}>{overviewWords.watch(dose.sessions)}</SessionsLink>
              </p>
            </>
          )
        }
      </Answer>
    </Card>
  );
}
