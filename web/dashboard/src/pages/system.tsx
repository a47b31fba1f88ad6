// System: the meter in long. What is wrong first, each with what to do; then the figures.
import "../styles/admin.css";
import { useQuery } from "@tanstack/react-query";
import { Answer } from "../parts/answer";
import { useProject } from "../place";
import { BackupCard, DroppedCard, FailedCard, FreshnessCard, LossCard, SizeCard, Warnings } from "../system/cards";
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
      <Answer to={{ data, error, refetch }} title={systemWords.title}>
        {(page) => (
          <>
            <Warnings page={page} />
            <FreshnessCard page={page} />
            <div className="grid two">
              <LossCard page={page} />
              <DroppedCard page={page} />
              <SizeCard page={page} />
              <BackupCard page={page} />
            </div>
            <FailedCard page={page} />
          </>
        )}
      </Answer>
    </div>
  );
}
