// The cards of System: freshness, batches by day, refusals, failures, sizes, disk and backups.
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Button } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { count, dateTime, dayName, duration, share } from "../format";
import { Card } from "../parts/card";
import { SessionLink } from "../place";
import { systemWords } from "../system_words";
import type { SystemPage } from "../types";

const SHOWN_TABLES = 8;

export function Warnings({ page }: { page: SystemPage }) {
  const [newest] = page.backups;
  if (page.warnings.length === 0) {
    return (
      <Card>
        <p className="well">
          <IconCircleCheck size={20} stroke={1.7} aria-hidden="true" />
          <span>
            <b>{systemWords.well}</b> {systemWords.wellSub(newest ? dateTime(newest.made_at) : null)}
          </span>
        </p>
      </Card>
    );
  }
  return (
    <Card title={systemWords.attention(page.warnings.length)}>
      <ul className="warnings">
        {page.warnings.map((one) => (
          <li key={one.name + one.sentence} className="callout warn">
            <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
            <div>
              <p>
                <b>{one.sentence}</b>
              </p>
              <p>
                {systemWords.todo} <WithCommands text={one.todo} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A sentence in which commands stand between backticks. */
function WithCommands({ text }: { text: string }) {
  return text.split("`").map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part));
}

export function FreshnessCard({ page }: { page: SystemPage }) {
  const { queue, freshness } = page;
  const facts: readonly (readonly [string, string])[] = [
    [systemWords.behind, queue.behind_s < 1 ? "0 s" : duration(queue.behind_s * 1000)],
    [systemWords.queued, count(queue.queued)],
    [systemWords.due, count(queue.due)],
    [systemWords.inHand, count(queue.in_hand)],
    [systemWords.worker, systemWords.workers[String(page.worker)] ?? ""],
    [systemWords.received, freshness.last_received_at ? dateTime(freshness.last_received_at) : systemWords.noBatch],
    [systemWords.connections, systemWords.connectionsOf(page.server.connections, page.server.max_connections)],
    [systemWords.since, dateTime(page.server.started_at)],
  ];
  return (
    <Card title={systemWords.freshness}>
      <dl className="fact-grid">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

export function LossCard({ page }: { page: SystemPage }) {
  const most = Math.max(1, ...page.losses.map((day) => day.received_batches + day.lost_batches));
  return (
    <Card title={systemWords.losses} sub={systemWords.lossesSub}>
      {page.losses.length === 0 ? (
        <p className="quiet">{systemWords.noBatches}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{systemWords.day}</th>
              <th scope="col" className="bar-cell">
                <span className="sr">{systemWords.share}</span>
              </th>
              <th scope="col" className="number">{systemWords.arrived}</th>
              <th scope="col" className="number">{systemWords.lost}</th>
            </tr>
          </thead>
          <tbody>
            {page.losses.map(({ day, received_batches, lost_batches }) => (
              <tr key={day}>
                <td>{dayName(day)}</td>
                <td className="bar-cell" aria-hidden="true">
                  <span className="size-bar" style={{ width: `${(100 * received_batches) / most}%` }} />
                  {lost_batches > 0 && <span className="size-bar lost" style={{ width: `${(100 * lost_batches) / most}%`, marginTop: 2 }} />}
                </td>
                <td className="number">{count(received_batches)}</td>
                <td className="number">{lost_batches ? `${count(lost_batches)} (${share(lost_batches / (received_batches + lost_batches))})` : "0"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

export function DroppedCard({ page }: { page: SystemPage }) {
  return (
    <Card title={systemWords.dropped} sub={systemWords.droppedSub}>
      {page.dropped.length === 0 ? (
        <p className="quiet">{systemWords.noDropped}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{systemWords.reason}</th>
              <th scope="col" className="number">{systemWords.items}</th>
              <th scope="col" className="number phone-gone">{systemWords.last}</th>
              <th scope="col">{systemWords.means}</th>
            </tr>
          </thead>
          <tbody>
            {page.dropped.map((one) => (
              <tr key={one.reason}>
                <td>
                  <code>{one.reason}</code>
                </td>
                <td className="number">{count(one.items)}</td>
                <td className="number phone-gone">{dayName(one.last_day)}</td>
                <td>{systemWords.reasons[one.reason] ?? systemWords.otherReason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

export function FailedCard({ page }: { page: SystemPage }) {
  return (
    <Card title={systemWords.failed} sub={systemWords.failedSub}>
      {page.failed.length === 0 ? (
        <p className="quiet">{systemWords.noFailed}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{systemWords.analyzer}</th>
              <th scope="col" className="number">{systemWords.sessions}</th>
              <th scope="col">{systemWords.example}</th>
            </tr>
          </thead>
          <tbody>
            {page.failed.map((one) => (
              <tr key={one.analyzer}>
                <td>{one.analyzer}</td>
                <td className="number">{count(one.sessions)}</td>
                <td>
                  <SessionLink sessionId={one.session_id} className="number-link">
                    {dateTime(one.last_at)}
                  </SessionLink>{" "}
                  <code>{one.error}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

export function SizeCard({ page }: { page: SystemPage }) {
  const [isWhole, setWhole] = useState(false);
  const { unit } = systemWords;
  const all = page.tables.reduce((sum, one) => sum + one.size_bytes, 0);
  const most = Math.max(1, page.tables[0]?.size_bytes ?? 1);
  const shown = isWhole ? page.tables : page.tables.slice(0, SHOWN_TABLES);
  return (
    <Card title={systemWords.sizes} sub={systemWords.sizesSub(unit(all), unit(page.server.database_bytes))}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{systemWords.table}</th>
            <th scope="col" className="bar-cell">
              <span className="sr">{systemWords.share}</span>
            </th>
            <th scope="col" className="number">{systemWords.size}</th>
            <th scope="col" className="number">{systemWords.rows}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.table_name}>
              <td>{one.table_name}</td>
              <td className="bar-cell" aria-hidden="true">
                <span className="size-bar" style={{ width: `${(100 * one.size_bytes) / most}%` }} />
              </td>
              <td className="number">{unit(one.size_bytes)}</td>
              <td className="number">{one.row_count === null ? <NotCounted /> : count(one.row_count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {page.tables.length > SHOWN_TABLES && <Button onClick={() => setWhole(!isWhole)}>{isWhole ? systemWords.fewer : systemWords.allTables(page.tables.length)}</Button>}
    </Card>
  );
}

function NotCounted() {
  return (
    <Tooltip label={systemWords.noRows} width={250} onTouch>
      <span tabIndex={0} aria-label={systemWords.noRows} role="note">
        –
      </span>
    </Tooltip>
  );
}

export function BackupCard({ page }: { page: SystemPage }) {
  const { unit } = systemWords;
  return (
    <Card title={systemWords.backups} sub={page.backup_count > 0 && systemWords.backupsSub(page.backup_count)}>
      {page.backups.length === 0 ? (
        <p>{systemWords.noBackup}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{systemWords.file}</th>
              <th scope="col" className="number">{systemWords.size}</th>
              <th scope="col" className="number">{systemWords.made}</th>
            </tr>
          </thead>
          <tbody>
            {page.backups.map((one) => (
              <tr key={one.name}>
                <td>{one.name}</td>
                <td className="number">{unit(one.size_bytes)}</td>
                <td className="number">{dateTime(one.made_at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="quiet">
        <code>{systemWords.howTo}</code> {systemWords.howToSub}
      </p>
    </Card>
  );
}

export function DiskCard({ page: { disk } }: { page: SystemPage }) {
  const { unit } = systemWords;
  return (
    <Card title={systemWords.disk}>
      {disk ? (
        <p>
          <b>{systemWords.free(unit(disk.free_bytes), unit(disk.total_bytes))}.</b> {systemWords.diskIs[String(disk.holds_database)]}
        </p>
      ) : (
        <p>{systemWords.noDisk}</p>
      )}
    </Card>
  );
}
