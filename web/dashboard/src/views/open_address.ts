// Opens an address below the project, as a saved view keeps it.
import { useRouter } from "@tanstack/react-router";
import { useProject } from "../place";

export function useOpenAddress(): (address: string) => void {
  const slug = useProject();
  const router = useRouter();
  // By the history, since the address is a text: the router reads its parameters as it reads a typed one.
  return (address) => router.history.push(`/p/${slug}${address}`);
}
