// @vitest-environment jsdom
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Answer } from "../src/parts/answer";
import { projectToLookAt } from "../src/parts/states";
import { words } from "../src/words";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
const sources = import.meta.glob<string>("../src/**/*.tsx", { query: "?raw", import: "default", eager: true });
const failed = new Error("The database did not answer. Collecting goes on.");

function shown(node: ReactNode): HTMLElement {
  const box = document.body.appendChild(document.createElement("div"));
  act(() => createRoot(box).render(node));
  return box;
}

afterEach(() => document.body.replaceChildren());

describe("an answer", () => {
  const ask = (data: string | undefined, error: Error | null, refetch = () => undefined) => ({ data, error, refetch });
  const says = (text: string) => <b>{text}</b>;

  it("is shown, also while a later asking fails", () => {
    expect(shown(<Answer to={ask("12", failed)}>{says}</Answer>).innerHTML).toBe("<b>12</b>");
  });

  it("is waited for in grey", () => {
    const box = shown(<Answer to={ask(undefined, null)} blocks={[["100%", 20]]}>{says}</Answer>);
    expect(box.querySelector("[role=status]")?.getAttribute("aria-label")).toBe(words.states.loading);
    expect(shown(<Answer to={ask("12", null)} waiting={<i />} isWaiting>{says}</Answer>).innerHTML).toBe("<i></i>");
  });

  it("says why it did not come, in a card where it makes its own, and asks again when told to", () => {
    const refetch = vi.fn();
    const box = shown(<Answer to={ask(undefined, failed, refetch)} title="Errors">{says}</Answer>);
    expect(box.querySelector("[role=alert]")?.textContent).toContain("The database did not answer");
    expect(box.querySelector("h2")?.textContent).toBe("Errors");
    act(() => box.querySelector("button")?.click());
    expect(refetch).toHaveBeenCalledOnce();
  });

  it("is the one place where a question's failure is drawn", () => {
    const drawing = Object.entries(sources).filter(([, text]) => /<Problem\b/.test(text)).map(([path]) => path.slice("../src/".length));
    // A part that crashes while it is drawn, and a page that could not be loaded, are no questions.
    expect(drawing.sort()).toEqual(["parts/answer.tsx", "parts/card.tsx", "router.tsx"]);
  });
});

describe("the way to System from what failed", () => {
  it("is to that of the page's project, and not on System itself or outside of projects", () => {
    expect(["/p/my%20shop", "/p/shop/", "/p/shop/errors/12", "/p/shop/system", "/p/system/live", "/login", "/"].map(projectToLookAt)).toEqual(["my shop", "shop", "shop", undefined, "system", undefined, undefined]);
  });
});
