// Web vitals by screen and device: the 75th percentile with the sign of its rating, and the views parted by rating.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "../controls/button";
import { duration, share } from "../format";
import { Answer } from "../parts/answer";
import { Breakable } from "../parts/breakable";
import { OrFirstRun } from "../parts/first_run_lazy";
import { NoSessions } from "../parts/no_sessions";
import { DeviceIcon } from "../parts/device_icon";
import { BandSign, RATING_BANDS } from "../parts/score_mark";
import { SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { vitalsQuery } from "./queries";
import { VITALS, type Rating, type Search, type Vital } from "../search";
import type { VitalPage, VitalRow } from "../types";
import { latencyWords } from "../latency_words";
import { words } from "../words";

/** Good, middling and poor have the signs of the score's bands. */
const LESS: readonly Vital[] = ["FCP", "TTFB"];

function SettingsButton() {
  const project = useProject();
  return <Button renderRoot={(props) => <Link to="/p/$project/settings" params={{ project }} {...props} />}>{latencyWords.vitals.toSettings}</Button>;
}

export function VitalsTable() {
  const vitals = useQuery(vitalsQuery(useProject(), useSearchState(), usePeriod()));
  return (
    <Answer to={vitals} title={latencyWords.views.vitals} blocks={Array.from({ length: 6 }, () => ["100%", 46] as const)}>
      {(page) =>
        page.all.length === 0 ? (
          <OrFirstRun>
            <NoSessions title={latencyWords.vitals.none} text={latencyWords.vitals.noneSub}>
              <SettingsButton />
            </NoSessions>
          </OrFirstRun>
        ) : (
          <Table page={page} stale={vitals.isPlaceholderData} />
        )
      }
    </Answer>
  );
}

function Table({ page, stale }: { page: VitalPage; stale: boolean }) {
  const { vitals } = latencyWords;
  return (
    <section className={`card table-card ${stale ? "stale" : ""}`} aria-label={latencyWords.views.vitals} aria-busy={stale}>
      <p className="table-lead quiet">{vitals.sub}</p>
      <table className="api-table vitals-table">
        <thead>
          <tr>
            <th scope="col" className="api-name">{vitals.screen}</th>
            {VITALS.map((name) => (
              <th key={name} scope="col" className={LESS.includes(name) ? "wide-only" : ""}>
                {name} <small>{vitals.names[name]}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="all-row">
            <th scope="row" className="api-name">{vitals.all}</th>
            <Cells rows={page.all} page={page} where={{}} />
          </tr>
          {page.rows.map((row) => (
            <tr key={`${row.screen} ${row.device_type}`}>
              <th scope="row" className="api-name">
                <span className="place-name"><Breakable name={row.screen === "" ? latencyWords.unknownScreen : row.screen} /></span>
                <small className="row-line">
                  <DeviceIcon type={row.device_type} size={15} /> {words.device[row.device_type] ?? row.device_type}
                </small>
              </th>
              <Cells rows={row.vitals} page={page} where={{ vital_screen: row.screen, device_type: row.device_type }} />
            </tr>
          ))}
        </tbody>
      </table>
      <footer className="table-foot">
        <span>{vitals.lines}</span>
        {page.row_count > page.rows.length && <span className="foot-side">{vitals.rest(page.row_count - page.rows.length)}</span>}
      </footer>
    </section>
  );
}

function Cells({ rows, page, where }: { rows: VitalRow[]; page: VitalPage; where: Search }) {
  return VITALS.map((name) => {
    const row = rows.find((one) => one.name === name);
    return (
      <td key={name} className={LESS.includes(name) ? "wide-only" : ""}>
        {row ? <Cell row={row} lines={page.lines.find((line) => line.name === name)} where={where} /> : <span className="quiet">–</span>}
      </td>
    );
  });
}

function Cell({ row, lines, where }: { row: VitalRow; lines: VitalPage["lines"][number] | undefined; where: Search }) {
  const rating: Rating = !lines || row.p75 <= lines.good ? "good" : row.p75 <= lines.poor ? "needs-improvement" : "poor";
  const parts: readonly (readonly [Rating, number])[] = [["good", row.good], ["needs-improvement", row.improvable], ["poor", row.poor]];
  const said = parts.map(([, views]) => share(views / row.views));
  const asked = { ...where, vital: row.name };
  return (
    <div className="vital">
      <span>
        <BandSign band={RATING_BANDS[rating]} /> <span className="sr">{words.rating[rating]}, </span>
        <SessionsLink search={asked}>
          <b>{row.name === "CLS" ? row.p75.toFixed(2) : duration(row.p75)}</b>
        </SessionsLink>
      </span>
      <span className="vital-bar" role="img" aria-label={latencyWords.vitals.rated(said[0] ?? "", said[1] ?? "", said[2] ?? "")}>
        {parts.filter(([, views]) => views > 0).map(([part, views]) => (
          <i key={part} className={part} style={{ flexGrow: views }} />
        ))}
      </span>
      <small>
        <span className="wide-only">{latencyWords.vitals.views(row.views)}</span>
        {row.poor > 0 && (
          <SessionsLink search={{ ...asked, vital_rating: "poor" }}>{latencyWords.vitals.poor(share(row.poor / row.views))}</SessionsLink>
        )}
      </small>
    </div>
  );
}
