/** A letter's file to its text, whatever kind of file it is. The content decides, not the ending of its name. */
import { pdfText } from './pdf.ts';
import { UnreadableError } from './problem.ts';

/** A PDF's signature may stand anywhere in its first kilobyte (ISO 32000, implementation note 13). */
const SIGNATURE_WITHIN = 1024;

/**
 * @returns text in which a form feed stands before every page but the first (texts without pages have none)
 * @throws UnreadableError in words when the file is empty, binary, or a PDF that cannot be read
 */
export async function letterText(bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new UnreadableError('empty', 'the file is empty. Fetch it again');
  if (Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SIGNATURE_WITHIN)).includes('%PDF-')) return pdfText(bytes);
  const text = decode(bytes);
  if (text.includes('\0')) throw new UnreadableError('not-text', 'it is neither a PDF nor a text');
  if (!text.trim()) throw new UnreadableError('empty', 'the text is empty. Fetch it again');
  return text;
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
