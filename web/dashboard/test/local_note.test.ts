import { describe, expect, it } from "vitest";
import { localHost } from "../src/parts/local_note";

const tag = (host: string) => `<script async src="${host}/mien.js" data-key="mk_1"></script>`;

describe("the address in a script tag", () => {
  it("is named when only this machine reaches it", () => {
    for (const host of ["http://127.0.0.1:8123", "http://localhost:8110", "http://[::1]:8110", "http://0.0.0.0:1", "http://127.1.2.3", "http://mien.localhost:80"]) {
      expect(localHost(tag(host))).toBe(new URL(host).origin);
    }
  });
  it("is no matter when others reach it, or when there is none", () => {
    for (const host of ["https://mien.example.org", "http://192.168.1.4:8110", "https://localhost.example.org", "https://127.example.org", "http://[2001:db8::1]"]) {
      expect(localHost(tag(host))).toBeNull();
    }
    expect(localHost(null)).toBeNull();
    expect(localHost("<script></script>")).toBeNull();
  });
});
