// Settings: the script, the project, write keys, thresholds, and who may look.
import "../styles/admin.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { useProject, useSearchState } from "../place";
import { kept } from "../search";
import { KeptCard } from "../settings/kept_card";
import { KeysCard, ScriptCard } from "../settings/keys_card";
import { AccountsCard, PasswordCard, TokensCard } from "../settings/people_cards";
import { ProjectCard } from "../settings/project_card";
import { settingsQuery, thresholdsQuery } from "../settings/queries";
import { settingsWords } from "../settings_words";
import { words } from "../words";

export function Page() {
  const slug = useProject();
  const settings = useQuery(settingsQuery(slug));
  return (
    <div className="page settings">
      <title>{`${settingsWords.title} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{settingsWords.title}</h1>
        <p>{settingsWords.sub(settings.data?.name ?? slug)}</p>
      </header>
      <ScriptCard />
      <div className="grid two">
        <Answer to={settings} title={settingsWords.project} blocks={[["100%", 400]]}>
          {(data) => <ProjectCard key={slug} settings={data} />}
        </Answer>
        <div className="stack settings-side">
          <ThresholdsCard />
          <PasswordCard />
          <AccountsCard />
        </div>
      </div>
      <KeysCard />
      <KeptCard />
      <TokensCard />
    </div>
  );
}

function ThresholdsCard() {
  const slug = useProject();
  const search = kept(useSearchState());
  return (
    <Card title={settingsWords.thresholds} sub={settingsWords.thresholdsSub}>
      <Answer to={useQuery(thresholdsQuery(slug))} blocks={[["80%", 20]]}>
        {({ thresholds, muted }) => (
          <p>
            {settingsWords.changed(thresholds.filter((one) => one.value !== one.default).length)} {settingsWords.muted(muted.length)}
          </p>
        )}
      </Answer>
      <p>
        <Link to={`/p/$project${"/signals"}`} params={{ project: slug }} search={search} className="number-link">
          {settingsWords.toSignals}
        </Link>
      </p>
    </Card>
  );
}
