/** Chance that can be repeated: the same seed gives the same numbers, 0 <= x < 1, on every machine. */
export function seeded(seed: number): () => number {
  // sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, a counter among them; the first rounds mix the seed in.
  let [a, b, c, counter] = [0, seed | 0, Math.floor(seed / 4294967296) | 0, 1]
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let round = 0; round < 15; round++) next()
  return next
}

/** Draws a cell (the lists one after the other) as often as its weight says, each in one step (Walker, Vose). */
export function dealer(weights: readonly ArrayLike<number>[], chance: () => number): () => number {
  const flat = weights.flatMap(list => Array.from(list))
  const mean = flat.reduce((sum, weight) => sum + weight, 0) / flat.length
  const share = Float64Array.from(flat, weight => weight / mean)
  const alias = Uint32Array.from(flat, (_, cell) => cell)
  const small = [...share.keys()].filter(cell => (share[cell] ?? 0) < 1)
  const large = [...share.keys()].filter(cell => (share[cell] ?? 0) >= 1)
  while (small.length > 0) {
    const [low, high] = [small.pop(), large.at(-1)]
    if (low === undefined || high === undefined) break
    alias[low] = high
    share[high] = (share[high] ?? 0) + (share[low] ?? 0) - 1
    if ((share[high] ?? 0) < 1) small.push(large.pop() ?? high)
  }
  return () => {
    const at = chance() * flat.length
    const cell = Math.floor(at)
    return at - cell < (share[cell] ?? 1) ? cell : (alias[cell] ?? cell)
  }
}
