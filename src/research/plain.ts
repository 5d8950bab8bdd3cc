/**
 * A list to hand on, as a file or as a link: what the reader has written and which decisions are meant. No word of a letter: whoever opens it gets these from the
 * site, so that nobody can hand on a decision that says something else, or words of a case that was removed.
 */
import { CASE_ID, LARGEST_NUMBER, LONGEST_NAME, LONGEST_NOTE, MOST_ENTRIES, MOST_GROUPS, addGroup, arranged, entriesOf, entryId, entryOf, joinNotes, keep, nameOf, putInto, setNote, setTitle } from './list.ts';
import type { ResearchList } from './list.ts';
import { isDecisionNumber, isObject } from './stored.ts';

export interface PlainEntry {
  caseId: string;
  /** Counted from 1. */
  number: number;
  /** Empty where there is none. */
  note: string;
}

export interface PlainGroup {
  /** Empty for those without a group. */
  name: string;
  entries: PlainEntry[];
}

export interface PlainList {
  title: string;
  groups: PlainGroup[];
}

/** A file or a link that cannot be used; the message says in whole sentences why, and that nothing was changed. */
export class PlainListError extends Error {}

export const FILE_FORMAT = 'imr-research/1';
/** Characters of a file: more than the longest list can have. */
export const LARGEST_FILE = 5_000_000;
/** Characters of a link: what mail programs and chats pass on whole. */
export const LONGEST_LINK = 8000;
/** What stands before the list in an address. */
export const LINK_MARK = '#list=';
/** Bytes that a link may unpack to: a few bytes can be packed to unpack to gigabytes. */
const LARGEST_UNPACKED = 1_000_000;
const UNCHANGED = 'Nothing was changed.';

export function plainList(list: ResearchList): PlainList {
  const groups = arranged(list).filter(({ id, entries }) => id !== '' || entries.length > 0);
  return { title: list.title[0], groups: groups.map(({ name, entries }) => ({ name, entries: entries.map(({ caseId, number, note }) => ({ caseId, number, note: note[0] })) })) };
}

/** The text of the file. */
export function fileText({ title, groups }: PlainList): string {
  const plain = { format: FILE_FORMAT, title, groups: groups.map(({ name, entries }) => ({ name, decisions: entries.map(({ caseId, number, note }) => ({ case: caseId, decision: number, note })) })) };
  return `${JSON.stringify(plain, null, 2)}\n`;
}

/** @throws PlainListError */
export function readFileText(text: string): PlainList {
  if (text.length > LARGEST_FILE) throw new PlainListError(`The file is too large to be a research folder. ${UNCHANGED}`);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new PlainListError(`The file is not a research folder: it is no JSON. Choose a file that was saved on this page. ${UNCHANGED}`);
  }
  if (!isObject(value) || typeof value['format'] !== 'string' || !value['format'].startsWith('imr-research/')) throw new PlainListError(`The file is not a research folder. Choose a file that was saved on this page. ${UNCHANGED}`);
  if (value['format'] !== FILE_FORMAT) throw new PlainListError(`The file is of another version of this site, and cannot be read here. ${UNCHANGED}`);
  const { title, groups } = value;
  const list = Array.isArray(groups) && groups.every(isObject) ? groups.map(({ name, decisions }) => ({ name, entries: Array.isArray(decisions) ? decisions.map((entry: unknown) => (isObject(entry) ? { caseId: entry['case'], number: entry['decision'], note: entry['note'] ?? '' } : entry)) : undefined })) : undefined;
  return checked({ title, groups: list }, 'The file');
}

/** What follows the page's address: `#list=` and the list, packed. @throws RangeError where it is longer than LONGEST_LINK */
export async function linkHash({ title, groups }: PlainList, { notes }: { notes: boolean }): Promise<string> {
  const compact = [title, ...groups.map(({ name, entries }) => [name, ...entries.map(({ caseId, number, note }) => (notes && note !== '' ? [caseId, number, note] : [caseId, number]))])];
  const packed = await through(new TextEncoder().encode(JSON.stringify(compact)), new CompressionStream('deflate-raw'), Infinity);
  const hash = `${LINK_MARK}1.${base64url(packed)}`;
  if (hash.length > LONGEST_LINK) throw new RangeError(`the link has ${hash.length} characters`);
  return hash;
}

/** @param hash of an address, as in location.hash. @throws PlainListError */
export async function readLinkHash(hash: string): Promise<PlainList> {
  const broken = (): PlainListError => new PlainListError(`The link is damaged: it was cut off or changed on its way. Ask for it again, or for the file. ${UNCHANGED}`);
  const match = /^#list=(\d{1,3})\.([\w-]{1,8000})$/.exec(hash);
  if (!match) throw broken();
  if (match[1] !== '1') throw new PlainListError(`The link is of another version of this site, and cannot be read here. ${UNCHANGED}`);
  let value: unknown;
  try {
    const bytes = Uint8Array.from(atob(match[2]!.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await through(bytes, new DecompressionStream('deflate-raw'), LARGEST_UNPACKED)));
  } catch {
    throw broken();
  }
  if (!Array.isArray(value)) throw broken();
  const [title, ...groups] = value as unknown[];
  if (!groups.every((group) => Array.isArray(group))) throw broken();
  const list = groups.map(([name, ...entries]: unknown[]) => ({ name, entries: entries.map((entry) => (Array.isArray(entry) && entry.length <= 3 ? { caseId: entry[0] as unknown, number: entry[1] as unknown, note: (entry[2] as unknown) ?? '' } : entry)) }));
  return checked({ title, groups: list }, 'The link');
}

/** Whether an address carries a list. */
export function isLinkHash(hash: string): boolean {
  return hash.startsWith(LINK_MARK);
}

/** What adding a list would change. */
export interface Addition {
  /** Decisions that are not on the list yet. */
  added: PlainEntry[];
  /** Decisions that are, each with what their note would become where that changes. */
  known: { entry: PlainEntry; note?: string }[];
  /** Decisions for which there is no room. */
  left: number;
}

export function additionOf(list: ResearchList, plain: PlainList): Addition {
  const entries = plain.groups.flatMap((group) => group.entries);
  const fresh = entries.filter((entry) => !entryOf(list, entryId(entry)));
  const room = MOST_ENTRIES - entriesOf(list).length;
  const known = entries.flatMap((entry) => {
    const own = entryOf(list, entryId(entry))?.note[0];
    if (own === undefined) return [];
    const note = joinNotes(own, entry.note);
    return [note === own ? { entry } : { entry, note }];
  });
  return { added: fresh.slice(0, room), known, left: Math.max(0, fresh.length - room) };
}

/**
 * Adds a list to one's own. Nothing of one's own goes away: notes are joined, a decision in a group stays there, groups of the same name become one.
 * @param newId makes an id that no group has
 */
export function addPlain(list: ResearchList, plain: PlainList, newId: () => string, at: number): ResearchList {
  const { added } = additionOf(list, plain);
  const isNew = new Set(added.map(entryId));
  let result = list.title[0] === '' ? setTitle(list, plain.title, at) : list;
  for (const { name, entries } of plain.groups) {
    if (name !== '' && !groupNamed(result, name)) result = addGroup(result, name, newId(), at);
    const group = name === '' ? '' : (groupNamed(result, name) ?? '');
    for (const entry of entries) {
      const id = entryId(entry);
      if (isNew.has(id)) result = keep(result, { ...entry, words: null }, at);
      const own = entryOf(result, id);
      if (!own) continue;
      const note = joinNotes(own.note[0], entry.note);
      if (note !== own.note[0]) result = setNote(result, id, note, own.note[0], at);
      if (own.group[0] === '' && group !== '') result = putInto(result, id, group, at);
    }
  }
  return result;
}

function groupNamed(list: ResearchList, name: string): string | undefined {
  return arranged(list).slice(1).find((group) => group.name === name)?.id;
}

function checked({ title, groups }: { title: unknown; groups: unknown }, what: 'The file' | 'The link'): PlainList {
  const refuse = (why: string): never => {
    throw new PlainListError(`${what} cannot be used: ${why} ${UNCHANGED}`);
  };
  const name = (value: unknown): string => (typeof value === 'string' && value.length <= LONGEST_NAME ? nameOf(value) : refuse('a title or the name of a group is no text, or too long.'));
  if (!Array.isArray(groups)) return refuse('it has no groups of decisions.');
  if (groups.length > MOST_GROUPS + 1) return refuse(`it has more than ${MOST_GROUPS} groups.`);
  const seen = new Set<string>();
  const found = (groups as unknown[]).map((group, index) => {
    const place = `group ${index + 1}`;
    const entries = isObject(group) ? group['entries'] : undefined;
    if (!isObject(group) || !Array.isArray(entries)) return refuse(`${place} has no decisions.`);
    return {
      name: name(group['name']),
      entries: (entries as unknown[]).flatMap((entry, at): PlainEntry[] => {
        const one = `decision ${at + 1} of ${place}`;
        if (!isObject(entry)) return refuse(`${one} is none.`);
        const { caseId, number, note } = entry;
        if (typeof caseId !== 'string' || !CASE_ID.test(caseId)) return refuse(`${one} names no case.`);
        if (!isDecisionNumber(number)) return refuse(`${one} has no number from 1 to ${LARGEST_NUMBER}.`);
        if (typeof note !== 'string' || note.length > LONGEST_NOTE) return refuse(`the note of ${one} is no text, or longer than ${LONGEST_NOTE} characters.`);
        const id = entryId({ caseId, number });
        if (seen.has(id)) return refuse(`${one} is there twice.`);
        seen.add(id);
        return [{ caseId, number, note: note.toWellFormed() }];
      }),
    };
  });
  if (seen.size > MOST_ENTRIES) return refuse(`it has more than ${MOST_ENTRIES} decisions.`);
  return { title: name(title), groups: found };
}

/** @throws RangeError where more than `most` bytes come out, TypeError where the bytes are not packed */
async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: BlobPart[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > most) {
      await reader.cancel();
      throw new RangeError('too much');
    }
    chunks.push(read.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/={1,2}$/, '');
}
