// A moment in two lines: what it may have been and how strong the evidence is, then the evidence, its messages shortened.
import { duration, shortened } from "../format";
import { momentsWords } from "../moments_words";

interface Said {
  emotion: string;
  strength: string | null;
  evidence: readonly string[];
}

const MOST = 64;

export function momentName({ emotion, strength }: Omit<Said, "evidence">): string {
  const kind = momentsWords.kind[emotion] ?? emotion;
  return strength ? momentsWords.named(kind, strength) : kind;
}

export function momentEvidence({ evidence }: Pick<Said, "evidence">): string {
  return evidence.map((what) => shortened(inSeconds(what), MOST)).join(", ");
}

/** "7234 ms" as every other time is written: 7.2 s. */
function inSeconds(text: string): string {
  return text.replace(/\b(\d+) ms\b/g, (_, ms: string) => duration(Number(ms)));
}
