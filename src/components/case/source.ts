/** What the page of a case says of its letter's origin. */

/** The layouts in words a reader understands; the names are those that the import gives (README, "The record"). */
const LAYOUTS = new Map([
  ['imr-issues-decisions-and-rationales', 'Final determination letter of 2015 and later, with issues, decisions and rationales'],
  ['imr-decisions-and-rationales', 'Final determination letter of 2014, with decisions and rationales'],
  ['notice-of-independent-medical-review-determination', 'Notice of determination of 2013'],
  ['medical-professional-review', 'Report of one medical reviewer on one request'],
]);

/** A layout in words; nothing for one that has none yet. */
export function layoutWords(layout: string): string | undefined {
  return LAYOUTS.get(layout);
}

/** Where a privacy problem of a case is reported: a letter that is addressed already, where the publisher gave an address; else nothing. */
export function reportAddress({ email }: { email?: string }, name: string): string | undefined {
  if (email === undefined) return undefined;
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}?subject=${encodeURIComponent(`Privacy problem in case ${name}`)}`;
}
