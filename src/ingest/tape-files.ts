import { access } from 'node:fs/promises';
import { joinLobster, lobsterName, lobsterPartner } from '../sources/lobster/index.js';
import { headOf, openTapeFile, type TapeFile } from './tape-chunks.js';
import type { FoundFile } from './walk.js';

/**
 * Opens tape files one after the other, so that many files cost no memory. LOBSTER's two files of one day, messages and
 * order book, become one; the second is looked for beside the first where it was not given.
 * @throws {FormatError} where one cannot be read
 */
export async function* openTapeFiles(found: readonly FoundFile[]): AsyncGenerator<TapeFile> {
  const given = new Set(found.map(({ path }) => path));
  for (const file of found) {
    const partner = await partnerOf(file);
    if (partner === null) yield* pairMembers(await openTapeFile(file));
    else if (lobsterName(file.path)!.holds === 'message') yield await openPair(file, partner);
    else if (!given.has(partner.path)) yield await openPair(partner, file);
  }
}

/** LOBSTER's other file of the same day, where it is there. */
async function partnerOf(file: FoundFile): Promise<FoundFile | null> {
  const path = lobsterPartner(file.path);
  if (path === null) return null;
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere ? { path, name: lobsterPartner(file.name) ?? file.name, problem: null } : null;
}

async function openPair(messages: FoundFile, book: FoundFile): Promise<TapeFile> {
  const [[first], [second]] = [await openTapeFile(messages), await openTapeFile(book)];
  return pair(first!, second!);
}

async function pair(messages: TapeFile, book: TapeFile): Promise<TapeFile> {
  const chunks = (): AsyncIterable<Uint8Array> =>
    joinLobster(
      { name: messages.name, chunks: messages.chunks() },
      { name: book.name, chunks: book.chunks() },
    );
  return { name: messages.name, head: await headOf(chunks()), chunks };
}

/** Members of an archive, messages and order books among them joined. */
async function* pairMembers(members: readonly TapeFile[]): AsyncGenerator<TapeFile> {
  const byName = new Map(members.map((member) => [member.name, member]));
  for (const member of members) {
    const partner = byName.get(lobsterPartner(member.name) ?? '');
    if (partner === undefined) yield member;
    else if (lobsterName(member.name)!.holds === 'message') yield await pair(member, partner);
  }
}
