// The login page: name, password, and what went wrong in words.
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/PasswordInput.css";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { client, dataOf, rememberCsrf } from "../api";
import { Logo } from "../parts/glyphs";
import { meQuery } from "../queries";
import { loginWords } from "../login_words";
import { words } from "../words";

/** Only an address of this site is followed after the login. */
function safeNext(next: string | undefined): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";
}

export function Page() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const { next } = useSearch({ strict: false }) as { next?: string };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim() || !password) return setProblem(loginWords.missing);
    setBusy(true);
    setProblem(null);
    try {
      const me = await dataOf(client.POST("/api/login", { body: { name: name.trim(), password } }));
      rememberCsrf(me.csrf);
      queryClient.setQueryData(meQuery.queryKey, me);
      await router.invalidate();
      await navigate({ href: safeNext(next) });
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : words.states.unreachable);
      setBusy(false);
    }
  };

  return (
    <main className="login">
      <title>{`${loginWords.title} · ${words.product}`}</title>
      <form className="card" onSubmit={(event) => void submit(event)} noValidate>
        <Logo />
        <h1>{loginWords.title}</h1>
        {problem && (
          <p className="callout hurt" role="alert" id="login-problem">
            {problem}
          </p>
        )}
        <TextInput label={loginWords.name} value={name} onChange={(e) => setName(e.currentTarget.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus aria-describedby={problem ? "login-problem" : undefined} />
        <PasswordInput label={loginWords.password} value={password} onChange={(e) => setPassword(e.currentTarget.value)} autoComplete="current-password" aria-describedby={problem ? "login-problem" : undefined} />
        <Button type="submit" variant="filled" fullWidth loading={isBusy} h={40}>
          {isBusy ? loginWords.busy : loginWords.submit}
        </Button>
        <p className="quiet">{loginWords.hint}</p>
      </form>
    </main>
  );
}
