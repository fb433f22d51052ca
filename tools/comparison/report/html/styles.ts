import type { Target } from '../../data/index.ts';
import { targetColors } from '../charts/target-colors.ts';

const light = `
--paper:#fff;--wash:#f6f7f8;--ink:#16191d;--soft:#5a626c;--line:#dfe3e7;--link:#1c55b8;
--ok:#0b6b43;--bad:#b3261e;--note:#7a5200;
--microservices:#1f5fc4;--microservices-more:#5c8cdb;
--serverless:#b4530a;--serverless-more:#d0823f;
--hybrid:#0a7466;--hybrid-more:#3f9c90;`;
const dark = `
--paper:#14171b;--wash:#1c2026;--ink:#e8eaed;--soft:#a3abb5;--line:#323840;--link:#8ab4f8;
--ok:#6fd3a2;--bad:#ff8a80;--note:#f0c063;
--microservices:#7fadf5;--microservices-more:#b3cdf8;
--serverless:#f2a25c;--serverless-more:#f7c79b;
--hybrid:#4fc9b8;--hybrid-more:#98e0d6;`;

const base = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0 auto;max-width:56rem;padding:3rem 1.5rem 4rem;background:var(--paper);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
h1{font-size:2.1rem;line-height:1.15;letter-spacing:-.02em;margin:.2rem 0 1.4rem;text-wrap:balance}
h2{font-size:1.45rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 .3rem}
h3{font-size:1rem;margin:0 0 .4rem}h4{font-size:.8rem;margin:0 0 .3rem;color:var(--soft);font-weight:600}
code{font:.86em ui-monospace,SFMono-Regular,Menlo,"Liberation Mono",monospace;overflow-wrap:anywhere}
p{margin:0 0 .8rem}ul{margin:0;padding:0;list-style:none}
small{font-size:.75rem;color:var(--soft);font-weight:400}em{font-style:normal;color:var(--note)}
.unit{color:var(--soft);font-weight:400}
.kicker{margin:0;color:var(--soft);font-weight:600;letter-spacing:.02em}`;

const head = `
#verdict{border-left:4px solid var(--ink);padding:.2rem 0 .2rem 1.1rem;margin:0 0 2rem}
#verdict h2{font-size:1.1rem;margin-bottom:.5rem}#verdict li{font-size:1.05rem;margin-bottom:.5rem;text-wrap:pretty}
#verdict data,#meaning data{font-weight:600;white-space:nowrap}
#run dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:1.4rem 0 0;font-size:.875rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.targets{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem}
.targets li{border-top:3px solid var(--hue);padding-top:.5rem;font-size:.875rem;line-height:1.4}
.targets li>*{display:block}.targets code{color:var(--soft)}
.targets .target::before{content:none}.targets b{font-size:1.05rem}
.target{color:var(--hue,inherit);font-weight:600}
nav{margin:2rem 0 0;padding:1rem 0;border-block:1px solid var(--line);font-size:.9rem}
nav ol{columns:2;column-gap:2rem;margin:0;padding-left:1.6rem}nav ol li::marker{color:var(--soft)}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin-top:.6rem;padding-left:0}
@media(min-width:40rem){nav ol{columns:3}}`;

const parts = `
.part{margin-top:4rem;scroll-margin-top:1rem}
h2 .number{color:var(--soft);font-weight:400;display:inline-block;min-width:1.1em;margin-right:.5rem}
.state{font-size:.8rem;font-weight:600;color:var(--note);letter-spacing:0}
.asks{color:var(--soft);max-width:44rem;text-wrap:pretty;margin-bottom:1.4rem}
figure{margin:0 0 2rem}figcaption{font-weight:600;font-size:.95rem;margin-bottom:.5rem}
svg{display:block;width:100%;height:auto;overflow:visible}.narrow{display:none}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.8rem;margin-bottom:.4rem}
.legend .target::before,th.target::before{content:"";display:inline-block;width:.6em;height:.6em;border-radius:50%;background:var(--hue);margin-right:.4em}
.scroll{overflow-x:auto;margin-bottom:1.8rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.35}
caption{text-align:left;font-weight:600;font-size:.95rem;padding-bottom:.4rem}
th,td{padding:.42rem .6rem;border-top:1px solid var(--line);vertical-align:top;text-align:left}
thead th,thead td{border-top:0;border-bottom:1px solid var(--soft);white-space:nowrap}
tbody tr:first-child>*{border-top:0}
th[scope=row]{font-weight:400;padding-left:0;min-width:8rem}th small{display:block}
.figures td,.figures thead th{text-align:right}.figures thead th{width:22%}
.figures td small{display:block}.spread+span::before{content:"· "}.shared,.figures td.shared{text-align:left}.figures small span{white-space:nowrap}
.figures td>data{white-space:nowrap}
td.best>data{font-weight:700}td.none,.none span{color:var(--soft)}
.facts td{min-width:9rem}.facts p{margin:0 0 .2rem;overflow-wrap:anywhere}.facts th[scope=row]{font-weight:600}
.sample{border-left:3px dashed var(--note);padding-left:1rem}.sample-note{color:var(--note);max-width:44rem}
.figures td.sample{border-left:0;padding-left:.6rem}.figures td.sample>data{color:var(--soft)}
.ok{color:var(--ok)}.bad{color:var(--bad)}
.missing{background:var(--wash);padding:.9rem 1.1rem;border-radius:6px;font-size:.875rem;margin-bottom:1.5rem}
.missing li+li{margin-top:.35rem}.missing b{font-weight:600}.missing li{overflow-wrap:anywhere}
.warning{color:var(--note);font-weight:600}
details{margin-bottom:1rem;border-top:1px solid var(--line);padding-top:.6rem}
summary{cursor:pointer;font-weight:600;font-size:.95rem}summary .count{color:var(--soft);font-weight:400;font-size:.8rem;margin-left:.4rem}
details[open] summary{margin-bottom:.8rem}`;

const meaning = `
#meaning article{display:grid;grid-template-columns:8.5rem 1fr;gap:.9rem 1.4rem;padding:1.3rem 0;border-top:1px solid var(--line)}
#meaning article>h3{font-size:1.1rem}#meaning article>div{grid-column:2;min-width:0}
#meaning li{margin-bottom:.35rem;text-wrap:pretty}
#meaning .unit,#verdict .unit{font-weight:400}.unknown{color:var(--soft)}
#meaning h4+ul{font-size:.9rem}
footer{margin-top:4rem;padding-top:1.5rem;border-top:1px solid var(--line);font-size:.9rem}
footer h2{font-size:1.1rem}footer li{margin-bottom:.4rem}`;

const phone = `
@media screen and (max-width:40rem){
body{padding:1.2rem 1rem 3rem}h1{font-size:1.5rem;margin-bottom:1rem}.wide{display:none}.narrow{display:block}
#verdict{padding-left:.8rem}#verdict li{font-size:1rem}
table{font-size:.82rem}th,td{padding:.4rem .25rem}small{font-size:.68rem}
.sample{padding-left:.5rem}
thead th{font-size:.75rem}.figures th.target::before{display:none}
.figures,.figures caption,.figures thead,.figures tbody{display:block}
.figures tr{display:grid;grid-template-columns:repeat(var(--targets),minmax(4.6rem,1fr));border-top:1px solid var(--line);padding:.35rem 0}
.figures thead tr{border-top:0;border-bottom:1px solid var(--soft)}.figures tbody tr:first-child{border-top:0}
.figures tr>*{border:0;padding:.1rem .25rem}.figures thead td{display:none}.figures thead th{width:auto;border:0}
.figures th[scope=row],.figures td.shared{grid-column:1/-1;min-width:0;padding-left:0}
.figures td>data{white-space:normal}.figures small span{white-space:normal}
.figures thead th{white-space:normal}.figures tr>*{min-width:0;overflow-wrap:break-word}
.facts,.facts caption,.facts tbody,.facts tr,.facts th,.facts td{display:block;width:auto;min-width:0;padding-inline:0}
.facts thead,.facts td:empty{display:none}.facts tr{border-top:1px solid var(--line);padding:.3rem 0}
.facts tr>*{border:0;padding-block:.15rem}
.facts td[data-target]::before{content:attr(data-target);display:block;color:var(--hue);font-weight:600}
#meaning article{display:block}#meaning article>*+*{margin-top:.8rem}
#run dl{display:block}dd{margin-bottom:.4rem}}`;

const print = `
@page{size:A4;margin:16mm 15mm}
@media print{
body{padding:0;max-width:none;font-size:9.5pt}html{scroll-behavior:auto}
.part{margin-top:0;break-before:page}#glance{break-before:auto;margin-top:1.5rem}#verdict{break-inside:avoid}
figure,tr,aside,#meaning article>div{break-inside:avoid}h2,h3,h4,caption,figcaption,.asks{break-after:avoid}
thead{display:table-header-group}
.figures,.facts{table-layout:fixed}.facts td{min-width:0;overflow-wrap:anywhere}.figures thead th{width:auto;white-space:normal}.figures thead td{width:18%}
.figures th[scope=row]{min-width:0}.figures td>data,.figures small span{white-space:normal}a{color:inherit}.scroll{overflow:visible}
details:not([open]){break-inside:avoid}details:not([open]) summary::after{content:" (in data.json and on screen)";font-weight:400;color:var(--soft)}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;

/** One hue per target, the same in every table, sentence and chart. */
function hues(targets: readonly Target[], within: string): string {
  const color = targetColors(targets);
  const count = `${within || ':root'}{--targets:${targets.length}}`;
  return count + targets.map(({ name }, at) => `${within} .t${at}{--hue:${color(name)}}`).join('');
}

/**
 * The page's style sheet: light or dark as the reader's system prefers, always light on paper.
 * @param sample the targets of the sample report, which may differ from the run's
 */
export function styles(targets: readonly Target[], sample: readonly Target[] = []): string {
  const colors = `:root{color-scheme:light dark;${light}}@media screen and (prefers-color-scheme:dark){:root{${dark}}}`;
  const both = hues(targets, '') + (sample.length > 0 ? hues(sample, '.part>.sample') : '');
  return [colors, base, head, parts, meaning, both, phone, print].join('\n');
}
