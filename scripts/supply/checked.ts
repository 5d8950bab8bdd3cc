/** What one check of the supply found. */
export interface Checked {
  /** What was looked at and how it is, with counts: one line. */
  says: string;
  /** Each in words: the file, the place and what to do. Any of them fails the command. */
  problems: string[];
  /** Worth a look, and no reason to fail. */
  notes?: string[];
}
