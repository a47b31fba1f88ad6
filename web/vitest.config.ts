import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "https://shop.test/p/123?token=abc#top" } },
    include: ["sdk/test/**/*.test.{ts,mjs}", "dashboard/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
