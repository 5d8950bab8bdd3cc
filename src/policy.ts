/**
 * What a browser may do with this site, declared once. Each page carries what a `<meta>` can say, for hosts that send no headers of ours; the headers are in
 * scripts/hosting/, in the `_headers` of a build, and in what `npm start` sends. Letters are written by strangers: if one ever became markup, this is what keeps it from running,
 * loading or sending anything.
 */

/** The name under which the site's code vouches for the address of its one worker (src/search/index/worker-script.ts). No other address or text becomes a script. */
export const TRUSTED_TYPES_POLICY = 'imr-search';

/**
 * By directive, what a page may use. Nothing that is not named here (fonts, frames, media, plugins, manifests), no inline script or style, no `eval`, no other host.
 * Not `upgrade-insecure-requests`: nothing is asked of http: by name, and it would break the site on a network without certificates.
 */
const CONTENT_SECURITY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  // The icon.
  'img-src': ["'self'"],
  // The search index.
  'connect-src': ["'self'"],
  // The search itself.
  'worker-src': ["'self'"],
  // The search form, which is sent like any form where there is no JavaScript.
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': [TRUSTED_TYPES_POLICY],
} as const satisfies Record<string, readonly string[]>;

/** Only a header can say this: browsers complain of it in a page. */
const CONTENT_SECURITY_IN_HEADERS = { 'frame-ancestors': ["'none'"] } as const;

/** What a browser can do beyond showing pages, none of which a page needs. Only names that browsers know: they complain of others. A page still copies a citation (`clipboard-write`). */
const DENIED_FEATURES = [
  'accelerometer', 'autoplay', 'camera', 'clipboard-read', 'display-capture', 'encrypted-media', 'fullscreen', 'gamepad', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'keyboard-map',
  'local-fonts', 'magnetometer', 'microphone', 'midi', 'otp-credentials', 'payment', 'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get', 'screen-wake-lock',
  'serial', 'storage-access', 'sync-xhr', 'usb', 'window-management', 'xr-spatial-tracking',
];

/** The policy of a page, as the content of its `<meta http-equiv="Content-Security-Policy">`. */
export const META_POLICY = policyText(CONTENT_SECURITY);

/** Not stricter: a case's page marks the words of a search, which it knows from its referrer. Not looser: other sites do not learn what was searched. Also each page's `<meta name="referrer">`. */
export const REFERRER_POLICY = 'same-origin';

/** Names and values of the headers of every answer: of pages, files, redirects and errors. Each value is ASCII without double quotes, so that any configuration can hold it between such. */
export const POLICY_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['Content-Security-Policy', policyText({ ...CONTENT_SECURITY, ...CONTENT_SECURITY_IN_HEADERS })],
  ['Permissions-Policy', [...DENIED_FEATURES.map((feature) => `${feature}=()`), 'clipboard-write=(self)'].join(', ')],
  ['Referrer-Policy', REFERRER_POLICY],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  // For browsers that do not know frame-ancestors.
  ['X-Frame-Options', 'DENY'],
];

/** Only over TLS: browsers ignore it elsewhere. Two years; without `includeSubDomains`, because other hosts below the site's may have no certificate. */
export const TRANSPORT_HEADER = ['Strict-Transport-Security', 'max-age=63072000'] as const;

/**
 * The file `_headers` that Netlify and Cloudflare Pages read at the root of what they publish; other hosts take it for a file like any other.
 * @param base path below which the site is published, with slashes at both ends
 */
export function headersFile(base: string): string {
  const below = base === '/' ? '' : `# This site was built for ${base}: this file belongs at the root of what is published, beside the folder of that name.\n`;
  // These hosts speak TLS only.
  const lines = [...POLICY_HEADERS, TRANSPORT_HEADER].map(([name, value]) => `  ${name}: ${value}\n`);
  return `# The site's policy, for Netlify and Cloudflare Pages.\n${below}${base}*\n${lines.join('')}`;
}

function policyText(directives: Record<string, readonly string[]>): string {
  return Object.entries(directives).map(([directive, sources]) => `${directive} ${sources.join(' ')}`).join('; ');
}
