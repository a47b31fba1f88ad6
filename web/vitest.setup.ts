// One document for all files of pages in a worker (a new one for each took four fifths of the time): what a file left in it is taken away.
import { beforeEach } from "vitest";

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
