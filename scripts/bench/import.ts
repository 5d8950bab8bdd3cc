/** The import: how long it takes, and what it holds in memory. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { importLetters } from '../import/run.ts';
import { figure, seconds } from './figures.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** @param content folder that the letters are imported into */
export async function benchImport(letters: string, content: string, scratch: string): Promise<void> {
  const files = (await readdir(letters)).filter((name) => ['.pdf', '.txt'].includes(extname(name)));
  const pdfs = files.filter((name) => name.endsWith('.pdf'));
  const runImport = (): void => void execFileSync(process.execPath, ['scripts/import.ts', '--from', letters, '--to', content], { cwd: PROJECT, stdio: 'pipe', encoding: 'utf8' });
  figure(`import of ${files.length} letters`, await seconds(runImport));
  figure('import again, nothing changed', await seconds(runImport));
  if (pdfs.length === 0) return console.log('pdftotext -layout: not measured, there are no PDFs');
  if (spawnSync('pdftotext', ['-v']).error) return console.log('pdftotext -layout: not measured, it is not installed');
  const convert = (name: string): void => void execFileSync('pdftotext', ['-layout', join(letters, name), join(scratch, 'text.txt')], { stdio: 'pipe' });
  figure(`pdftotext -layout on ${pdfs.length} of them, one process each`, await seconds(() => pdfs.forEach(convert)));
}

/** What the import's main process holds when the last letter is read, for some letters and for many times as many, made from the sample by numbering it anew. */
export async function benchMemory(scratch: string): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const sample = join(PROJECT, 'content/letters');
  const texts = await Promise.all((await readdir(sample)).map((name) => readFile(join(sample, name), 'utf8')));
  for (const times of [20, 160]) {
    const folder = join(scratch, `letters-${times}`);
    await mkdir(folder);
    let number = 0;
    for (let round = 0; round < times; round++) {
      for (const text of texts) {
        const caseNumber = `CM00-${String(1_000_000 + number++)}`;
        await writeFile(join(folder, `${caseNumber}.txt`), text.replace(/CM00-\d{7}/, caseNumber));
      }
    }
    let held = 0;
    const taken = await seconds(() =>
      importLetters({
        from: folder,
        to: join(scratch, `content-${times}`),
        onProgress: (done, of) => {
          if (done < of) return;
          collectGarbage();
          held = process.memoryUsage().heapUsed;
        },
      }),
    );
    console.log(`import of ${number} text letters: ${taken.toFixed(1)} s, ${(held / 1_000_000).toFixed(0)} MB held when all are read`);
  }
}
