/** Numbers and dates as a reader says them. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2016-12-09` as `December 9, 2016`. What is no such day stays as it is: a letter's date is never made up. */
export function dayText(isoDay: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDay);
  const month = match && MONTHS[Number(match[2]) - 1];
  return match && month ? `${month} ${Number(match[3])}, ${match[1]}` : isoDay;
}

const DIGITS = new Intl.NumberFormat('en-US');

/** `12,345` */
export function numberText(number: number): string {
  // Most numbers of a page are small, and the formatter is slow.
  return Number.isInteger(number) && number >= 0 && number < 1000 ? String(number) : DIGITS.format(number);
}

/** `1 case`, `2 cases` */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${numberText(number)} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c` */
export function listText(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
