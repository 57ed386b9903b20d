/** Keeps what was made for an object, by what was asked of it, for as long as the object itself lives. */
export class HeldBy<Holder extends object, Value> {
  readonly #held = new WeakMap<Holder, Map<string, Value>>();

  /** What is held of the holder under the key; made and kept if it is the first time. */
  of(holder: Holder, key: string, make: () => Value): Value {
    const values = this.#held.get(holder) ?? new Map<string, Value>();
    this.#held.set(holder, values);
    const known = values.get(key);
    if (known !== undefined) return known;
    const made = make();
    values.set(key, made);
    return made;
  }
}
