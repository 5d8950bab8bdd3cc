/**
 * How the HTTP Observatory (https://developer.mozilla.org/observatory) would grade a site: its published rules, as far as they say something about plain files without cookies.
 * 100 points to begin with, less for what is missing; more for what is better than needed, but only where at least 90 are left. Its own program is not a part of this project.
 */

/** One answer of a server. Names of headers in small letters. */
export interface ObservedAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface ObservedSite {
  /** To `/` over plain HTTP; undefined where nothing answers. */
  http: ObservedAnswer | undefined;
  /** To `/` over TLS with a certificate that is trusted; undefined where nothing answers. */
  https: (ObservedAnswer & { html: string }) | undefined;
  /** Without port. */
  host: string;
}

export interface Grade {
  score: number;
  grade: string;
  /** What the site gets and loses, by rule, in the order of the rules. */
  findings: { rule: string; finding: string; points: number }[];
}

/** Half a year, in seconds. */
const LONG_ENOUGH = 15_768_000;
const FLOOR_FOR_BONUS = 90;
/** From so many points on. */
const GRADES: readonly (readonly [points: number, grade: string])[] = [[100, 'A+'], [90, 'A'], [85, 'A-'], [80, 'B+'], [70, 'B'], [65, 'B-'], [60, 'C+'], [50, 'C'], [45, 'C-'], [40, 'D+'], [30, 'D'], [25, 'D-'], [0, 'F']];

type Finding = readonly [finding: string, points: number];
/** Of each rule the findings, the first that fits counts; the last one fits always. */
const RULES: Record<string, readonly (readonly [...Finding, fits: (site: ObservedSite) => boolean])[]> = {
  'content security policy': [
    ['none', -25, (site) => policy(site).size === 0],
    ['scripts may come from anywhere or stand in the page', -20, (site) => [...sources(site, 'script-src'), ...sources(site, 'object-src')].some(anywhere) || sources(site, 'script-src').some(inline)],
    ['something may be loaded over plain HTTP', -20, (site) => [...policy(site).keys()].filter((directive) => !['img-src', 'media-src'].includes(directive)).some((directive) => sources(site, directive).some(plain))],
    ['texts may be run', -10, (site) => [...sources(site, 'script-src'), ...sources(site, 'style-src')].includes("'unsafe-eval'")],
    ['pictures may be loaded over plain HTTP', -10, (site) => [...sources(site, 'img-src'), ...sources(site, 'media-src')].some(plain)],
    ['styles may come from anywhere or stand in the page', 0, (site) => sources(site, 'style-src').some((source) => anywhere(source) || inline(source))],
    ['all is forbidden but what is named', 10, (site) => policy(site).get('default-src')?.join() === "'none'" && sources(site, 'form-action').every((source) => ["'none'", "'self'"].includes(source))],
    ['nothing unsafe', 5, () => true],
  ],
  cookies: [
    ['none', 0, (site) => site.https?.headers['set-cookie'] === undefined],
    // Graded by their flags; a site of plain files has no use for any.
    ['some', -40, () => true],
  ],
  'cross-origin resource sharing': [
    ['any site may read with the reader’s rights', -50, (site) => header(site, 'access-control-allow-origin') !== '' && header(site, 'access-control-allow-credentials') === 'true'],
    ['closed, or open to anybody without rights', 0, () => true],
  ],
  redirection: [
    ['nothing answers over plain HTTP', 0, (site) => site.http === undefined && site.https !== undefined],
    ['to TLS on the same host', 0, (site) => redirectOf(site)?.protocol === 'https:' && redirectOf(site)?.hostname === site.host],
    ['to TLS on another host', -5, (site) => redirectOf(site)?.protocol === 'https:'],
    ['none to TLS', -20, () => true],
  ],
  'referrer policy': [
    ['none', 0, (site) => header(site, 'referrer-policy') === ''],
    ['private', 5, (site) => ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'].includes(header(site, 'referrer-policy').split(',').at(-1)!.trim())],
    ['addresses are told to others', -5, () => true],
  ],
  'strict transport security': [
    ['none', -20, (site) => header(site, 'strict-transport-security') === ''],
    ['for half a year or longer', 0, (site) => transportAge(site) >= LONG_ENOUGH],
    ['for less than half a year', -10, (site) => transportAge(site) >= 0],
    ['not to be understood', -20, () => true],
  ],
  'subresource integrity': [
    ['no scripts of other sites', 0, (site) => scripts(site).every(({ foreign }) => !foreign)],
    ['all scripts of other sites are checked', 5, (site) => scripts(site).every(({ foreign, secure, checked }) => !foreign || (secure && checked))],
    ['scripts of other sites over plain HTTP', -50, (site) => scripts(site).some(({ foreign, secure, checked }) => foreign && !secure && !checked)],
    ['checked scripts of other sites over plain HTTP', -20, (site) => scripts(site).some(({ foreign, secure }) => foreign && !secure)],
    ['unchecked scripts of other sites', -5, () => true],
  ],
  'x-content-type-options': [
    ['nosniff', 0, (site) => header(site, 'x-content-type-options').toLowerCase() === 'nosniff'],
    ['none', -5, () => true],
  ],
  'x-frame-options': [
    ['by the content security policy', 5, (site) => headerPolicy(site).has('frame-ancestors')],
    ['by its own header', 0, (site) => /^(?:deny|sameorigin)$|^allow-from/i.test(header(site, 'x-frame-options'))],
    ['none', -20, () => true],
  ],
  'cross-origin resource policy': [
    ['none, or open', 0, (site) => ['', 'cross-origin'].includes(header(site, 'cross-origin-resource-policy'))],
    ['closed', 10, (site) => ['same-origin', 'same-site'].includes(header(site, 'cross-origin-resource-policy'))],
    ['not to be understood', -5, () => true],
  ],
};

export function gradeSite(site: ObservedSite): Grade {
  const findings = Object.entries(RULES).map(([rule, possible]) => {
    const [finding, points] = possible.find(([, , fits]) => fits(site))!;
    return { rule, finding, points };
  });
  const sum = (wanted: (points: number) => boolean): number => findings.reduce((total, { points }) => total + (wanted(points) ? points : 0), 0);
  const without = 100 + sum((points) => points < 0);
  const score = Math.max(0, without >= FLOOR_FOR_BONUS ? without + sum((points) => points > 0) : without);
  return { score, grade: GRADES.find(([points]) => score >= points)![1], findings };
}

const anywhere = (source: string): boolean => /^(?:ftp:|https?:|\*|https?:\/\/\*(?:\.\*)?)$/.test(source);
const inline = (source: string): boolean => source === "'unsafe-inline'" || source === 'data:';
const plain = (source: string): boolean => /^(?:http|ftp):/.test(source);

function header({ https }: ObservedSite, name: string): string {
  const value = https?.headers[name];
  return (Array.isArray(value) ? value.join(', ') : (value ?? '')).trim();
}

type Policy = Map<string, string[]>;

function parsePolicy(text: string): Policy {
  const directives = text.split(';').map((directive) => directive.trim().split(/\s+/)).filter(([name]) => name);
  return new Map(directives.map(([name, ...values]) => [name!.toLowerCase(), values]));
}

const headerPolicy = (site: ObservedSite): Policy => parsePolicy(header(site, 'content-security-policy'));

/** Where the header says nothing of a directive, what the page says counts; there a few directives mean nothing. */
function policy(site: ObservedSite): Policy {
  const inPage = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(site.https?.html ?? '')?.[1] ?? '';
  return new Map([...parsePolicy(inPage), ...headerPolicy(site)].filter(([name]) => name !== 'frame-ancestors' || headerPolicy(site).has(name)));
}

function sources(site: ObservedSite, directive: string): string[] {
  const fallback = directive.endsWith('-src') ? policy(site).get('default-src') : undefined;
  return policy(site).get(directive) ?? fallback ?? ['*'];
}

function redirectOf({ http, host }: ObservedSite): URL | undefined {
  const location = http?.headers.location;
  return http && http.status >= 300 && http.status < 400 && typeof location === 'string' ? new URL(location, `http://${host}/`) : undefined;
}

/** In seconds; -1 where there is none. */
function transportAge(site: ObservedSite): number {
  return Number(/^max-age=(\d+)(?:\s*;|$)/i.exec(header(site, 'strict-transport-security'))?.[1] ?? -1);
}

function scripts({ https, host }: ObservedSite): { foreign: boolean; secure: boolean; checked: boolean }[] {
  return [...(https?.html ?? '').matchAll(/<script\b([^>]*)>/g)].flatMap(([, attributes]) => {
    const address = /\bsrc="([^"]*)"/.exec(attributes!)?.[1];
    if (address === undefined) return [];
    const url = new URL(address, `https://${host}/`);
    return [{ foreign: url.hostname !== host, secure: url.protocol === 'https:' && !address.startsWith('//'), checked: /\bintegrity="/.test(attributes!) }];
  });
}
