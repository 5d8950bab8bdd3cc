/** What is downloaded when it is needed. */

/** A part of the search that could not be downloaded; the message names the part in words for the reader. */
export class SearchLoadError extends Error {}

/** Loads once; after a failure the next call loads again. */
export function retried<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
