// Signs out; says so when that failed, for then the login goes on.
import { IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { client, dataOf } from "../api";
import { ActionIcon } from "../controls/button";
import { words } from "../words";

export function useSignOut(): { signOut: () => void; problem: ReactNode } {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { mutate, error, reset } = useMutation({
    mutationFn: () => dataOf(client.POST("/api/logout")),
    onSuccess: () => {
      queryClient.clear();
      return navigate({ to: "/login" });
    },
  });
  const problem = error && (
    <div role="alert" className="callout hurt top-problem">
      <span>
        {words.frame.stillSignedIn} {error.message}
      </span>
      <ActionIcon aria-label={words.frame.close} onClick={reset}>
        <IconX size={17} stroke={1.7} />
      </ActionIcon>
    </div>
  );
  return { signOut: () => mutate(), problem };
}
