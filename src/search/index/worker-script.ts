/** The address of the search's worker, as the site's policy wants it: the one address that the site's code may make a script of. */
import { TRUSTED_TYPES_POLICY } from '../../policy.ts';
import script from './worker.ts?worker&url';

/** What we use of https://w3c.github.io/trusted-types/dist/spec/. Not every browser has it. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): URL };
}

/** Typed as an address, because a `Worker` is declared to take nothing else that is not a text. */
export const WORKER_SCRIPT: string | URL = trusted((globalThis as { trustedTypes?: TrustedTypes }).trustedTypes);

function trusted(trustedTypes: TrustedTypes | undefined): string | URL {
  // The address comes from the build, nothing of a page or of a letter is in it: no rule is needed.
  return trustedTypes ? trustedTypes.createPolicy(TRUSTED_TYPES_POLICY, { createScriptURL: () => script }).createScriptURL(script) : script;
}
