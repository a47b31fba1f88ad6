// Beside a script tag whose address means "this machine": what it is good for, and what to set for a site that others visit.
import { IconInfoCircle } from "@tabler/icons-react";
import { scriptWords } from "../script_words";

const SETTING = "MIEN_PUBLIC_URL";
/** Names and addresses that every machine has for itself. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])$/;

/** The address in a script tag, when it is one of this machine alone; else null. */
export function localHost(script: string | null): string | null {
  const address = /src="([^"]*)"/.exec(script ?? "")?.[1];
  if (address === undefined || !URL.canParse(address)) return null;
  const { origin, hostname } = new URL(address);
  return LOOPBACK.test(hostname) ? origin : null;
}

export function LocalNote({ script }: { script: string | null }) {
  const host = localHost(script);
  if (host === null) return null;
  const [before, after] = scriptWords.localHow("\n").split("\n");
  return (
    <div className="callout warn">
      <IconInfoCircle size={18} stroke={1.7} aria-hidden="true" />
      <p>
        {scriptWords.local(host)} {before}
        <code>{SETTING}</code>
        {after}
      </p>
    </div>
  );
}
