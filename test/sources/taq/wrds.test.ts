import { describe, expect, it } from 'vitest';
import { nanosOf, readTape } from '../text/tape/read-tape.js';
import { WRDS_COMPLETE_NBBO, WRDS_CQM, WRDS_CTM, WRDS_NBBOM } from '../text/tape/samples.js';

describe('WRDS TAQ', () => {
  it('reads trades of several days with root and suffix', async () => {
    const { format, trades, setAside } = await readTape(WRDS_CTM);
    expect(format).toMatchObject({ name: 'wrds-ctm', holds: 'trades' });
    expect(setAside).toEqual([]);
    expect(trades).toMatchObject([
      {
        time: nanosOf('2018-01-02T14:30:00.017000001Z'),
        symbol: 'BF.B',
        venue: 'D',
        conditions: 'FI',
        price: 64_230_700,
        sequence: 1201,
      },
      { symbol: 'XXX', conditions: '6', size: 443_901_000_000 },
      { time: nanosOf('2018-01-03T13:51:06Z'), correction: 8, tape: 'C', conditions: 'T' },
    ]);
  });

  it('reads days as SAS writes them, header names in any case and order, and nanoseconds of their own', async () => {
    const { trades } = await readTape(
      'sym_suffix,sym_root,tr_corr,price,size,tr_scond,ex,time_m_nano,time_m,date\n,XXX,00,1.5,100.0,@,N,7,9:30:00.123456,02JAN2018\n',
    );
    expect(trades).toMatchObject([
      { time: nanosOf('2018-01-02T14:30:00.123456007Z'), size: 100_000_000, conditions: '' },
    ]);
  });

  it('reads venue quotes; a missing side is withdrawn, an ineligible or cancelled quote empties the venue', async () => {
    const { format, quotes } = await readTape(WRDS_CQM);
    expect(format).toMatchObject({ name: 'wrds-cqm', quoteKind: 'venue', quoteSizeUnit: 'round lots' });
    expect(quotes.map(({ bid, ask, eligible, symbol }) => [bid, ask, eligible, symbol])).toEqual([
      [156_570_000, 158_850_000, 1, 'XXX'],
      [156_570_000, 0, 1, 'XXX'],
      [156_570_000, 158_850_000, 0, 'BF.B'],
      [156_570_000, 158_850_000, 0, 'XXX'],
    ]);
  });

  it('keeps only national bests of both sides where asked', async () => {
    const { format, quotes, otherRows } = await readTape(WRDS_CQM, { context: { nationalBestOnly: true } });
    expect(format).toMatchObject({ name: 'wrds-cqm-national-best', quoteKind: 'nbbo' });
    expect(quotes.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(otherRows).toBe(2);
  });

  it('reads the NBBO file and the complete NBBO', async () => {
    const nbbom = await readTape(WRDS_NBBOM);
    expect(nbbom.format).toMatchObject({
      name: 'wrds-nbbom',
      quoteKind: 'nbbo',
      quoteSizeUnit: 'round lots',
    });
    expect(nbbom.quotes).toMatchObject([{ bid: 156_600_000, bidSize: 4_000_000, ask: 156_700_000 }]);
    const complete = await readTape(WRDS_COMPLETE_NBBO);
    expect(complete.format).toMatchObject({ name: 'wrds-complete-nbbo', quoteSizeUnit: 'shares' });
    expect(complete.quotes).toMatchObject([
      { time: nanosOf('2018-01-02T14:30:00.015638123Z'), askSize: 200_000_000, sequence: 7 },
    ]);
  });

  it('will not read symbols without their suffix', async () => {
    const text = WRDS_CTM.replace('SYM_SUFFIX', 'OTHER');
    await expect(readTape(text)).rejects.toThrow(/no column 'sym_suffix'/);
  });

  it('sets rows aside', async () => {
    const line = WRDS_CTM.split('\n')[1]!;
    const bad = [
      line.replace('20180102', '20180230'),
      line.replace('9:30', '9.30'),
      line.replace(',BF,', ',,'),
      line.replace(',00,', ',xx,'),
      line.replace('@F I', 'x'.repeat(3)),
      line,
      line,
    ];
    const { setAside, trades } = await readTape(`${WRDS_CTM.split('\n')[0]}\n${bad.join('\n')}\n`);
    expect(trades.map(({ conditions }) => conditions)).toEqual(['x', 'FI']);
    expect(setAside.map(({ rowNumber, column }) => [rowNumber, column])).toEqual([
      [2, 'DATE'],
      [3, 'TIME_M'],
      [4, 'SYM_ROOT'],
      [5, 'TR_CORR'],
      [8, null],
    ]);
  });
});
