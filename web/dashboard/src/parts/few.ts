/** Sessions or views below which a mean or a rate says little (visual.md 5.7): "few", or the count itself, is said instead. */
export const FEW = 30;
