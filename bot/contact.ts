import type { Logger } from 'pino'
import type { Reply } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { AccountId } from '../workflows/ids.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Button, Line, View } from '../workflows/view.ts'
import type { Interaction } from './platform.ts'
import { stillOf } from './posting.ts'

type Options = {
  readonly store: Store
  readonly clock: () => number
  readonly wake: () => void
  readonly log: Pick<Logger, 'warn'>
}

/** People who could not be written to are here again. */
export type Contact = {
  /**
   * The answer, and what they could not be told before: in their direct conversation as messages of their own, else
   * under an answer that only they see. Once, and never in the way of the answer; it does not reject.
   */
  readonly welcome: (interaction: Interaction, actor: Actor | null, reply: Reply) => Promise<Reply>
}

// How old may be what is known of whom something is kept for: at most one of many waits for a look.
const freshMs = 5_000
const mostShown = 3
const mostButtons = 10

/** Makes it; whom something is kept for is read now and then, beside what people do. */
export function createContact({ store, clock, wake, log }: Options): Contact {
  let awaited: ReadonlySet<AccountId> = new Set()
  let readAt = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    readAt = clock()
    try {
      awaited = new Set(await store.stuck.awaited())
    } catch (error) {
      log.warn({ err: error }, 'it could not be read for whom something is kept')
    }
  }

  async function shown(interaction: Interaction, actor: Actor, accounts: readonly AccountId[], reply: Reply) {
    if (interaction.room === null && actor.account) {
      await store.stuck.resume(accounts, actor.account, clock())
      wake()
      return reply
    }
    if (reply.type !== 'view' || !reply.private) return reply
    const person = store.roster.directory().people.get(actor.id)
    if (!person) return reply
    const lines: Line[] = []
    const buttons: Button[] = []
    for (const post of await store.stuck.kept(accounts, mostShown)) {
      const view = await stillOf({ ...post, state: 'sending' }, { person, through: actor.platform }, store, clock())
      // Marked first: rather said once too few than that somebody else reads it again.
      if (!(await store.stuck.shown(post.id, view ? clock() : null)) || !view) continue
      lines.push(...told(post.createdAt, view))
      buttons.push(...view.buttons)
    }
    if (lines.length === 0) return reply
    const { view } = reply
    const all = [...view.buttons, ...buttons].slice(0, mostButtons)
    return { ...reply, view: { ...view, lines: [...view.lines, ...lines], buttons: all } }
  }

  return {
    async welcome(interaction, actor, reply) {
      // A form must open at once; whatever comes after it is contact too.
      if (reply.type === 'form') return reply
      if (clock() - readAt >= freshMs) await look()
      if (!actor || awaited.size === 0) return reply
      const own = store.roster.directory().people.get(actor.id)?.accounts ?? []
      const accounts = own.map(account => account.id).filter(id => awaited.has(id))
      if (accounts.length === 0) return reply
      try {
        return await shown(interaction, actor, accounts, reply)
      } catch (error) {
        log.warn({ err: error }, 'what was kept for somebody could not be shown')
        return reply
      }
    },
  }
}

function told(at: number, { title, lines }: View): readonly Line[] {
  return [
    { type: 'rule' },
    { type: 'note', text: phrase('delivery.kept', { time: { time: at } }) },
    ...(title ? [{ type: 'strong', text: title } as const] : []),
    ...lines,
  ]
}
