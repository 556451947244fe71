import type { Command } from 'commander'
import type { FileProblem } from '../../db/evidence.ts'
import type { Store } from '../../db/store.ts'
import { verifyTimelines } from './audit.ts'
import { count, type Print, print, run, withStore } from './terminal.ts'

/** `hub evidence verify`. */
export function addEvidence(program: Command): void {
  program
    .command('evidence')
    .description('The files kept with reports')
    .command('verify')
    .description('Check every byte of every kept file, and every timeline that names one')
    .action(() => run(() => withStore(({ store }) => verifyEvidence(store, Date.now(), print))))
}

const meaning: Readonly<Record<FileProblem, string>> = {
  missing: 'is missing: its bytes, its key or its row are not there',
  altered: 'was altered: its bytes or its record are not what was kept',
  unproven: 'is not proved: its timeline entry vouches for other bytes',
  unnamed: 'is named by no timeline entry',
  orphaned: 'is on disk, and nothing in the database knows of it',
}

/**
 * Reads every kept byte and every timeline, and prints what is wrong; true if nothing is. What was shredded is counted,
 * and is no problem.
 */
export async function verifyEvidence(
  { files, fetches, audit }: Pick<Store, 'files' | 'fetches' | 'audit'>,
  now: number,
  print: Print,
): Promise<boolean> {
  let wrong = 0
  for await (const { incident, file, problem } of files.verify(now)) {
    wrong += 1
    print(`${incident ?? 'no incident'}: file ${file} ${meaning[problem]}`)
  }
  const { files: standing, bytes, shredded } = await files.counts()
  const waiting = await fetches.waiting()
  const size = `${(bytes / 1_048_576).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
  const gone = shredded > 0 ? `, ${shredded.toLocaleString('en')} shredded` : ''
  const coming = waiting > 0 ? `, ${waiting.toLocaleString('en')} still to be fetched` : ''
  print(`${count(standing, 'file')}, ${size}${gone}${coming}.`)
  print(wrong === 0 ? 'Every kept file is as it was kept.' : `${wrong} found wrong. Keep the disk as it is, and look.`)
  const chained = await verifyTimelines(audit, print)
  return wrong === 0 && chained
}
