/** The list as the browser stores it: JSON with a version, looked at strictly when it is read, because other versions of the site, or a fault, may have written it. */
import { CASE_ID, EMPTY_LIST, LARGEST_NUMBER, LONGEST_NAME, LONGEST_NOTE, entryId } from './list.ts';
import type { Entry, Group, KeptWords, ResearchList, Stamped } from './list.ts';

const FORMAT = 'imr-research-list/1';
/** The last moment that a date can name, in milliseconds. */
const LAST_MOMENT = 8.64e15;

export function storedText({ title, entries, groups }: ResearchList): string {
  return JSON.stringify({ format: FORMAT, title, entries: [...entries.values()], groups: [...groups.values()] });
}

/** The list that a stored text says, the empty one where nothing is stored, and nothing where the text is damaged or of another version. */
export function readStored(text: string | null): ResearchList | undefined {
  if (text === null) return EMPTY_LIST;
  const value = readFormat(text, FORMAT);
  if (!value) return undefined;
  const { title, entries, groups } = value;
  if (!isStamped(title, isName) || !Array.isArray(entries) || !entries.every(isEntry) || !Array.isArray(groups) || !groups.every(isGroup)) return undefined;
  return { title, entries: new Map(entries.map((entry) => [entryId(entry), entry])), groups: new Map(groups.map((group) => [group.id, group])) };
}

/** What a text of JSON says, unless it is damaged or of another format. */
export function readFormat(text: string, format: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && value['format'] === format ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return (
    isObject(value) &&
    typeof value['caseId'] === 'string' && CASE_ID.test(value['caseId']) &&
    isDecisionNumber(value['number']) &&
    isStamped(value['words'], (words) => words === null || isKeptWords(words)) &&
    isStamped(value['note'], (note) => typeof note === 'string' && note.length <= LONGEST_NOTE) &&
    isStamped(value['group'], (group) => typeof group === 'string') &&
    isStamped(value['place'], isPlace) &&
    isStamped(value['kept'], isBoolean)
  );
}

function isGroup(value: unknown): value is Group {
  return isObject(value) && typeof value['id'] === 'string' && value['id'] !== '' && isStamped(value['name'], isName) && isStamped(value['place'], isPlace) && isStamped(value['kept'], isBoolean);
}

function isKeptWords(value: unknown): value is KeptWords {
  return (
    isObject(value) &&
    isOptionalText(value['caseNumber']) && isOptionalText(value['decisionDate']) &&
    typeof value['request'] === 'string' && typeof value['service'] === 'string' &&
    (value['outcome'] === 'upheld' || value['outcome'] === 'overturned')
  );
}

export function isDecisionNumber(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST_NUMBER;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is a value with the moment when it was set. */
export function isStamped<Value>(value: unknown, isValue: (value: unknown) => value is Value): value is Stamped<Value>;
export function isStamped(value: unknown, isValue: (value: unknown) => boolean): boolean;
export function isStamped(value: unknown, isValue: (value: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length === 2 && isValue(value[0]) && isMoment(value[1]);
}

/** Milliseconds since 1970. */
export function isMoment(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= LAST_MOMENT;
}

export function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_NAME;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
