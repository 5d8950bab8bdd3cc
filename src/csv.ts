/**
 * Tables for spreadsheets: RFC 4180 with CRLF, every cell in quotes, in UTF-8 with the byte order mark without which Excel takes it for
 * Latin-1.
 *
 * Letters are untrusted, and a spreadsheet runs a cell that begins like a formula. As OWASP advises ("CSV Injection"), such a cell gets an
 * apostrophe in front, which Excel takes for "this is text". Where a list is separated by semicolons, which half of the world's
 * spreadsheets take for the end of a cell, the same holds for what follows one.
 */

/** What a file begins with. */
export const BYTE_ORDER_MARK = '\ufeff';

/** One line of a file, its end included. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/** Several values in one cell. */
export function csvList(values: readonly string[]): string {
  return values.join('; ');
}

/** The cell as a spreadsheet may read it: never as a formula. Full-width signs count, because East Asian spreadsheets calculate with them. */
export function defused(cell: string): string {
  return cell.replace(/^(?=[\t\r\n\0])/, "'").replace(/(^|[;\t\r\n\0])([^\S\t\r\n]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g, "$1'$2");
}

function quoted(cell: string): string {
  return `"${defused(cell).replaceAll('"', '""')}"`;
}
