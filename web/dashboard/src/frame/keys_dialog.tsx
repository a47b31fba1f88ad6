// The dialog of all keys, a chunk of its own. A native dialog keeps the focus inside; Escape closes it.
import "../styles/keys.css";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { ActionIcon } from "../controls/button";
import { keysWords } from "../keys_words";

type Line = readonly [keys: readonly string[], what: string];

const GROUPS: readonly { title: string; lines: readonly Line[] }[] = [
  { title: keysWords.everywhere, lines: [[["⌘K", "Ctrl K"], keysWords.jump], [["G", "O"], keysWords.goOverview], [["G", "S"], keysWords.goSessions], [["G", "J"], keysWords.goJourneys], [["G", "L"], keysWords.goLatency], [["←", "→"], keysWords.axis], [["?"], keysWords.help]] },
  { title: keysWords.onList, lines: [[["J", "K"], keysWords.rows], [["Enter"], keysWords.enter], [["X"], keysWords.tick], [["/"], keysWords.search]] },
  { title: keysWords.onErrors, lines: [[["J", "K"], keysWords.rows], [["Enter"], keysWords.enter], [["/"], keysWords.search]] },
  { title: keysWords.onLatency, lines: [[["J", "K"], keysWords.apis]] },
  { title: keysWords.onJourneys, lines: [[["V"], keysWords.view], [["D"], keysWords.direction], [["T"], keysWords.table]] },
  { title: keysWords.onHeatmap, lines: [[["L"], keysWords.layer], [["W"], keysWords.width]] },
  {
    title: keysWords.onSession,
    lines: [
      [["Space"], keysWords.play], [["←", "→"], keysWords.arrows], [[",", "."], keysWords.oneEvent], [["N", "P"], keysWords.signals], [["W"], keysWords.worst], [["[", "]"], keysWords.neighbours], [["Esc"], keysWords.stay],
      [["1–6"], keysWords.speed], [["S"], keysWords.idle], [["F"], keysWords.full], [["C"], keysWords.copy], [["←", "→", "↑", "↓"], keysWords.lanes],
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
          <h2 id="keys-title">{keysWords.title}</h2>
          <ActionIcon aria-label={keysWords.close} onClick={close}>
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
