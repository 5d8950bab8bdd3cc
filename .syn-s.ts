import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { wordParts, plainWord } from './src/search/words.ts';
import { encodeDictionary, decodeDictionary, correct, wordsBeginning, joinWords } from './src/search/spelling.ts';
import { searchVocabulary } from './scripts/index/vocabulary.ts';
import { vocabularyWords } from './src/search/synonyms.ts';
const counts=new Map<string,number>();
const root='/work/main/.cache/test-sites/real-content/determinations';
let n=0; for (const f of readdirSync(root,{recursive:true}) as string[]) { if(!f.endsWith('.md')) continue; n++; const seen=new Set<string>(); for (const w of readFileSync(join(root,f),'utf8').split(/\s+/)) for (const p of wordParts(w)) seen.add(p); for (const p of seen) counts.set(p,(counts.get(p)??0)+1); }
const v=searchVocabulary(); const b=encodeDictionary(counts, vocabularyWords(v)); 
let t=performance.now(); const d=decodeDictionary(b); console.log(n,'files',counts.size,'words; kept',d.words.length,'gz',gzipSync(b,{level:9}).length,'decode ms',performance.now()-t);
for (const w of process.argv.slice(2)) { t=performance.now(); const c=correct(w,d); console.log(w,'→',c.join(', '), (performance.now()-t).toFixed(2)); }
console.log(joinWords('knee','cap',d), joinWords('hammer','toe',d), wordsBeginning('arthro',d,6));
const z=searchVocabulary(counts); console.log('with counts', gzipSync(JSON.stringify(z),{level:9}).length, z.terms.length, v.terms.length, z.drugs.length, v.drugs.length, z.drugs.find(x=>x.startsWith('hydrocodone')));
