const cpu=()=>process.cpuUsage().user/1000;
import { createRequire } from 'node:module'; import { gzipSync } from 'node:zlib';
import { encodeDictionary, decodeDictionary, correct } from './src/search/spelling.ts';
const r=createRequire('/tmp/wl/'); const all = r('popular-english-words').words.getMostPopular(61000) as string[];
const c=new Map(all.map((w,i)=>[w.toLowerCase(),Math.max(1,Math.round(18000/(1+i/20)))])); 
let b=encodeDictionary(c); console.log(all.length, decodeDictionary(b).words.length, b.length, gzipSync(b,{level:9}).length);
const d=decodeDictionary(b); for(let i=0;i<3;i++){const t=performance.now(); decodeDictionary(b); console.log('decode',performance.now()-t);}
let worst:any=[]; const q=['accupuncture','zzzzzz','abcdef','internaton','rationallity','a'.repeat(30),'a'.repeat(100),'sttaion','constituton','eeeeee','therapie','painn','reconciliatoin', ...all.filter((_,i)=>i%60==0).map(w=>w.slice(0,2)+'q'+w.slice(3)), ...all.filter((_,i)=>i%61==0)];
for (const w of q) { const t=cpu(); const x=correct(w.toLowerCase(),d); worst.push([cpu()-t,w,x.join()]); }
const s=worst.toSorted((a:any,b:any)=>b[0]-a[0]); console.log(s.slice(0,6), worst.length, 'mean', worst.reduce((s:any,x:any)=>s+x[0],0)/worst.length, 'p95', s[Math.floor(s.length*.05)][0]);
console.log(worst.slice(0,13));
