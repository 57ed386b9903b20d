// How fast are text tapes read, against unpacking them? One core, the least CPU time of three runs.
// Build first, then: node bench/tape/formats.mjs [MEGABYTES] [LEAN_QUOTES.csv.gz]     MEGABYTES: 200 if left out
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { constants, createGunzip, gunzipSync, gzipSync } from 'node:zlib';
import { TAPE_READERS } from '../../dist/sources/index.js';

const megabytes = Number(process.argv[2] ?? 200);
const leanFile =
  process.argv[3] ??
  fileURLToPath(new URL('../../../shared/data/tape/lean/aig_20131007_quote.csv.gz', import.meta.url));
const CHUNK = 65_536;
const RUNS = 3;

const nanos = (row) => 1_652_189_400_000_000_000n + BigInt(row) * 11_003n;
const clock = (row) => {
  const micros = 34_200_000_000 + row * 11;
  const seconds = Math.floor(micros / 1_000_000);
  const two = (value) => String(value).padStart(2, '0');
  const fraction = `${String(micros % 1_000_000).padStart(6, '0')}001`;
  return [
    two(Math.floor(seconds / 3600)),
    two(Math.floor(seconds / 60) % 60),
    `${two(seconds % 60)}`,
    fraction,
  ];
};
const symbol = (row) => `SYM${Math.floor(row / 5000)}`;
const price = (row) => ((15_000 + ((row * 31) % 400)) / 100).toFixed(2);
const ask = (row) => ((15_001 + ((row * 31) % 400)) / 100).toFixed(2);

const GENERATED = {
  'polygon flat file quotes': {
    header:
      'ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,conditions,indicators,participant_timestamp,sequence_number,sip_timestamp,tape,trf_timestamp\n',
    row: (row) =>
      `${symbol(row)},12,${ask(row)},${1 + (row % 30)},11,${price(row)},${1 + (row % 17)},1,604,${nanos(row)},${row + 1000},${nanos(row)},3,0\n`,
  },
  'polygon flat file trades': {
    header:
      'ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size,tape,trf_id,trf_timestamp\n',
    row: (row) =>
      `${symbol(row)},${row % 2 ? '"14,37"' : ''},0,4,${row},${nanos(row)},${price(row)}01,${row + 1000},${nanos(row)},${1 + (row % 300)}.000000,1,202,${nanos(row)}\n`,
  },
  'wrds cqm': {
    header:
      'DATE,TIME_M,EX,BID,BIDSIZ,ASK,ASKSIZ,QU_COND,QU_SEQNUM,NATBBO_IND,QU_CANCEL,QU_SOURCE,SYM_ROOT,SYM_SUFFIX\n',
    row: (row) => {
      const [hours, minutes, seconds, fraction] = clock(row);
      return `20180102,${Number(hours)}:${minutes}:${seconds}.${fraction},N,${price(row)},1,${ask(row)},2,R,${row + 1},0,,C,${symbol(row)},\n`;
    },
  },
  'nyse daily taq quotes': {
    name: 'SPLITS_US_ALL_BBO_A_20180102',
    header:
      'Time|Exchange|Symbol|Bid_Price|Bid_Size|Offer_Price|Offer_Size|Quote_Condition|Sequence_Number|National_BBO_Ind|FINRA_BBO_Indicator|FINRA_ADF_MPID_Indicator|Quote_Cancel_Correction|Source_Of_Quote|Retail_Interest_Indicator|Short_Sale_Restriction_Indicator|LULD_BBO_Indicator|SIP_Generated_Message_Identifier|National_BBO_LULD_Indicator|Participant_Timestamp|FINRA_ADF_Timestamp|FINRA_ADF_Market_Participant_Quote_Indicator|Security_Status_Indicator\n',
    row: (row) =>
      `${clock(row).join('')}|N|${symbol(row)}|${price(row)}|1|${ask(row)}|2|R|${row + 1}|0|| ||C||||||${clock(row).join('')}|||\n`,
    trailer: (rows) => `END|20180102|${rows}||||||||||||||||||||\n`,
  },
  algoseek: {
    header: 'Date,Timestamp,EventType,Ticker,Price,Quantity,Exchange,Conditions\n',
    row: (row) => {
      const [hours, minutes, seconds, fraction] = clock(row);
      return `20230609,${hours}:${minutes}:${seconds}.${fraction},QUOTE ${row % 2 ? 'BID' : 'ASK'} NB,IBM,${price(row)},100,ARCA,00000001\n`;
    },
  },
  'alpaca stream': {
    row: (row) => {
      const [hours, minutes, seconds, fraction] = clock(row);
      return `[{"T":"q","S":"${symbol(row)}","bx":"N","bp":${price(row)},"bs":1,"ax":"K","ap":${ask(row)},"as":2,"c":["R"],"z":"A","t":"2022-03-09T${hours}:${minutes}:${seconds}.${fraction}Z"}]\n`;
    },
    share: 0.25,
  },
};

function generate({ header = '', row, trailer, share = 1 }) {
  const parts = [header];
  let length = 0;
  let rows = 0;
  for (; length < megabytes * share * 1e6; rows += 1) {
    const line = row(rows);
    parts.push(line);
    length += line.length;
  }
  if (trailer !== undefined) parts.push(trailer(rows));
  return Buffer.from(parts.join(''), 'latin1');
}

/** Each row of the real file as often as the size asks, next to itself, so that time does not run back. */
function leanQuotes() {
  const lines = gunzipSync(readFileSync(leanFile)).toString('latin1').split('\n');
  const times = Math.ceil((megabytes * 1e6) / lines.reduce((sum, line) => sum + line.length + 1, 0));
  return Buffer.from(lines.flatMap((line) => Array(times).fill(line)).join('\n'), 'latin1');
}

async function* chunksOf(bytes) {
  for (let position = 0; position < bytes.length; position += CHUNK) {
    yield bytes.subarray(position, position + CHUNK);
  }
}

async function* unpacked(packed) {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  gunzip.end(packed);
  yield* gunzip;
}

async function readAll(name, head, chunks) {
  const found = TAPE_READERS.flatMap((reader) => {
    const format = reader.detect({ name, head }, {});
    return format === null ? [] : [[reader, format]];
  });
  if (found.length !== 1) throw new Error(`${found.length} readers say yes to ${name}`);
  const [[reader, format]] = found;
  let rows = 0;
  for await (const batch of reader.read({ name, head }, format, chunks, {})) {
    if (batch.setAside.length > 0) throw new Error(JSON.stringify(batch.setAside[0]));
    rows += batch.rowsRead;
  }
  return rows;
}

async function drain(chunks) {
  for await (const _ of chunks);
}

/** Seconds of CPU and by the clock, each the least of the runs. */
async function time(run) {
  let cpu = Number.POSITIVE_INFINITY;
  let wall = Number.POSITIVE_INFINITY;
  let result;
  for (let index = 0; index < RUNS; index += 1) {
    const before = process.cpuUsage();
    const start = performance.now();
    result = await run();
    const { user } = process.cpuUsage(before);
    wall = Math.min(wall, (performance.now() - start) / 1000);
    cpu = Math.min(cpu, user / 1e6);
  }
  return { cpu, wall, result };
}

async function measure(title, name, bytes) {
  const head = bytes.subarray(0, CHUNK);
  const read = await time(() => readAll(name, head, chunksOf(bytes)));
  const packed = gzipSync(bytes, { level: constants.Z_BEST_SPEED });
  const gunzip = await time(() => drain(unpacked(packed)));
  const both = await time(() => readAll(name, head, unpacked(packed)));
  const size = bytes.length / 1e6;
  const columns = [
    title.padEnd(26),
    size.toFixed(0).padStart(5),
    (read.result / 1e6).toFixed(2).padStart(7),
    (size / read.cpu).toFixed(0).padStart(9),
    (read.result / 1e6 / read.cpu).toFixed(1).padStart(9),
    (size / gunzip.cpu).toFixed(0).padStart(9),
    (size / both.wall).toFixed(0).padStart(9),
  ];
  process.stdout.write(`${columns.join('')}\n`);
}

process.stdout.write(
  `${'format'.padEnd(26)}${'MB'.padStart(5)}${'M rows'.padStart(7)}${'read MB/s'.padStart(10)}${'M rows/s'.padStart(9)}${'gunzip'.padStart(8)}${'both'.padStart(9)}\n`,
);
process.stdout.write('(MB/s of text; read and gunzip by CPU time, both by the clock)\n');
if (existsSync(leanFile)) await measure('lean quotes (real rows)', 'aig_20131007_quote.csv', leanQuotes());
for (const [title, format] of Object.entries(GENERATED)) {
  await measure(title, format.name ?? 'generated', generate(format));
}
