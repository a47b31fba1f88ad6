import { describe, expect, it } from "vitest";
import { toCsv } from "../src/parts/csv";

describe("a list as CSV", () => {
  it("quotes what needs it and ends lines as the standard says", () => {
    expect(toCsv([["a", "b"], ['say "x"', "1,2"], [null, "two\nlines"]])).toBe('a,b\r\n"say ""x""","1,2"\r\n,"two\nlines"\r\n');
  });

  it("has no formulas", () => {
    expect(toCsv([["=1+1", "+1", "-1", "@a", "\t=1", "a=1", 0]])).toBe("'=1+1,'+1,'-1,'@a,'\t=1,a=1,0\r\n");
    expect(toCsv([['=HYPERLINK("x","y")']])).toBe('"\'=HYPERLINK(""x"",""y"")"\r\n');
  });
});
