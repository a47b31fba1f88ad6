// What is said while a period is chosen on a time axis.
export const periodWords = {
  label: (what: string) => `${what}, by keyboard: choose a period`,
  hint: "Left and right arrows move along the time axis, with Shift they choose a period. Enter shows it, without a choice the sessions of the point. Escape leaves.",
  chosen: (dates: string) => `${dates} chosen. Enter shows this period, Escape leaves.`,
};
