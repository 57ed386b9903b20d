import type { Progress, ProgressTask } from '../core/index.js';

const LINE_EVERY_MS = 3000;
const BAR_WIDTH = 24;

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

function textOf(label: string, done: number, total: number | null, note: string): string {
  const tail = note === '' ? '' : `  ${note}`;
  if (total === null || total === 0) return `${label}${done > 0 ? ` ${done}` : ''}${tail}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * BAR_WIDTH);
  return `${label} [${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${done}/${total}${tail}`;
}

/** A bar that redraws itself on a terminal. */
function barTask(output: Output, label: string, total: number | null): ProgressTask {
  const draw = (done: number, note: string): void => {
    output.write(`\r\u001b[2K${textOf(label, done, total, note).slice(0, 118)}`);
  };
  draw(0, '');
  return {
    advance: (done, note = '') => draw(done, note),
    finish: (note = '') => {
      output.write(`\r\u001b[2K${label}: done${note === '' ? '' : `, ${note}`}\n`);
    },
  };
}

/** A line now and then where nobody watches a terminal. */
function lineTask(output: Output, label: string, total: number | null, now: () => number): ProgressTask {
  const started = now();
  let last = started;
  output.write(`${label} ...\n`);
  return {
    advance(done, note = '') {
      if (now() - last < LINE_EVERY_MS) return;
      last = now();
      output.write(`${textOf(label, done, total, note)}\n`);
    },
    finish(note = '') {
      output.write(
        `${label}: done in ${((now() - started) / 1000).toFixed(1)} s${note === '' ? '' : `, ${note}`}\n`,
      );
    },
  };
}

/** Progress on stderr: a bar on a terminal, a line every few seconds otherwise. */
export function stderrProgress(output: Output, now: () => number): Progress {
  return {
    start: (label, total) =>
      output.isTTY ? barTask(output, label, total) : lineTask(output, label, total, now),
  };
}
