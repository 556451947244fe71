import type { Report } from './day.ts'
import type { Size } from './plan.ts'

/** A day that was played. */
export type Run = { readonly size: Size; readonly minutes: number; readonly report: Report }

type Counts = Readonly<Record<string, number>>

/** What a day showed, in a line; and, if something is wrong, all of it, and how to see it again. */
export function tellRun({ size, minutes, report }: Run): readonly string[] {
  const { seed, engine, reports, kills } = size
  const { problems, hash, troubles, checks, logs } = report
  const head = `seed ${seed}, ${engine}, plan ${hash}: ${sum(troubles)} faults, ${sum(checks)} checks`
  if (problems.length === 0) return [`${head}, everything held`]
  const again = `--seed ${seed} --engine ${engine} --minutes ${minutes} --reports ${reports} --kills ${kills}`
  return [
    `${head}, ${problems.length} did not hold:`,
    ...problems.slice(0, 40).map(problem => `  ${problem.replaceAll('\n', ' | ').slice(0, 1500)}`),
    `  To see it again: npm run test:faults -- ${again}    What the hubs wrote: ${logs}`,
  ]
}

/** All days together: faults by kind, checks by name, what was allowed and how often. */
export function tellSum(runs: readonly Run[]): readonly string[] {
  const together = (of: (report: Report) => Counts) => added(runs.map(run => of(run.report)))
  return [
    ...table('Faults', byKind(together(report => report.troubles))),
    ...table(
      'What people did',
      together(report => report.deeds),
    ),
    ...table(
      'Checks',
      together(report => report.checks),
    ),
    ...table(
      'Allowed',
      together(report => report.allowed),
    ),
  ]
}

/** The last line: one plain sentence with the counts. */
export function closing(runs: readonly Run[]): string {
  const troubles = byKind(added(runs.map(run => run.report.troubles)))
  const kills = troubles.kill ?? 0
  const others = Object.entries(troubles).filter(([name]) => name !== 'kill')
  const faults = others.map(([name, times]) => `${times} ${name}`).join(', ')
  const checks = sum(added(runs.map(run => run.report.checks)))
  const allowed = added(runs.map(run => run.report.allowed))
  const excused = Object.entries(allowed).map(([what, times]) => `${what} (${times})`)
  const wrong = runs.reduce((all, run) => all + run.report.problems.length, 0)
  const engines = [...new Set(runs.map(run => run.size.engine))].join(' and ')
  const what = `${runs.length} ${runs.length === 1 ? 'day' : 'days'} on ${engines} with ${kills} kills and ${sum(troubles) - kills} other faults`
  const held = wrong === 0 ? 'all held' : `${wrong} did NOT hold`
  return `${what} (${faults}): of ${checks} checks ${held}; allowed were ${excused.join(', ') || 'no exceptions'}.`
}

function byKind(counts: Counts): Counts {
  return added(Object.entries(counts).map(([name, times]) => ({ [name.replace(/ \(.*/, '')]: times })))
}

function added(all: readonly Counts[]): Counts {
  const sums: Record<string, number> = {}
  for (const counts of all) for (const [name, times] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + times
  return Object.fromEntries(Object.entries(sums).toSorted())
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((all, one) => all + one, 0)
}

function table(title: string, counts: Counts): readonly string[] {
  return [`${title}:`, ...Object.entries(counts).map(([name, times]) => `  ${String(times).padStart(7)}  ${name}`)]
}
