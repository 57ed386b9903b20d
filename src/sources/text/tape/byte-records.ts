const NONE = new Uint8Array(0);

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}

/**
 * Feeds a stream to a parser of whole records; what a chunk cuts off comes again in front of the next one.
 * @param parse takes whole records from the beginning of the bytes, yields on the way, and returns how many bytes it took
 * @returns the bytes at the end that no record took: none, where the stream ends with a record
 */
export async function* parseRecords<Out>(
  chunks: AsyncIterable<Uint8Array>,
  parse: (bytes: Uint8Array) => Iterator<Out, number, undefined>,
): AsyncGenerator<Out, Uint8Array, undefined> {
  let rest: Uint8Array = NONE;
  for await (const chunk of chunks) {
    const bytes = joined(rest, chunk);
    const parsing = parse(bytes);
    let step = parsing.next();
    for (; step.done !== true; step = parsing.next()) yield step.value;
    rest = bytes.subarray(step.value);
  }
  return rest;
}
