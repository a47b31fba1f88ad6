// Texts of the dialog that makes a project.
export const newProjectWords = {
  title: "New project", lead: "One per site or app: its sessions, scores and settings stand apart from those of other projects. The page that follows has the tag for the site.",
  name: "Name", slug: "Short name (slug), for addresses", slugHint: "a-z, 0-9 and _, beginning with a letter. Empty: made from the name. It cannot be changed later.", make: "Make the project",
};
