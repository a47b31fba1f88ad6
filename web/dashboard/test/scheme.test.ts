import { expect, it, vi } from "vitest";

vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => undefined }));

it("colours are what was chosen, and what the system has again once nothing is", async () => {
  const { setScheme, startScheme } = await import("../src/scheme");
  const shown = () => document.documentElement.dataset.scheme;
  startScheme();
  expect(shown()).toBe("dark");
  setScheme("light");
  expect(shown()).toBe("light");
  setScheme(null);
  expect(shown()).toBe("dark");
  expect(localStorage).toHaveLength(0);
});
