/** A letter's file to its text, whatever kind of file it is. The content decides, not the ending of its name. */
import { MOST_CHARACTERS, pdfText, tooMuchText } from './pdf.ts';
import type { LetterText } from './pdf.ts';
import { UnreadableError } from './problem.ts';

export type { HiddenText, LetterText } from './pdf.ts';

/** What strangers send in place of a letter, by how it begins, and what to do with it. */
const OTHER_KINDS: readonly { begins: RegExp; words: string }[] = [
  { begins: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b/is, words: 'it is a web page, most likely the message that there is no letter. Fetch the letter again' },
  { begins: /^\{\\rtf/, words: 'it is a document of a word processor (RTF). Save it as PDF' },
  { begins: /^PK\x03\x04/, words: 'it is a document of a word processor (such as DOCX) or an archive (ZIP). Save it as PDF, or unpack it' },
  { begins: /^\xd0\xcf\x11\xe0/, words: 'it is a document of a word processor (DOC). Save it as PDF' },
  { begins: /^(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM)/, words: 'it is a picture. Run text recognition (OCR) on it and save it as PDF' },
  { begins: /^%!PS/, words: 'it is PostScript. Save it as PDF' },
];

/** A PDF's signature may stand anywhere in its first kilobyte (ISO 32000, implementation note 13). */
const SIGNATURE_WITHIN = 1024;

/**
 * @returns text in which a form feed stands before every page but the first (texts without pages have none)
 * @throws UnreadableError in words when the file is empty, binary, or a PDF that cannot be read
 */
export async function letterText(bytes: Uint8Array): Promise<LetterText> {
  if (bytes.length === 0) throw new UnreadableError('empty', 'the file is empty. Fetch it again');
  if (Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SIGNATURE_WITHIN)).includes('%PDF-')) return pdfText(bytes);
  const beginning = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SIGNATURE_WITHIN)).toString('latin1');
  const other = OTHER_KINDS.find(({ begins }) => begins.test(beginning));
  if (other) throw new UnreadableError('not-text', other.words);
  // Four bytes are the most that one character takes.
  if (bytes.length > 4 * MOST_CHARACTERS) throw tooMuchText();
  const text = decode(bytes);
  if (text.length > MOST_CHARACTERS) throw tooMuchText();
  if (text.includes('\0')) throw new UnreadableError('not-text', 'it is neither a PDF nor a text');
  if (!text.trim()) throw new UnreadableError('empty', 'the text is empty. Fetch it again');
  return { text, hidden: [] };
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Older text extractors on Windows.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
