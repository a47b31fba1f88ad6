// The dialog of all keys, a chunk of its own. A native dialog keeps the focus inside; Escape closes it.
import "../styles/keys.css";
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { words } from "../words";

type Line = readonly [keys: readonly string[], what: string];

const GROUPS: readonly { title: string; lines: readonly Line[] }[] = [
  { title: words.keys.everywhere, lines: [[["?"], words.keys.help]] },
  { title: words.keys.onList, lines: [[["J", "K"], words.keys.rows], [["Enter"], words.keys.enter], [["/"], words.keys.search]] },
  { title: words.keys.onErrors, lines: [[["J", "K"], words.keys.rows], [["Enter"], words.keys.enter], [["/"], words.keys.search]] },
  { title: words.keys.onLatency, lines: [[["J", "K"], words.keys.apis]] },
  { title: words.keys.onJourneys, lines: [[["V"], words.keys.view], [["D"], words.keys.direction], [["T"], words.keys.table]] },
  { title: words.keys.onHeatmap, lines: [[["L"], words.keys.layer], [["W"], words.keys.width]] },
  {
    title: words.keys.onSession,
    lines: [
      [["Space"], words.keys.play], [["←", "→"], words.keys.arrows], [["N", "P"], words.keys.signals], [["[", "]"], words.keys.neighbours],
      [["1–5"], words.keys.speed], [["S"], words.keys.idle], [["F"], words.keys.full], [["C"], words.keys.copy], [["←", "→", "↑", "↓"], words.keys.lanes],
    ],
  },
];

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    // Page keys must not work behind the open dialog; Escape and Tab stay the browser's own.
    <dialog ref={dialog} className="keys-dialog" aria-labelledby="keys-title" onClose={onClose} onKeyDown={(event) => event.nativeEvent.stopImmediatePropagation()} onClick={(event) => event.target === event.currentTarget && close()}>
      <div className="keys-body">
        <header>
          <h2 id="keys-title">{words.keys.title}</h2>
          <ActionIcon color="gray" aria-label={words.keys.close} onClick={close}>
            <IconX size={17} stroke={1.7} />
          </ActionIcon>
        </header>
        {GROUPS.map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(([keys, what]) => (
                <div key={what}>
                  <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
