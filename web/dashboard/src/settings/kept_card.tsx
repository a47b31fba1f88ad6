// How long data is kept, and how it is deleted: what Mien can do today, no more.
import { Card } from "../parts/card";
import { useProject } from "../place";
import { settingsWords } from "../settings_words";
import { Copy } from "./copy";

export function KeptCard() {
  const slug = useProject();
  const { kept } = settingsWords;
  const rebuild = kept.rebuild(slug);
  return (
    <Card title={kept.title} sub={kept.sub}>
      <p>{kept.forEver}</p>
      <p>{kept.how(`p_${slug}`)}</p>
      <p>{kept.visitor}</p>
      <p>{kept.then}</p>
      <div className="code-line">
        <pre className="code" tabIndex={0}>{rebuild}</pre>
        <Copy text={rebuild} />
      </div>
    </Card>
  );
}
