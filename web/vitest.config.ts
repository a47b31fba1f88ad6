import { defineConfig } from "vitest/config";

const shared = {
  environment: "jsdom",
  environmentOptions: { jsdom: { url: "https://shop.test/p/123?token=abc#top" } },
  restoreMocks: true,
};
const PLAYER = "dashboard/test/player.test.ts"; // its clock is that of the document

export default defineConfig({
  test: {
    projects: [
      // The script and the player change the document they are in: a new one for each file.
      { test: { ...shared, name: "alone", include: ["sdk/test/**/*.test.{ts,mjs}", PLAYER] } },
      { test: { ...shared, name: "pages", include: ["dashboard/**/*.test.{ts,tsx}"], exclude: [PLAYER], isolate: false, setupFiles: ["./vitest.setup.ts"] } },
    ],
  },
});
