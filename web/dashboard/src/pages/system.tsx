// System: the meter in long. What is wrong first, each with what to do; then the figures.
import "../styles/admin.css";
import { useQuery } from "@tanstack/react-query";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { Blocks, SlowNote } from "../parts/states";
import { useProject } from "../place";
import { BackupCard, DiskCard, DroppedCard, FailedCard, FreshnessCard, LossCard, SizeCard, Warnings } from "../system/cards";
import { HoursCard } from "../system/hours_card";
import { systemQuery } from "../system/queries";
import { systemWords } from "../system_words";
import { words } from "../words";

export function Page() {
  const { data, error, refetch } = useQuery(systemQuery(useProject()));
  return (
    <div className="page system">
      <title>{`${systemWords.title} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{systemWords.title}</h1>
        {data && <p>{systemWords.sub(data.version, data.server.version, data.python)}</p>}
      </header>
      <Answer to={{ data, error, refetch }} title={systemWords.title} waiting={<Waiting />}>
        {(page) => (
          <>
            <Warnings page={page} />
            <FreshnessCard page={page} />
            <div className="grid two top">
              <div className="stack">
                <HoursCard page={page} />
                <LossCard page={page} />
                <BackupCard page={page} />
                <DiskCard page={page} />
              </div>
              <div className="stack">
                <DroppedCard page={page} />
                <FailedCard page={page} />
                <SizeCard page={page} />
              </div>
            </div>
          </>
        )}
      </Answer>
    </div>
  );
}

/** In the shape of what comes. */
function Waiting() {
  const rows = (count: number) => Array.from({ length: count }, () => ["100%", 22] as const);
  return (
    <>
      <Card>
        <Blocks blocks={[["min(100%, 480px)", 20]]} />
      </Card>
      <Card title={systemWords.freshness}>
        <Blocks blocks={[["100%", 46], ["40%", 46]]} />
        <SlowNote />
      </Card>
      <div className="grid two top">
        <div className="stack">
          <Card title={systemWords.hours.title}>
            <Blocks blocks={[["60%", 20], ["100%", 170]]} />
          </Card>
          <Card title={systemWords.losses}>
            <Blocks blocks={rows(9)} />
          </Card>
          <Card title={systemWords.backups}>
            <Blocks blocks={rows(2)} />
          </Card>
          <Card title={systemWords.disk}>
            <Blocks blocks={[["50%", 20]]} />
          </Card>
        </div>
        <div className="stack">
          <Card title={systemWords.dropped}>
            <Blocks blocks={[["50%", 20]]} />
          </Card>
          <Card title={systemWords.failed}>
            <Blocks blocks={[["50%", 20]]} />
          </Card>
          <Card title={systemWords.sizes}>
            <Blocks blocks={rows(9)} />
          </Card>
        </div>
      </div>
    </>
  );
}
