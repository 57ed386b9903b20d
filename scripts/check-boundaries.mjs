// Checks the import rules of docs/concepts/house.md with dependency-cruiser, and fails if it looked at nothing.
import { cruise } from 'dependency-cruiser';
import rules from '../.dependency-cruiser.cjs';

const { output } = await cruise(['src'], {
  ruleSet: { forbidden: rules.forbidden },
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  tsConfig: { fileName: 'tsconfig.json' },
  enhancedResolveOptions: {
    extensions: ['.ts', '.js', '.mjs', '.json'],
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
});
const { summary, modules } = output;
const own = modules.filter((module) => module.source.startsWith('src/'));
const arrows = own.reduce(
  (total, module) => total + module.dependencies.filter((d) => d.resolved.startsWith('src/')).length,
  0,
);
for (const violation of summary.violations)
  process.stderr.write(`${violation.rule.name}: ${violation.from} -> ${violation.to}\n`);
if (own.length < 20 || arrows < own.length) {
  process.stderr.write(
    `boundaries: looked at ${own.length} modules and ${arrows} imports only; the check is broken\n`,
  );
  process.exit(1);
}
if (summary.violations.length > 0) process.exit(1);
process.stdout.write(`boundaries: ${own.length} modules, ${arrows} imports, no violation\n`);
