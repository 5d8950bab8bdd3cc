/** What the page and the worker of the text index say to each other. */

export type TextRequest =
  | {
      kind: 'open';
      /** Absolute address of the index, with a slash at its end. */
      folder: string;
      version: string;
      pageTable: { address: string; packed: ArrayBuffer; unpacked: Uint8Array };
    }
  | { kind: 'find'; id: number; text: string };

export type TextReply =
  | {
      id: number;
      /** Of each result: which record, counted as in the page table, and how good. */
      pages: Uint32Array;
      scores: Float64Array;
      /** Of each result, where its places end in `places`; they begin where those of the one before end. */
      ends: Uint32Array;
      places: Uint32Array;
    }
  | { id: number; error: string };
