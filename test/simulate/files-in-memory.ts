import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { type SimulatedMarket, writeMarket } from '../../src/simulate/index.js';

/** The files of a market by path. */
export async function filesOf(market: SimulatedMarket): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  await writeMarket(market, {
    async write(path, bytes) {
      files.set(path, bytes);
    },
  });
  return files;
}

/** Members of a zip in its order. */
export async function membersOf(zip: Uint8Array): Promise<{ name: string; bytes: Uint8Array }[]> {
  const archive = await fromBufferPromise(Buffer.from(zip));
  const members: { name: string; bytes: Uint8Array }[] = [];
  for await (const entry of archive.eachEntry()) {
    members.push({ name: entry.fileName, bytes: await buffer(await archive.openReadStreamPromise(entry)) });
  }
  return members;
}

/** The only member of a zip, by its name. */
export async function onlyMember(zip: Uint8Array): Promise<{ name: string; bytes: Uint8Array }> {
  const members = await membersOf(zip);
  if (members.length !== 1) throw new Error(`${members.length} members`);
  return members[0]!;
}
