import { type Command, InvalidArgumentError } from 'commander'
import type { Store } from '../../db/store.ts'
import type { InviteCode } from '../../workflows/account.ts'
import { spokenCode } from '../../workflows/code.ts'
import { personNow, type Role } from '../../workflows/directory.ts'
import { invitedText, toCoordination } from '../../workflows/entry.ts'
import { ConfigError, InputError } from '../../workflows/errors.ts'
import { checkInviting, type Inviting, wantedCode } from '../../workflows/inviting.ts'
import type { Phrase } from '../../workflows/phrase.ts'
import { say } from '../../workflows/text/say.ts'
import { type Print, print, run, withStore } from './terminal.ts'

/** `hub invite`, `hub invite list`, `hub invite revoke NUMBER`. */
export function addInvite(program: Command): void {
  const invite = program
    .command('invite')
    .description('Make a code that lets people in: they write it to the hub, alone')
    .option('-r, --role <roles>', `what they are to be, with commas: ${roles.join(', ')}`, readRoles)
    .option('-g, --region <codes>', 'where, with commas, as in AZ,GA; or all', readRegions)
    .option('-u, --uses <number>', 'how many people it lets in', readUses, 1)
    .option('-e, --expires <span>', 'how long it holds, as in 7d or 12h', readSpan, 7 * day)
    .action(({ role, region = [], uses, expires: life }: Options) =>
      run(() =>
        withStore(({ store }) => makeInvite(store, { roles: role ?? [], regions: region, uses, life }, Date.now())),
      ),
    )
  invite
    .command('list')
    .description('List the invitations that hold; their codes are kept nowhere')
    .action(() => run(() => withStore(({ store }) => listInvites(store, Date.now()))))
  invite
    .command('revoke <number>')
    .description('End an invitation; whoever came in by it stays')
    .action((number: string) => run(() => withStore(({ store }) => endInvite(store, number, Date.now()))))
}

type Options = {
  readonly role?: readonly Role[]
  readonly region?: Inviting['regions']
  readonly uses: number
  readonly expires: number
}

/** Makes an invitation, prints its code, and tells the coordinators of it. @throws ConfigError with what to say */
export async function makeInvite(store: Store, asked: Inviting, now: number, out: Print = print): Promise<boolean> {
  const directory = store.roster.directory()
  const inviting = checked(() => checkInviting(asked, directory))
  const code = await store.codes.issue(wantedCode(inviting, null, now), now)
  const made = await store.codes.find(code, now)
  if (made?.type !== 'invite') throw new ConfigError('The invitation was ended at once by somebody else.')
  await store.outbox.add(toCoordination(directory, `invited:${made.number}`, invitedText(made, directory)), now)
  out(
    `Invitation ${inviteWords(made, directory.zone)}`,
    '',
    `  ${spokenCode(code)}`,
    '',
    'Give it to the person, not in a room. They write it to the hub, alone, on Slack, Discord or Signal.',
    `It is shown only now. To end it: npm run -s hub -- invite revoke ${made.number}`,
  )
  return true
}

/** Prints the invitations that hold. */
export async function listInvites(store: Store, now: number, out: Print = print): Promise<boolean> {
  const directory = store.roster.directory()
  const invites = await store.codes.invites(now)
  if (invites.length === 0) out('No invitation holds now.')
  for (const invite of invites) {
    const by = invite.by === null ? 'the terminal' : (personNow(directory, invite.by)?.callsign ?? 'someone')
    out(`${inviteWords(invite, directory.zone)} · by ${by}`)
  }
  return true
}

/** Ends an invitation. @throws ConfigError if none of that number holds */
export async function endInvite(store: Store, number: string, now: number, out: Print = print): Promise<boolean> {
  const ended = /^\d+$/.test(number) && (await store.codes.revoke(Number(number), null, now))
  if (!ended) throw new ConfigError(`No invitation ${number} holds now. "hub invite list" shows those that do.`)
  out(`Invitation ${number} is ended. Whoever came in by it stays.`)
  return true
}

function inviteWords({ number, roles, regions, used, uses, until }: InviteCode, timeZone: string): string {
  const where = regions === 'all' ? 'all regions' : regions.join(', ')
  const end = new Date(until).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return `${number}: ${roles.join(', ')} · ${where} · used ${used} of ${uses} · until ${end}`
}

const roles: readonly Role[] = ['mediator', 'responder', 'coordinator', 'leader', 'admin']
const day = 24 * 60 * 60_000

function readRoles(text: string): readonly Role[] {
  return split(text).map(word => {
    const role = roles.find(one => one === word.toLowerCase())
    if (!role) throw new InvalidArgumentError(`"${word}" is no role. Use ${roles.join(', ')}.`)
    return role
  })
}

function readRegions(text: string): Inviting['regions'] {
  const codes = split(text).map(word => word.toUpperCase())
  return codes.includes('ALL') ? 'all' : codes
}

function readUses(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('Say a number, as in 5.')
  return Number(text)
}

function readSpan(text: string): number {
  const [, number, unit] = /^(\d{1,4})\s*([dh])$/i.exec(text.trim()) ?? []
  if (!number) throw new InvalidArgumentError('Say days or hours, as in 7d or 12h.')
  return Number(number) * (unit?.toLowerCase() === 'h' ? day / 24 : day)
}

function split(text: string): string[] {
  return text.split(/[\s,]+/).filter(word => word !== '')
}

/** What a person would read in chat, as a mistake at the terminal. */
function checked<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const reader = { language: 'en', zone: 'UTC', now: 0, person: () => null } as const
    const lines = Object.values(error.fields).map((field: Phrase) => say(field, reader))
    throw new ConfigError(
      error.fields.words?.key === 'account.invite-usage'
        ? 'Say the role and the region, as in: hub invite --role responder --region AZ --uses 5 --expires 7d'
        : lines.join(' '),
    )
  }
}
