/** Chances that are the same for the same seed. */
export type Dice = {
  /** From 0 up to 1. */
  readonly roll: () => number
  /** True that often, 0 to 1. */
  readonly chance: (of: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** A whole number from `least` to `most`. */
  readonly whole: (least: number, most: number) => number
}

/** Makes dice (mulberry32) for a seed. */
export function createDice(seed: number): Dice {
  let state = seed | 0
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    roll,
    chance: of => roll() < of,
    pick: list => list[Math.floor(roll() * list.length)] as never,
    whole: (least, most) => least + Math.floor(roll() * (most - least + 1)),
  }
}
