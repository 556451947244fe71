/** What goes wrong with a call: the answer is lost after it was done, it is refused, or it takes long. */
export type Fault =
  | { readonly type: 'lose' }
  | { readonly type: 'busy'; readonly seconds: number }
  | { readonly type: 'broken'; readonly status: number }
  | { readonly type: 'refuse'; readonly code: string }
  | { readonly type: 'slow'; readonly ms: number }

/** Faults that wait for the next calls of a method. */
export type Faults = {
  /** The next `times` calls of the method go wrong so. */
  readonly on: (method: string, fault: Fault, times?: number) => void
  readonly next: (method: string) => Fault | null
}

/** Makes an empty store of faults. */
export function createFaults(): Faults {
  const waiting = new Map<string, Fault[]>()
  return {
    on: (method, fault, times = 1) => {
      waiting.set(method, [...(waiting.get(method) ?? []), ...Array.from({ length: times }, () => fault)])
    },
    next: method => waiting.get(method)?.shift() ?? null,
  }
}
