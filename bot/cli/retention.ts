import type { Command } from 'commander'
import type { Store } from '../../db/store.ts'
import { retentionOf } from '../../workflows/clearing.ts'
import { dueNow } from '../clearer.ts'
import { type Print, print, run, withStore } from './terminal.ts'

/** `hub retention`. */
export function addRetention(program: Command): void {
  program
    .command('retention')
    .description('Say how long what is kept, and how much is due to be cleared away; changes nothing')
    .action(() => run(() => withStore(({ store }) => showRetention(store, Date.now(), print))))
}

const kept = {
  noise: 'withdrawn, or no incident: everything people wrote and sent',
  contact: 'how the reporter can be reached',
  narrative: 'who reported it and what people wrote (what and where stay, masked)',
  evidence: 'files',
} as const

/** Prints how long what is kept, and of how many incidents it is due to go; changes nothing. True: all is well. */
export async function showRetention(store: Store, now: number, print: Print): Promise<boolean> {
  const days = retentionOf(store.roster.directory())
  const due = await dueNow(store, now)
  const last = await store.retention.lastRun()
  const recalls = await store.recalls.counts()
  print('What            Kept for   Due now   (days after the end, unless a legal hold stands)')
  for (const [stage, what] of Object.entries(kept)) {
    const name = stage as keyof typeof kept
    print(`${name.padEnd(15)} ${`${days[name]} days`.padEnd(10)} ${String(due[name]).padEnd(9)} ${what}`)
  }
  print(`${'messages'.padEnd(15)} ${`${days.messages} days`.padEnd(10)} ${''.padEnd(9)} what is left of them`)
  print('', last === null ? 'Nothing was cleared away yet.' : `Last cleared away: ${new Date(last).toISOString()}`)
  print(`Words on their way out of rooms: ${recalls.waiting}. Given up: ${recalls.failed}.`)
  return true
}
