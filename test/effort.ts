const tries = 3

/** The processor time that something takes (ms), at its best of three: other work on the machine does not count. */
export function effort(run: () => void): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < tries; round++) {
    const begun = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(begun)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}
