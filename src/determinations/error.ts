/** A determination file that cannot be used; the message names the file, the place and what to do. */
export class DeterminationError extends Error {}
