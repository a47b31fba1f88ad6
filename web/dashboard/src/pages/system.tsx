// System: the meter in long. What is wrong first, each with what to do; then the figures.
import "../styles/admin.css";
import { useQuery } from "@tanstack/react-query";
import { ListLoading, ListProblem } from "../parts/list_states";
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
      {data ? (
        <>
          <Warnings page={data} />
          <FreshnessCard page={data} />
          <div className="grid two">
            <LossCard page={data} />
            <DroppedCard page={data} />
            <SizeCard page={data} />
            <BackupCard page={data} />
          </div>
          <FailedCard page={data} />
        </>
      ) : error ? (
        <ListProblem title={systemWords.title} error={error} onAgain={() => void refetch()} />
      ) : (
        <ListLoading />
      )}
    </div>
  );
}
