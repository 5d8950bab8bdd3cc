/** Reads RFC 4180, written from its grammar and not from our writer. */
import assert from 'node:assert/strict';

/** @param separator between cells; a semicolon where the reader's country has it */
export function parseCsv(text: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const body = text.replace(/^\ufeff/, '');
  for (let at = 0; at < body.length; at += 1) {
    const character = body[at]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (body[at + 1] === '"') cell += body[(at += 1)]!;
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === separator) {
      row.push(cell);
      cell = '';
    } else if (character === '\r' && body[at + 1] === '\n') {
      at += 1;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += character;
  }
  assert.ok(!quoted && cell === '' && row.length === 0, 'the file ends with a line end');
  return rows;
}
