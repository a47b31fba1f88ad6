// A moment in two lines: what it may have been and how strong the evidence is, then the evidence, its messages shortened.
import { shortened } from "../format";
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
  return evidence.map((what) => shortened(what, MOST)).join(", ");
}
