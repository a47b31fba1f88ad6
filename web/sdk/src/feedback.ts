// mien-feedback.js: asks how it went. One tap on one of five faces, then, if one likes, on a word. Nothing is asked that
// was asked in the last 14 days; asking, dismissing and answering are all recorded, with the probability of being asked.

import { listen, quietly, within } from "./guard";
import type { PartWindow, Shared } from "./parts";
import { keep, local, open, write } from "./storage";

const EVERY_MS = 14 * 86_400_000; // signals.md C.3: once per person and 14 days
const THANKS_MS = 1_500;
const FACES = ["😠", "🙁", "😐", "🙂", "😀"];
const CHIPS = ["stuck", "confusing", "slow", "just looking", "great"]; // signals.md C.3; sent in English
const ASKED = "mien:asked";

/** In the languages that most sites need; the page's own (`<html lang>`) comes before the browser's. */
const TEXTS: Record<string, readonly string[]> = {
  // the question, the five faces, "What was it?", the chips, close, thanks
  en: ["How is it going?", "very bad", "bad", "so-so", "good", "very good", "What was it?", "Stuck", "Confusing", "Slow", "Just looking", "Great", "Close", "Thank you"],
  de: ["Wie läuft es?", "sehr schlecht", "schlecht", "mittel", "gut", "sehr gut", "Woran lag es?", "Komme nicht weiter", "Verwirrend", "Langsam", "Schaue nur", "Großartig", "Schließen", "Danke"],
  fr: ["Comment ça se passe ?", "très mal", "mal", "moyen", "bien", "très bien", "Pourquoi ?", "Bloqué", "Déroutant", "Lent", "Je regarde", "Super", "Fermer", "Merci"],
  es: ["¿Qué tal va?", "muy mal", "mal", "regular", "bien", "muy bien", "¿Por qué?", "Atascado", "Confuso", "Lento", "Solo miro", "Genial", "Cerrar", "Gracias"],
};

const STYLE = `:host{all:initial;position:fixed;right:16px;bottom:16px;z-index:2147483000;color-scheme:light dark}
div{font:15px/1.4 system-ui,sans-serif;background:Canvas;color:CanvasText;border:1px solid GrayText;border-radius:10px;
padding:12px 14px;max-width:calc(100vw - 62px);box-shadow:0 4px 18px #0003}p{margin:0 28px 8px 0}
button{font:inherit;color:inherit;background:none;border:1px solid transparent;border-radius:8px;min-width:44px;min-height:44px;cursor:pointer}
button:hover{border-color:GrayText}button:focus-visible{outline:2px solid Highlight}.f{font-size:24px}
.c{border-color:GrayText;padding:0 12px;margin:0 6px 6px 0}.x{position:absolute;top:2px;right:2px}`;

/** The page's own texts, `window.mien_feedback = ["...", ...]`, come before ours. */
function textsOf(): readonly string[] {
  const own = (window as { mien_feedback?: readonly string[] }).mien_feedback;
  const languages = [document.documentElement.lang, navigator.language, "en"].map((tag) => tag.slice(0, 2));
  return own ?? TEXTS[languages.find((language) => TEXTS[language])!]!;
}

function start(core: Shared, trigger: string, pi: number): void {
  const texts = textsOf();
  const host = document.createElement("mien-feedback");
  const root = host.attachShadow({ mode: "open" });
  const panel = document.createElement("div");
  let rating: number | undefined;
  const say = quietly((state: string, more: object = {}) => core.emit("feedback", { state, trigger, pi, rating, ...more }));

  function button(text: string, label: string, className: string, act: () => void): HTMLElement {
    const made = document.createElement("button");
    made.textContent = text;
    made.ariaLabel = label;
    made.className = className;
    made.onclick = quietly(act);
    return made;
  }

  function show(question: string, choices: HTMLElement[]): void {
    const text = document.createElement("p");
    text.id = "q";
    text.textContent = question;
    panel.replaceChildren(text, ...choices, button("×", texts[12]!, "x", dismiss));
  }

  function close(): void {
    host.remove();
  }

  function dismiss(): void {
    say(rating ? "answered" : "dismissed");
    close();
  }

  function thank(chip?: string): void {
    say("answered", { chip });
    const text = document.createElement("p");
    text.textContent = texts[13]!;
    panel.replaceChildren(text);
    setTimeout(close, THANKS_MS);
  }

  function rate(given: number): void {
    rating = given;
    show(texts[6]!, CHIPS.map((chip, index) => button(texts[7 + index]!, texts[7 + index]!, "c", () => thank(chip))));
    (panel.querySelector("button") as HTMLElement).focus();
  }

  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "q");
  panel.setAttribute("aria-live", "polite");
  show(texts[0]!, FACES.map((face, index) => button(face, texts[1 + index]!, "f", () => rate(index + 1))));
  // A constructed sheet: a strict content security policy has nothing against it.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(panel);
  host.setAttribute("data-mien-ignore", ""); // clicks in it are no clicks on the page
  listen<KeyboardEvent>("keydown", (event) => event.key === "Escape" && host.isConnected && dismiss());
  // Left without a word: what was tapped counts.
  core.on("leave", (isUnloading) => isUnloading && host.isConnected && dismiss());
  document.body.append(host);
  say("asked");
}

(window as PartWindow).__mien = (core, trigger: string, pi: number) =>
  within(core.signal, () => {
    if (core.given.consent !== "required" || open(() => localStorage)["mien:consent"]) keep();
    if (Date.now() - Number(local[ASKED] ?? 0) < EVERY_MS) return;
    write(local, ASKED, "" + Date.now());
    start(core, trigger, pi);
  });
