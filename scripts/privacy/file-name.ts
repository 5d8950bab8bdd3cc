/** What the name of a letter's file says of a person. It is published as the letter's source, and names the page of a letter without a case number. */
import { basename, extname } from 'node:path';
import { serious } from '../letters/problem.ts';
import type { Problem } from '../letters/problem.ts';
import { nameWords } from './data.ts';
import { KINDS, findIdentifiers } from './find.ts';
import type { IdentifierKind } from './find.ts';

/** Kinds of identifiers in a file's name and the folders above it, in the order of the kinds. */
export function identifiersInFileName(file: string): IdentifierKind[] {
  const plain = file.slice(0, file.length - extname(file).length).replace(/[/\\]+/g, '\n\n');
  const spaced = plain.replace(/[_+]+|(?<=\p{L})[-.]+|[-.]+(?=\p{L})/gu, ' ');
  const found = new Set([plain, spaced].flatMap((text) => findIdentifiers(`${text}\n`).map(({ kind }) => kind)));
  if (spaced.split('\n').some(hasFullName)) found.add('name');
  return (Object.keys(KINDS) as IdentifierKind[]).filter((kind) => found.has(kind));
}

/** In a file's name a first name stands beside a surname in any order and any capitals. */
function hasFullName(text: string): boolean {
  const { givenNames, ambiguous, notNames, notSurnames, vocabulary } = nameWords();
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const isSurname = (word: string | undefined): boolean => word !== undefined && word.length > 2 && !notNames.has(word) && !notSurnames.has(word) && !vocabulary.has(word) && !FILE_WORDS.has(word);
  return words.some((word, index) => givenNames.has(word) && !ambiguous.has(word) && (isSurname(words[index + 1]) || isSurname(words[index - 1])));
}

/** What files of letters are called. */
const FILE_WORDS = new Set(['letter', 'letters', 'determination', 'determinations', 'final', 'copy', 'scan', 'new', 'old', 'page', 'pages', 'document', 'doc', 'file', 'version', 'signed', 'draft', 'redacted', 'imr', 'part']);

/** The problem of a letter whose text holds no identifier and whose file's name does. */
export function fileNameProblem(kinds: readonly IdentifierKind[]): Problem {
  return serious('privacy-file-name', `the name of its file, which the site would show, holds ${kinds.map((kind) => KINDS[kind].one).join(', ')}. Rename the file and import it again, or import with --redact`);
}

/** The name under which a letter is published whose file's name must not be. */
export function neutralFileName(file: string, sha256: string): string {
  return `letter-${sha256.slice(0, 12)}${extname(basename(file)).toLowerCase()}`;
}
