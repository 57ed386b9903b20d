// Text tapes made by rule, for benches of readers.
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

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

/** Formats by title: header, row by number, trailer by count of rows; `share` of the size asked for. */
export const GENERATED = {
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

const PIECE_BYTES = 1 << 20;

/** The text of a format in pieces, some megabytes in all. */
export function* generatedText(title, megabytes) {
  const { header = '', row, trailer, share = 1 } = GENERATED[title];
  let piece = header;
  let length = header.length;
  let rows = 0;
  for (; length < megabytes * share * 1e6; rows += 1) {
    const line = row(rows);
    length += line.length;
    piece += line;
    if (piece.length < PIECE_BYTES) continue;
    yield piece;
    piece = '';
  }
  yield piece + (trailer?.(rows) ?? '');
}

/** Writes the text of a format to a file. */
export async function writeGenerated(title, path, megabytes) {
  const file = createWriteStream(path);
  for (const piece of generatedText(title, megabytes))
    if (!file.write(piece)) await new Promise((resolve) => file.once('drain', resolve));
  file.end();
  await finished(file);
}
