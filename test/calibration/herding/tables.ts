import {
  fiveClassTail,
  lsvByManagers,
  type PanelExperiment,
  type PanelOutcome,
  tryAgreement,
  tryPanels,
} from './experiments.js';
import { CLASS_WORLDS, WORLDS } from './worlds.js';

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * The tables of docs/methods by name, each made when asked for; the simulated panels are shared.
 * @param effort 1 for the published tables, less for fewer markets
 */
export function herdingTables(effort: number): Record<string, () => string> {
  const markets = Math.ceil(1000 * effort);
  const experiment: PanelExperiment = { securities: 300, managers: 100, markets, resamples: 199, seed: 20 };
  const outcomes = new Map<string, PanelOutcome>();
  const panelTable = (head: readonly string[], cells: (outcome: PanelOutcome) => string[]) => () => {
    const rows = WORLDS.map((world) => {
      const outcome = outcomes.get(world.name) ?? tryPanels(world, experiment);
      outcomes.set(world.name, outcome);
      return [world.name, ...cells(outcome)];
    });
    return markdown(['world', ...head], rows);
  };
  return {
    lsv: panelTable(['mean H', 'buy', 'sell', 'H > 0 at 5 %'], (found) => [
      percent(found.lsv, 2),
      percent(found.lsvBuy, 2),
      percent(found.lsvSell, 2),
      percent(found.lsvRejects),
    ]),
    'lsv-by-managers': () => lsvByManagersTable(effort),
    overdispersion: panelTable(['mean rho', 'rejects at 5 %', 'LSV rejects'], (found) => [
      found.rho.toFixed(4),
      percent(found.overdispersionRejects),
      percent(found.lsvRejects),
    ]),
    following: panelTable(
      ['correlation', 'own', 'others', 'correlation rejects', 'own rejects', 'others rejects'],
      (found) => [
        found.correlation.toFixed(3),
        found.own.toFixed(3),
        found.others.toFixed(3),
        percent(found.correlationRejects),
        percent(found.ownRejects),
        percent(found.othersRejects),
      ],
    ),
    agreement: () => agreementTable(effort),
    'five-classes': () => {
      const { truth, shuffled, autoregression } = fiveClassTail(Math.ceil(400_000 * effort), 20);
      return markdown(
        ['two or more of five classes in their own top decile', 'share of weeks'],
        [
          ['in the world itself', percent(truth, 2)],
          ['each class shuffled alone', percent(shuffled, 2)],
          ['paths of the fitted autoregression', percent(autoregression, 2)],
        ],
      );
    },
  };
}

function lsvByManagersTable(effort: number): string {
  const securities = Math.ceil(100_000 * effort);
  const swings = [0, Math.sqrt(0.005) / 2, Math.sqrt(0.02) / 2, Math.sqrt(0.1) / 2];
  const head = [
    'N',
    ...swings.map((swing) => `rho ${(4 * swing ** 2).toFixed(3)}, truth ${percent(swing, 2)}`),
  ];
  const rows = [5, 10, 20, 50, 200, 1000].map((active) => [
    String(active),
    ...swings.map((swing) =>
      percent(lsvByManagers(active, swing, Math.ceil(securities / Math.sqrt(active)), 20), 2),
    ),
  ]);
  return markdown(head, rows);
}

function agreementTable(effort: number): string {
  const experiment = { markets: Math.ceil(1000 * effort), weeks: 523, resamples: 199, seed: 20 };
  const rows = CLASS_WORLDS.map((world) => {
    const found = tryAgreement(world, experiment);
    return [
      world.name,
      percent(found.agreementRejects),
      percent(found.jointTailRejects),
      percent(found.jointTailSoldRejects),
      percent(found.eitherTailRejects),
      percent(found.shuffledAgreementRejects),
      percent(found.shuffledJointTailRejects),
    ];
  });
  const tests = ['A', 'joint tail', 'of selling', 'either at 2.5 %', 'A, shuffled', 'joint tail, shuffled'];
  return markdown(['world', ...tests], rows);
}
