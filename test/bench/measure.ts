/**
 * One line of the table. `baseline` is in the same unit and from the same run, `ratio` is value by baseline; both are
 * null where a line only informs, and its goal is empty.
 */
export type Result = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline: number | null
  readonly ratio: number | null
  readonly goal: string
  readonly ok: boolean
  /** What the baseline is, in a few words. */
  readonly note: string
}

/** Something to measure; `run` yields a result for every name that is wanted, and cleans up whatever happens. */
export type Bench = {
  readonly names: readonly string[]
  readonly run: (wanted: (name: string) => boolean) => AsyncIterable<Result>
}

/** A goal: how it reads, and whether value and baseline meet it. */
export type Goal = { readonly text: string; readonly met: (value: number, baseline: number) => boolean }

/** The ratio must reach so much. */
export function atLeast(ratio: number): Goal {
  return { text: `ratio >= ${ratio}`, met: (value, baseline) => value / baseline >= ratio }
}

/** The ratio must not pass so much, and, if given, the value not so many of its units. */
export function atMost(ratio: number, most?: { readonly value: number; readonly unit: string }): Goal {
  const text = `ratio <= ${ratio}${most ? `, value <= ${most.value} ${most.unit}` : ''}`
  return { text, met: (value, baseline) => value / baseline <= ratio && value <= (most?.value ?? value) }
}

/** The value must not be more than so much above the baseline. */
export function within(more: number, unit: string): Goal {
  return { text: `<= baseline + ${more} ${unit}`, met: (value, baseline) => value <= baseline + more }
}

/** The line of a measurement with its baseline. */
export function compared(
  name: string,
  unit: string,
  { value, baseline }: { readonly value: number; readonly baseline: number },
  goal: Goal,
  note: string,
): Result {
  const ratio = rounded(value / baseline)
  const ok = goal.met(value, baseline)
  return { name, unit, value: rounded(value), baseline: rounded(baseline), ratio, goal: goal.text, ok, note }
}

/** The line of a measurement that only informs. */
export function informed(name: string, unit: string, value: number, note: string): Result {
  return { name, unit, value: rounded(value), baseline: null, ratio: null, goal: '', ok: true, note }
}

/**
 * Measures both in turn, once unmeasured to warm up and then so many rounds, and gives the medians: a machine that
 * drifts between the rounds does so under both.
 */
export async function inTurn(
  rounds: number,
  value: () => Promise<number> | number,
  baseline: () => Promise<number> | number,
): Promise<{ value: number; baseline: number }> {
  const values: number[] = []
  const baselines: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const [one, other] = [await value(), await baseline()]
    if (round === 0) continue
    values.push(one)
    baselines.push(other)
  }
  return { value: median(values), baseline: median(baselines) }
}

/** The middle one, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

/** Passes on what a bench measures; @throws Error once it has taken longer than it may, so that a run always ends. */
export async function* limited<T>(seconds: number, what: string, steps: AsyncGenerator<T>): AsyncGenerator<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what} took longer than ${seconds} seconds`)), seconds * 1000)
  try {
    for (;;) {
      const step = await Promise.race([steps.next(), late])
      if (step.done) return
      yield step.value
    }
  } finally {
    clearTimeout(timer)
  }
}

// Four digits tell more than the machine can repeat.
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
