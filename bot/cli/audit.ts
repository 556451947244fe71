import { type Command, InvalidArgumentError } from 'commander'
import type { AuditStore, ChainHead } from '../../db/audit.ts'
import { ConfigError } from '../../workflows/errors.ts'
import { count, type Print, print, run, withStore } from './terminal.ts'

type HeadOptions = { readonly until?: number; readonly compare?: string }

/** `hub audit verify | head`. */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('The hash chains of the timelines')
  audit
    .command('verify')
    .description('Check the hash chain of every timeline')
    .action(() => run(() => withStore(({ store }) => verifyTimelines(store.audit, print))))
  audit
    .command('head')
    .description('Print one line that stands for all timelines up to a moment, to keep outside and compare later')
    .option(
      '-u, --until <moment>',
      'such as 2026-11-04 or 2026-11-04T07:00Z; default is the beginning of today',
      momentIn,
    )
    .option('-c, --compare <line>', 'say whether that earlier line still holds')
    .action((options: HeadOptions) => run(() => head(options)))
}

/** Checks every timeline and says what is wrong; true if nothing is. */
export async function verifyTimelines(audit: AuditStore, print: Print): Promise<boolean> {
  let problems = 0
  for await (const { of, seq, problem } of audit.verify()) {
    problems += 1
    print(`${of}, entry ${seq}: ${problem}`)
  }
  const { incidents, broadcasts, entries, shredded } = await audit.counts()
  const logs = broadcasts > 0 ? ` and ${count(broadcasts, 'log')} of broadcasts` : ''
  const checked = count(incidents, 'timeline') + logs
  print(
    `${checked} checked, ${count(entries, 'entry', 'entries')}, ${count(problems, 'problem')}.`,
    `Words of ${count(shredded, 'entry', 'entries')} were shredded; the chain covers them all the same.`,
  )
  if (problems > 0) print('Somebody changed the database by hand, or it is damaged. Keep a copy and compare backups.')
  return problems === 0
}

function head({ until, compare }: HeadOptions): Promise<boolean> {
  return withStore(async ({ store }) => {
    if (compare !== undefined) return compareHead(store.audit, compare, print)
    await printHead(store.audit, until, Date.now(), print)
    return true
  })
}

/** The line stands for all timelines as they were before a moment (epoch ms), else before this day began in UTC. */
async function printHead(audit: AuditStore, before: number | undefined, now: number, print: Print) {
  const at = before ?? now - (now % dayMs)
  if (at > now) throw new ConfigError('--until must lie in the past: what is yet to come cannot be vouched for.')
  print(headLine(at, await audit.head(at)))
  print('Keep this line where nobody can change it together with the database, such as in the coordination room.')
}

/** Makes a line of `printHead` anew and says whether it is the same. */
async function compareHead(audit: AuditStore, line: string, print: Print): Promise<boolean> {
  const [moment, digest] = [/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(line)?.[0], /([0-9a-f]{4}-){7}[0-9a-f]{4}/.exec(line)?.[0]]
  if (!moment || !digest) throw new ConfigError('That is no line of "hub audit head": it has a moment and a digest.')
  const at = Date.parse(moment)
  const now = headLine(at, await audit.head(at))
  const same = now.includes(digest)
  print(
    same ? 'The same: what stood in the timelines then stands there now.' : 'NOT the same. Now it is:',
    ...(same ? [] : [now]),
  )
  if (!same) print('Entries from before were changed or taken away. Keep a copy of the database and compare backups.')
  return same
}

function momentIn(text: string): number {
  const at = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new InvalidArgumentError('Use a day or a moment in UTC, such as 2026-11-04 or 2026-11-04T07:00Z.')
}

const dayMs = 86_400_000

function headLine(at: number, { timelines, entries, digest }: ChainHead): string {
  const moment = new Date(at).toISOString().replace(/(:00)?\.000Z$/, 'Z')
  const said = `${count(timelines, 'timeline')}, ${count(entries, 'entry', 'entries')}`
  return `${moment}  ${said}  ${digest.match(/.{4}/g)?.join('-')}`
}
