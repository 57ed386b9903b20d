/** The style of the page: light, dark and paper; wide and narrow. System fonts only. */
export const STYLE = `
:root{--paper:#fff;--ink:#18212b;--muted:#566270;--line:#dce2e8;--wash:#f4f6f8;--own:#eef4fb;--accent:#1b5a9e;
--series:#7d93a8;--high:#b03a12;--old:#4a5561;--gap:#e9edf1;
--buy:#1f5f9f;--buy-soft:#3d77ad;--sell:#a34713;--sell-soft:#aa5a24;--on-bar:#fff;
--pass:#17693f;--fail:#a3221a;--warn:#805300;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4",Cambria,Georgia,"Liberation Serif",serif;
--mono:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#11161c;--ink:#e3e8ee;--muted:#9dabb9;--line:#2b3541;--wash:#1a212a;
--own:#17273a;--accent:#7db8f2;--series:#6d859c;--high:#ff9c6e;--old:#c3ccd6;--gap:#1d252e;
--buy:#6fb0ee;--buy-soft:#4b86bd;--sell:#f0965c;--sell-soft:#bf7442;--on-bar:#0c1116;
--pass:#63cf97;--fail:#ff8f86;--warn:#eab54e}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 var(--sans);font-variant-numeric:tabular-nums lining-nums}
.page{max-width:76rem;margin:0 auto;padding:2rem 1.25rem 4rem;display:grid;grid-template-columns:9.5rem minmax(0,57rem);gap:2.75rem}
main{min-width:0}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem .8rem;border:2px solid var(--accent);z-index:2}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
nav ol{position:sticky;top:2rem;list-style:none;margin:0;padding:0;font-size:.86rem;counter-reset:s}
nav li{counter-increment:s;border-left:2px solid var(--line)}
nav a{display:block;padding:.22rem .75rem;text-decoration:none;color:var(--muted)}
nav a:hover{color:var(--accent)}
.kicker{max-width:none;margin:0 0 .6rem;font-size:.84rem;color:var(--muted)}
h1{font:600 clamp(1.5rem,1.1rem + 1.7vw,2.15rem)/1.2 var(--serif);margin:0 0 .9rem;text-wrap:balance}
h2{font:600 1.32rem/1.25 var(--serif);margin:2.9rem 0 .8rem;padding-top:.9rem;border-top:2px solid var(--ink)}
h3{font-size:1rem;line-height:1.3;margin:1.6rem 0 .4rem}
p,ul{max-width:70ch}
p{margin:.7rem 0}
header+section h2{margin-top:1.4rem}
.lead{font:400 1.2rem/1.5 var(--serif)}
.fig{color:inherit;text-decoration:underline;text-decoration-style:dotted;text-decoration-thickness:1px;text-decoration-color:color-mix(in srgb,currentColor 40%,transparent);text-underline-offset:.18em;white-space:nowrap}
td .fig,th .fig,dd .fig,h1 .fig{text-decoration-color:transparent}
td .fig[title]{color:var(--muted)}
.fig:hover,.fig:focus-visible{color:var(--accent);text-decoration-color:currentColor}
.verdict{margin:0 0 .2rem}
.badge{display:inline-flex;align-items:center;gap:.36em;font-weight:650;font-size:.84rem;line-height:1;padding:.34em .62em;border:1.5px solid currentColor;border-radius:3px;white-space:nowrap;color:var(--muted)}
.badge.pass,.badge.signal{color:var(--pass)}
.badge.fail,.badge.anomaly{color:var(--fail)}
.badge.chance{color:var(--ink)}
.badge.mixed{color:var(--warn)}
.verdict .badge{font-size:1rem}
.glyph{flex:none}
.nw{white-space:nowrap}
.facts{display:flex;flex-wrap:wrap;margin:1.2rem 0;border-top:1px solid var(--line);border-left:1px solid var(--line)}
.facts>div{flex:1 1 12.2rem;padding:.6rem .8rem;border-right:1px solid var(--line);border-bottom:1px solid var(--line);min-width:0}
.facts dt,.figures dt{font-size:.78rem;line-height:1.3;color:var(--muted)}
.facts dd{margin:.15rem 0 0;font-weight:600;overflow-wrap:anywhere}
.facts .fig{white-space:normal}
#headline .facts>div{flex-basis:16rem}
#headline .facts dd{font-size:1.12rem}
.note{border-left:3px solid var(--line);padding:.1rem 0 .1rem .8rem;color:var(--muted);font-size:.92rem}
figure{margin:1.2rem 0 1.6rem}
figcaption{font-weight:650;line-height:1.35;margin-bottom:.5rem;max-width:70ch}
.chart svg{display:block;max-width:100%;height:auto;overflow:visible}
.chart text{font-family:var(--sans);white-space:pre}
.chart.panels,.chart.distribution,.chart.intervals{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.9rem 1.5rem}
.chart.panels.narrow,.chart.distribution.narrow,.chart.intervals.narrow{grid-template-columns:1fr}
.chart.narrow{display:none}
.scroll{overflow-x:auto;margin:1.1rem 0;max-width:100%}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.875rem;line-height:1.4}
caption{text-align:left;color:var(--muted);font-size:.84rem;padding-bottom:.45rem;caption-side:top}
caption>span{display:block;position:sticky;left:0;max-width:min(57rem,calc(100vw - 2rem))}
details caption>span{max-width:min(55rem,calc(100vw - 4rem))}
th,td{text-align:left;vertical-align:top;padding:.34rem .7rem .34rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:.2rem}
thead th{font-size:.78rem;font-weight:600;color:var(--muted);vertical-align:bottom;border-bottom:1.5px solid var(--ink);line-height:1.25}
tbody th{font-weight:500}
.n{text-align:right}
.dense{font-size:.85rem}
.dense th,.dense td{padding-right:.5rem}
.dense th:last-child,.dense td:last-child{padding-right:.2rem}
.dense td.n{white-space:nowrap}
.dense tbody th{min-width:7.5rem}
.dense tbody th,.dense thead th:first-child{position:sticky;left:0;background:var(--paper)}
.dense tr.own>th{background:var(--own)}
.dense tr.group>th{position:static;padding-top:.9rem;font-weight:650;max-width:none;white-space:normal}
tr.group span{display:inline-block;position:sticky;left:0;max-width:min(52rem,calc(100vw - 4.5rem))}
.detail{font-weight:400}
tr.own>*{background:var(--own)}
tr.own>th:first-child{box-shadow:inset 3px 0 var(--accent);padding-left:.6rem}
tr:target>*,tr:target>th:first-child,h3:target{background:color-mix(in srgb,var(--warn) 22%,transparent)}
code{font:.86em var(--mono);overflow-wrap:anywhere}
td:has(code){overflow-wrap:anywhere;min-width:15rem}
td code{display:block;font-size:.76rem;color:var(--muted)}
.findings{list-style:none;margin:1rem 0;padding:0;max-width:none}
.findings>li{border-top:1px solid var(--line);padding:.85rem 0}
.finding{display:grid;grid-template-columns:7.2rem minmax(0,1fr);gap:.9rem}
.findings.wide .finding{grid-template-columns:10.6rem minmax(0,1fr)}
.findings.wide .badge{white-space:normal;line-height:1.15}
li:target{background:color-mix(in srgb,var(--warn) 12%,transparent)}
.finding>.badge{justify-self:start;align-self:start}
.finding h3{margin:.1rem 0 0}
.finding p{margin:.25rem 0}
.question{color:var(--muted);font-size:.9rem}
.figures{display:flex;flex-wrap:wrap;gap:.35rem 1.4rem;margin:.5rem 0 0}
.figures dd{margin:0;font-size:.9rem;font-weight:600;overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:4px;padding:0 .9rem;margin:1rem 0}
summary{cursor:pointer;padding:.6rem 0;font-weight:600}
li{margin:.3rem 0}
@media (max-width:62rem){.page{display:block;padding:1.25rem 1rem 3rem}
nav ol{position:static;display:flex;flex-wrap:wrap;gap:.1rem .2rem;margin-bottom:1.4rem;border-bottom:1px solid var(--line);padding-bottom:.6rem}
nav li{border:0;margin:0}nav a{padding:.2rem .5rem}}
@media (max-width:40rem){.chart.wide{display:none}.chart.narrow{display:block}.chart.panels.narrow,.chart.distribution.narrow,.chart.intervals.narrow{display:grid}
.lead{font-size:1.08rem}.finding,.findings.wide .finding{grid-template-columns:1fr;gap:.4rem}
.facts>div,#headline .facts>div{flex-basis:9.5rem;padding:.5rem .65rem}#headline .facts dd{font-size:1rem}
h2{margin-top:2.2rem}.dense tbody th{min-width:6rem;max-width:8rem}.dense td:not(.n){min-width:6.5rem}}
@media print{:root{--paper:#fff;--ink:#000;--muted:#444;--line:#bbb;--wash:#fff;--own:#eee;--accent:#000;--series:#777;--high:#a3330c;--old:#333;--gap:#eee;
--buy:#1f5f9f;--buy-soft:#3d77ad;--sell:#a34713;--sell-soft:#aa5a24;--on-bar:#fff;--pass:#17693f;--fail:#a3221a;--warn:#805300}
@page{margin:16mm 14mm}
body{font-size:10pt}.page{display:block;max-width:none;padding:0}nav,.skip{display:none}
.chart.wide{display:block}.chart.panels.wide,.chart.distribution.wide,.chart.intervals.wide{display:grid}.chart.narrow{display:none}
figure,.findings>li,.facts,tr{break-inside:avoid}h2,h3{break-after:avoid}
.scroll{overflow:visible}table,.dense{font-size:8pt}.dense tbody th,.dense thead th:first-child{position:static}caption>span{position:static}
details:not([open])>summary::after{content:" – folded: open it before printing, or see report.json";font-weight:400}
.fig{text-decoration:none}h2{margin-top:1.6rem}}
`;
