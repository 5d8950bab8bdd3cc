import { FACETS } from './src/facets.ts';
import { listDeterminationFiles, readDetermination } from './src/determinations/store.ts';
import { compareRows, decodeTable, encodeTable } from './src/search/table.ts';
import { searchVocabulary } from './scripts/index/vocabulary.ts';
import { openVocabulary } from './src/search/synonyms.ts';
import { openSuggestions, suggest } from './src/search/suggest.ts';
const root='.cache/test-sites/real-content'; const rows:any[]=[];
for (const f of await listDeterminationFiles(root)) { const r=await readDetermination(root,f); r.decisions.forEach((d,i)=>rows.push({caseId:r.id,number:i+1,decisionDate:r.decisionDate,textPage:0,values:Object.fromEntries(FACETS.map(x=>[x.name,x.values(r,d)]))})); }
rows.sort(compareRows); const table=decodeTable(encodeTable(rows)); const ids=[...new Set(rows.map(r=>r.caseId))];
const v=openVocabulary(searchVocabulary());
let t=performance.now(); const s=openSuggestions(table,v,ids); console.log('open',performance.now()-t,'values',s.values.length,'names',s.values.reduce((a,b)=>a+b.names.length,0));
for (const q of process.argv.slice(2)) { t=performance.now(); const r=suggest(q,s); const ms=performance.now()-t; console.log('#',JSON.stringify(q),ms.toFixed(2)); for (const x of r) console.log('   ',x.kind,'|',x.label.replace(/CM\d\d-\d{7}/,'CMyy-nnnnnnn'),'|',x.detail, 'state' in x && x.state.q? '| q='+x.state.q:''); }
