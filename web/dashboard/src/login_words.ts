// The texts of the sign-in: loaded with what shows them.

export const loginWords = {
  title: "Sign in", name: "Name", password: "Password", submit: "Sign in", busy: "Signing in",
  hint: "The first password was printed once, in the terminal where Mien was started. Forgotten? Set a new one with “mien account password NAME”; from a checkout, “./run mien account password NAME”.",
  show: "Show the password", hide: "Hide the password",
  missing: "Type your name and password.",
};
