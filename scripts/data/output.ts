/** A file that is written in order, with its size and its SHA-256. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';

/** Characters that are collected before they are written: a write for each row would take longer than the row. */
const CHUNK = 1 << 20;

export class OutputFile {
  readonly #file: number;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #text: string[] = [];
  #characters = 0;
  #open = true;

  /** @param path of a file that is made anew; its folder must be there */
  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Text in UTF-8. */
  text(text: string): void {
    this.#text.push(text);
    this.#characters += text.length;
    if (this.#characters >= CHUNK) this.#flush();
  }

  bytes(bytes: Uint8Array): void {
    this.#flush();
    this.#write(bytes);
  }

  /** Nothing may be written after it. */
  close(): { bytes: number; sha256: string } {
    this.#flush();
    this.abandon();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Lets go of the file as it is. Does nothing when it is closed. */
  abandon(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }

  #flush(): void {
    if (this.#characters === 0) return;
    const text = this.#text.join('');
    [this.#text, this.#characters] = [[], 0];
    this.#write(Buffer.from(text));
  }

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    // Unlike writeSync it goes on until all is written; on an open file it goes on where the last write ended.
    writeFileSync(this.#file, bytes);
  }
}
