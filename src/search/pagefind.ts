/**
 * The text index in the browser. The only module of src/ that knows Pagefind: its script, its results and its fragment files
 * (gzip over a signature and JSON), all of version 1.6.
 */
import { SearchLoadError, fetchBytes } from './load.ts';
import type { Hit, TextIndex } from './match.ts';
import { TEXT_PARTS, parseTextAddress } from './text-record.ts';
import type { TextPart, TextRecord } from './text-record.ts';

/** What of Pagefind's script is used. */
interface Pagefind {
  options(options: { ranking?: { metaWeights?: Record<string, number> } }): Promise<void>;
  init(): Promise<void>;
  search(text: string): Promise<{ results: { id: string; score: number; words: number[] }[] } | null>;
}

interface Fragment {
  url: string;
  content: string;
  meta: { request?: string };
  anchors: { id: string; location: number }[];
}

const SIGNATURE = 'pagefind_dcd';
/** The request is indexed a second time as a field of its own; this is what a match there adds. */
const REQUEST_WEIGHT = 3;
/** Searches of one visit that are kept, so that changing a filter searches nothing anew. */
const KEPT_SEARCHES = 100;

export interface TextSource extends TextIndex {
  /** @throws SearchLoadError when it cannot be downloaded */
  readRecord(decision: number): Promise<TextRecord>;
}

/**
 * The text index of a site. Nothing is downloaded before the first search or record.
 * @param folder absolute address of the index's folder, with a slash at its end
 * @param textIds of each decision, the name of its fragment
 */
export function openTextIndex(folder: string, version: string, textIds: readonly string[]): TextSource {
  const numbers = new Map(textIds.map((id, decision) => [id, decision]));
  const searches = new Map<string, Promise<readonly Hit[]>>();
  const records = new Map<number, Promise<TextRecord>>();
  let script: Promise<Pagefind> | undefined;

  const find = (text: string): Promise<readonly Hit[]> =>
    remember(searches, text, async () => {
      script ??= loadScript(folder, version);
      const pagefind = await script.catch((error: unknown) => {
        script = undefined;
        throw error;
      });
      const found = await pagefind.search(text);
      return (found?.results ?? []).flatMap(({ id, score, words }) => {
        const decision = numbers.get(id);
        return decision === undefined ? [] : [{ decision, score, places: words }];
      });
    });
  const readRecord = (decision: number): Promise<TextRecord> =>
    remember(records, decision, async () => toRecord(readFragment(await fetchBytes(`${folder}fragment/${textIds[decision]}.pf_fragment`))));

  return {
    findExact: (words) => find(`"${unquoted(words)}"`),
    findRanked: (word) => find(unquoted(word)),
    readWords: async (decision) => (await readRecord(decision)).words,
    readRecord,
  };
}

/** Quotes would switch Pagefind between its two kinds of search. */
function unquoted(text: string): string {
  return text.replaceAll('"', ' ');
}

/** Keeps what was loaded, forgets what failed so that it can be tried again, and forgets the oldest when there is too much. */
function remember<Key, Value>(kept: Map<Key, Promise<Value>>, key: Key, load: () => Promise<Value>): Promise<Value> {
  const known = kept.get(key);
  if (known) return known;
  const loading = load().catch((error: unknown) => {
    kept.delete(key);
    throw error;
  });
  kept.set(key, loading);
  if (kept.size > KEPT_SEARCHES) kept.delete(kept.keys().next().value as Key);
  return loading;
}

async function loadScript(folder: string, version: string): Promise<Pagefind> {
  try {
    // Its name never changes, so that the version in the address is what keeps a cached one from meeting a newer index.
    const pagefind = (await import(/* @vite-ignore */ `${folder}pagefind.js?v=${encodeURIComponent(version)}`)) as Pagefind;
    await pagefind.options({ ranking: { metaWeights: { request: REQUEST_WEIGHT } } });
    await pagefind.init();
    return pagefind;
  } catch (error) {
    throw new SearchLoadError('the text index', { cause: error });
  }
}

function readFragment(bytes: Uint8Array): Fragment {
  const text = new TextDecoder().decode(bytes);
  return JSON.parse(text.startsWith(SIGNATURE) ? text.slice(SIGNATURE.length) : text) as Fragment;
}

function toRecord({ url, content, meta, anchors }: Fragment): TextRecord {
  const words = content.split(/\s+/);
  const starts = new Map(anchors.map(({ id, location }) => [id, location]));
  const parts = new Map<TextPart['name'], readonly [number, number]>();
  TEXT_PARTS.forEach(({ name }, index) => {
    const next = TEXT_PARTS[index + 1];
    parts.set(name, [index === 0 ? 0 : (starts.get(name) ?? words.length), next ? (starts.get(next.name) ?? words.length) : words.length]);
  });
  return { ...parseTextAddress(url), request: meta.request ?? '', words, parts };
}
