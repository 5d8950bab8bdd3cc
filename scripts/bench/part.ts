/** A part of a build alone, in a process that can be measured: `part.ts pages|data|index <content folder> <folder for it>`, both absolute. */
import { writeOpenData } from '../data/write.ts';
import { buildSearchIndex } from '../index/build.ts';
import { buildPages, parseBefore } from '../site/build.ts';

const [part, content = '', out = ''] = process.argv.slice(2);
await parseBefore(content);
if (part === 'pages') await buildPages(content, out);
else if (part === 'data') await writeOpenData({ contentFolder: content, outFolder: out, address: (path) => `/${path}` });
else await buildSearchIndex({ contentFolder: content, siteFolder: out });
