/** Which cases were removed and when, so that whoever has a copy of the data can take them out too. Nothing else is said of them here. */
import { join } from 'node:path';
import type { RemovedCases } from '../../src/determinations/removed.ts';
import { csvLine } from '../../src/csv.ts';
import { DATA_FILES } from '../../src/open-data.ts';
import type { DataFile } from '../../src/open-data.ts';
import { OutputFile } from './output.ts';

/** Writes the table, with a line of titles alone where nothing was removed. @param folder of the open data, which must be there */
export function writeRemovedCases(folder: string, removed: RemovedCases): DataFile {
  const file = new OutputFile(join(folder, DATA_FILES.removed.name));
  file.text(csvLine(['case_id', 'removed_on']));
  for (const { id, date } of removed.values()) file.text(csvLine([id, date]));
  return { kind: 'removed', ...file.close() };
}
