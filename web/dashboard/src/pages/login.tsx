// The login page: name, password, and what went wrong in words.
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useState, type FormEvent, type InputHTMLAttributes } from "react";
import { client, dataOf, rememberLogin } from "../api";
import { ActionIcon, Button } from "../controls/button";
import { TextInput } from "../controls/input";
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
      rememberLogin(me);
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
        <Button type="submit" variant="filled" fullWidth loading={isBusy} height={40}>
          {isBusy ? loginWords.busy : loginWords.submit}
        </Button>
        <p className="quiet">{loginWords.hint}</p>
      </form>
    </main>
  );
}

/** With a button that shows what is typed. */
function PasswordInput(field: InputHTMLAttributes<HTMLInputElement> & { label: string }) {
  const [isShown, setShown] = useState(false);
  const name = isShown ? loginWords.hide : loginWords.show;
  const Eye = isShown ? IconEyeOff : IconEye;
  const eye = (
    <ActionIcon aria-label={name} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
      <Eye size={17} stroke={1.7} />
    </ActionIcon>
  );
  return <TextInput {...field} type={isShown ? "text" : "password"} rightSection={eye} />;
}
