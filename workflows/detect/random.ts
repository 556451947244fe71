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
