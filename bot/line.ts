/** Work that stands in lines: one after the other within a line, lines beside each other. */
export type LineUp = {
  /** Puts work at the end of that line. It must not reject; `stopped` says that only what cannot wait is done now. */
  readonly add: (line: string, work: (stopped: () => boolean) => Promise<void>) => void
  /** Says so to all that waits, and resolves once everything has ended. */
  readonly stop: () => Promise<void>
}

/** Makes lines; one that is empty is forgotten. */
export function lineUp(): LineUp {
  const ends = new Map<string, Promise<void>>()
  let stopping = false
  const stopped = () => stopping

  return {
    add(line, work) {
      const before = ends.get(line)
      const end = (before ? before.then(() => work(stopped)) : work(stopped)).finally(() => {
        if (ends.get(line) === end) ends.delete(line)
      })
      ends.set(line, end)
    },
    async stop() {
      stopping = true
      while (ends.size > 0) await Promise.all(ends.values())
    },
  }
}
