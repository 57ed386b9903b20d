import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot, temporaryFolder } from './store-fixtures.js';

/** Compiles folders of src, types stripped, so that a child process can run them. @returns the folder of the output */
export async function compileSource(...folders: string[]): Promise<string> {
  const target = await temporaryFolder();
  await symlink(join(repositoryRoot, 'node_modules'), join(target, 'node_modules'));
  await writeFile(join(target, 'package.json'), '{"type":"module"}');
  for (const folder of folders) {
    const source = join(repositoryRoot, 'src', folder);
    for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const { outputText } = ts.transpileModule(readFileSync(join(source, name), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
      });
      const path = join(target, folder, name.replace(/ts$/, 'js'));
      if (!existsSync(dirname(path))) await mkdir(dirname(path), { recursive: true });
      await writeFile(path, outputText);
    }
  }
  return target;
}
