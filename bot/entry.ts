import { randomUUID } from 'node:crypto'
import type { Issuing, Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { AccountChange, InviteCode, LinkCode } from '../workflows/account.ts'
import type { Post } from '../workflows/change.ts'
import { readCode, spokenCode } from '../workflows/code.ts'
import type { Person } from '../workflows/directory.ts'
import {
  grantParams,
  invitedText,
  invitedView,
  linkDone,
  linkQuestion,
  linkView,
  toAccounts,
  toCoordination,
  toolName,
  welcomeView,
} from '../workflows/entry.ts'
import { ConflictError } from '../workflows/errors.ts'
import { both } from '../workflows/grant.ts'
import { phrase } from '../workflows/phrase.ts'
import { linkWords } from '../workflows/spoken.ts'
import { plainView, type View } from '../workflows/view.ts'
import { arrivalOf, suggestCallsign } from './groups.ts'
import type { Identity } from './identify.ts'
import type { Interaction } from './platform.ts'

/** What codes are taken in with. */
export type EntryOptions = {
  readonly store: Store
  readonly wake: () => void
  readonly pause: (ms: number) => Promise<void>
}

/** Codes that people write to the hub, and codes that they ask for. */
export type Entry = {
  /** The answer to a code, whoever writes it; null if there is none in it, or none that means anything in a room. */
  readonly take: (interaction: Interaction, identity: Identity, now: number) => Promise<Reply | null>
  /** Makes the code that somebody asked for, and gives the answer with it; neither is kept. */
  readonly issue: (asked: Issuing, now: number) => Promise<Reply>
}

type Written = {
  readonly type: 'link' | 'invite'
  readonly code: string
  /** Others can read what was written. */
  readonly seen: boolean
  /** They were asked whether it is them, and said yes. */
  readonly sure: boolean
}
type Asked = { readonly interaction: Interaction; readonly written: Written; readonly known: Person | null }

const tries = 8
const linkLife = 10 * 60_000
const personal = 24 * 60 * 60_000

/** Takes in codes: they join accounts, or let people in. */
export function createEntry({ store, wake, pause }: EntryOptions): Entry {
  const { roster, codes } = store

  async function take(interaction: Interaction, { actor, newcomer }: Identity, now: number): Promise<Reply | null> {
    const written = codeIn(interaction)
    if (!written) return null
    const before = await store.inbox.answer(interaction.key)
    if (before !== undefined) return (before ?? { type: 'nothing' }) as Reply
    const { platform, account, type, room } = interaction
    const talk = type === 'message' && room !== null
    const known = actor && !newcomer ? (roster.directory().people.get(actor.id) ?? null) : null
    if (!(await codes.attempt(platform, account, now))) return talk ? null : refuse('account.tries')
    const found = await codes.find(written.code, now)
    if (!found) return talk ? null : refuse(`account.${written.type}-gone`)
    if (known?.blocked) return refuse('triage.blocked-you')
    await codes.forgive(platform, account)
    if (written.seen) return burn(written.code, found, known, now)
    const asked = { interaction, written, known }
    return found.type === 'link' ? join(found, asked, now) : enter(found, asked, now)
  }

  async function join(found: LinkCode, { interaction, written, known }: Asked, now: number): Promise<Reply> {
    const owner = roster.directory().people.get(found.person)
    if (!owner) return refuse('account.link-gone')
    if (owner.blocked) return refuse('triage.blocked-you')
    if (known?.id === owner.id) return refuse('account.link-same')
    const params = { person: { person: owner.id }, former: { person: known?.id ?? owner.id } }
    if (known && isOnRoster(known))
      return refuse(isOnRoster(owner) ? 'account.link-roles' : 'account.link-turn', params)
    const reports = known ? (await store.held.held(known.id)).reports.count : 0
    if (known && reports > 0 && !written.sure) return show(linkQuestion(written.code, known, owner, reports))
    const { platform, account: address } = interaction
    const tool = toolName(platform)
    const told = toAccounts(owner, `joined:${randomUUID()}`, phrase('account.link-told', { tool, ...params }))
    const reply = show(linkDone(owner, platform, reports))
    return commit(interaction.key, reply, now, () => ({
      posts: told,
      roster: {
        type: 'join',
        person: owner.id,
        code: written.code,
        fresh: known ? null : { account: arrivalOf(interaction, roster.directory()).account, platform, address },
        former: known?.id ?? null,
      },
    }))
  }

  async function enter(found: InviteCode, { interaction, written, known }: Asked, now: number): Promise<Reply> {
    const own = known && (known.own ?? { roles: known.roles, regions: known.regions })
    const sum = own ? both(own, found) : found
    if (!sum) return refuse('account.invite-clash')
    if (own && isOnRoster(known) && JSON.stringify(sum) === JSON.stringify({ roles: own.roles, regions: own.regions }))
      return refuse('account.invite-nothing')
    const number = String(found.number)
    const { code } = written
    return commit(interaction.key, null, now, () => {
      const directory = roster.directory()
      const params = { number, ...grantParams(sum, directory) }
      const key = `entered:${randomUUID()}`
      if (known && isOnRoster(known)) {
        const told = phrase('account.raised-told', { ...params, person: { person: known.id } })
        return {
          roster: { type: 'enter', person: known.id, code, arrival: null, callsign: null },
          posts: toCoordination(directory, key, told),
          reply: show(plainView([phrase('account.entered', params)])),
        }
      }
      // Whoever was a stranger is no guest any more.
      const arrival = known ? null : arrivalOf(interaction, directory)
      const callsign = arrival?.callsign ?? suggestCallsign(directory)
      const person = arrival?.person ?? (known as Person).id
      return {
        roster: { type: 'enter', person, code, arrival, callsign },
        posts: toCoordination(directory, key, phrase('account.entered-told', { ...params, callsign })),
        reply: show(welcomeView(person, sum, directory)),
      }
    })
  }

  /** A code that others have read is worth nothing; whoever wrote it gets one that nobody has seen. */
  async function burn(code: string, found: LinkCode | InviteCode, known: Person | null, now: number): Promise<Reply> {
    if (!(await codes.burn(code, known?.id ?? null, now))) return refuse(`account.${found.type}-gone`)
    if (found.type === 'link') {
      const view = linkView(spokenCode(await codes.issue(found, now)), found.person, now + linkLife)
      return show({ ...view, title: phrase('account.link-burnt') })
    }
    const { type, roles, regions, by, until } = found
    const wanted = { type, roles, regions, by, uses: 1, until: Math.min(until, now + personal) }
    const fresh = spokenCode(await codes.issue(wanted, now))
    const directory = roster.directory()
    const params = { number: String(found.number), count: found.uses - found.used - 1 }
    await store.outbox.add(
      toCoordination(directory, `burnt:${found.number}`, phrase('account.burnt-told', params)),
      now,
    )
    wake()
    const lines = plainView([phrase('account.invite-burnt')]).lines
    return show({ ...plainView([]), lines: [...lines, { type: 'strong', text: { words: fresh } }] })
  }

  type Change = { readonly roster: AccountChange; readonly posts: readonly Post[]; readonly reply?: Reply }

  /** Commits once for that key; a lost race is run anew, with what is free then. */
  async function commit(key: string, reply: Reply | null, now: number, make: () => Change): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const { roster: change, posts, reply: made } = make()
      const answer = made ?? reply ?? { type: 'nothing' }
      try {
        const said = await store.transaction(async tx => {
          const before = await tx.answered(key)
          if (before !== undefined) return (before ?? { type: 'nothing' }) as Reply
          await tx.commit({ key, person: change.person, now, answer, incidents: [], roster: change, posts })
          return answer
        })
        wake()
        return said
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt === tries) throw error
        await pause(attempt * 5)
        await roster.refresh()
      }
    }
  }

  async function issue({ wanted, told = false }: Issuing, now: number): Promise<Reply> {
    const code = await codes.issue(wanted, now)
    if (wanted.type === 'link') return show(linkView(spokenCode(code), wanted.person, now + linkLife))
    const found = await codes.find(code, now)
    if (found?.type !== 'invite') return refuse('account.invite-gone')
    const directory = roster.directory()
    if (told) {
      const said = invitedText(found, directory)
      await store.outbox.add(toCoordination(directory, `invited:${found.number}`, said), now)
      wake()
    }
    return show(invitedView(spokenCode(code), found, directory))
  }

  return { take, issue }
}

/** The code in what somebody did: written alone, after `/whoami link`, or in the button that asked if it is them. */
function codeIn(interaction: Interaction): Written | null {
  switch (interaction.type) {
    case 'message': {
      const read = readCode(interaction.words)
      return read && { ...read, seen: interaction.room !== null, sure: false }
    }
    case 'command': {
      const typed = interaction.name === 'whoami' ? linkWords(interaction.words) : null
      const read = typed === null ? null : readCode(typed)
      // Elsewhere nobody but the hub sees what is typed as a command.
      const seen = interaction.room !== null && interaction.platform === 'signal'
      return read && { ...read, seen, sure: false }
    }
    case 'press': {
      const [name, code = ''] = interaction.button.split(':')
      const read = name === 'link' ? readCode(code) : null
      return read && { ...read, seen: false, sure: true }
    }
    default:
      return null
  }
}

/** Whoever has a role, or is waited for without one; strangers are neither. */
function isOnRoster({ vetted, roles }: Person): boolean {
  return vetted && roles.length > 0
}

function show(view: View): Reply {
  return { type: 'view', view, private: true }
}

function refuse(key: Parameters<typeof phrase>[0], params?: Parameters<typeof phrase>[1]): Reply {
  return { type: 'refused', phrase: phrase(key, params) }
}
