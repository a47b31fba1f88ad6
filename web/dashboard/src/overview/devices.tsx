// The score of the screens by type of device, as fills of one scale: whether all suffer, or only phones.
import { useQuery } from "@tanstack/react-query";
import { plural } from "../format";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { FEW } from "../parts/few";
import { Blocks } from "../parts/states";
import { ExplainLink, SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { screenDevicesQuery } from "../screens/queries";
import type { Search } from "../search";
import type { DeviceCell } from "../types";
import { overviewWords } from "../overview_words";
import { words } from "../words";

const { byDevice } = overviewWords;
/** The scale turns at 70 and has a step each 10 points (visual.md 2). */
const STEPS = 6;
const step = (score: number) => Math.min(STEPS, Math.max(0, Math.round((score - 70) / 10) + STEPS / 2));

export function Devices({ stale }: { stale: boolean }) {
  const { data, error } = useQuery(screenDevicesQuery(useProject(), useSearchState(), usePeriod()));
  // Where every cell is of too few, nothing is told; the list beside takes the room.
  if (error || data?.rows.every(({ cells }) => cells.every(isFew))) return null;
  return (
    <Card title={byDevice.title} sub={byDevice.sub} stale={stale}>
      {!data && <Blocks blocks={[["100%", 30], ["100%", 30], ["100%", 30], ["100%", 30], ["100%", 30]]} />}
      {data && (
        <table className="device-scores">
          <thead>
            <tr>
              <th scope="col">{byDevice.screen}</th>
              {data.devices.map((device) => (
                <th scope="col" key={device}>{words.device[device]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map(({ screen, cells }) => (
              <tr key={screen}>
                <th scope="row">
                  <ExplainLink to="/p/$project/screens" search={{ on: screen }} className="row-link">
                    <Breakable name={screen} />
                  </ExplainLink>
                </th>
                {cells.map((cell) => (
                  <td key={cell.device}>
                    <Cell cell={cell} screen={screen} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function isFew({ score, scored }: Pick<DeviceCell, "score" | "scored">): boolean {
  return score === null || scored < FEW;
}

function Cell({ cell: { score, scored, sessions, device, filter }, screen }: { cell: DeviceCell; screen: string }) {
  if (sessions === 0) return <span className="nobody">–</span>;
  const few = isFew({ score, scored });
  const shown = few ? byDevice.few : String(Math.round(score ?? 0));
  const label = `${screen}, ${words.device[device]}: ${shown}, ${plural(sessions, "session")}`;
  return (
    <SessionsLink search={{ ...(filter as Search), sort: "score", order: "asc" }} className={few ? "device-cell few" : `device-cell step-${step(score ?? 0)}`} label={label}>
      {shown}
    </SessionsLink>
  );
}
