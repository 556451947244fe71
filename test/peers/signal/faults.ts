/** Something that goes wrong with a request, once: it hangs, its answer is lost after the work, or it is refused. */
export type Fault =
  | { readonly type: 'hang' }
  | { readonly type: 'lose' }
  | { readonly type: 'status'; readonly status: number; readonly body: unknown }

/** A limit that Signal sets: with tokens it is lifted by a captcha. */
export type Limit = { readonly tokens: readonly string[] }

/** What will go wrong. */
export type Faults = ReturnType<typeof createFaults>

/** Makes a world in which nothing goes wrong yet. */
export function createFaults() {
  const coming: { readonly path: string; readonly to: string; readonly fault: Fault; skip: number }[] = []
  const left = new Map<string, string>()
  let limit: Limit | null = null
  return {
    /** The next request to a path that begins so goes wrong, or the one after those that are let through. */
    next: (path: string, fault: Fault, skip = 0): void => {
      coming.push({ path, to: '', fault, skip })
    },
    /** The next message to that group or person goes wrong. */
    nextTo: (to: string, fault: Fault): void => {
      coming.push({ path: '/v2/send', to, fault, skip: 0 })
    },
    take(path: string, body: string): Fault | null {
      const index = coming.findIndex(one => path.startsWith(one.path) && body.includes(one.to) && one.skip-- <= 0)
      return index < 0 ? null : (coming.splice(index, 1)[0]?.fault ?? null)
    },
    /** Signal limits what is sent from now on, until it is lifted. */
    limit: (tokens: readonly string[] = ['']): void => {
      limit = { tokens }
    },
    lift: (): void => {
      limit = null
    },
    limited: (): Limit | null => limit,
    /** Somebody in groups does not get what is written there, for that reason. */
    leaveOut: (uuid: string, reason: string): void => {
      left.set(uuid, reason)
    },
    leftOut: (): ReadonlyMap<string, string> => left,
  }
}
