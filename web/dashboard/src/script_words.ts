// Texts beside the script tag, on the first page of a project and in Settings.
export const scriptWords = {
  local: (host: string) => `${host} is reached from this machine alone: enough to try Mien here, not for visitors of a site.`,
  localHow: (setting: string) => `Start Mien with ${setting} set to the address that browsers reach it by, such as https://mien.example.org; the tag then says so. How it is reached there: docs/operating.md.`,
};
