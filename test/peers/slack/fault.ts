/** What goes wrong with a call: its answer is lost after it was done or never comes, it is refused, or it takes long. */
export type Fault =
  | { readonly type: 'lose' }
  | { readonly type: 'hang' }
  | { readonly type: 'busy'; readonly seconds: number }
  | { readonly type: 'broken'; readonly status: number }
  | { readonly type: 'refuse'; readonly code: string }
  | { readonly type: 'slow'; readonly ms: number }

/** Faults that wait for the next calls of a method. */
export type Faults = {
  /** The next `times` calls of the method go wrong so. */
  readonly on: (method: string, fault: Fault, times?: number) => void
  /** From now on nobody gets through to Slack, or everybody again. */
  readonly down: (yes: boolean) => void
  readonly isDown: () => boolean
  readonly next: (method: string) => Fault | null
}

/** Makes an empty store of faults. */
export function createFaults(): Faults {
  const waiting = new Map<string, Fault[]>()
  let down = false
  return {
    on: (method, fault, times = 1) => {
      waiting.set(method, [...(waiting.get(method) ?? []), ...Array.from({ length: times }, () => fault)])
    },
    down: yes => {
      down = yes
    },
    isDown: () => down,
    next: method => waiting.get(method)?.shift() ?? null,
  }
}
