import type { Store } from '../db/store.ts'
import { answersCsv } from '../workflows/broadcast/answer/csv.ts'
import { type AnswerSheets, answersItem } from '../workflows/broadcast/answer/sheet.ts'
import { seen } from '../workflows/broadcast/screen/scene.ts'
import type { RecipientStanding } from '../workflows/broadcast/standing.ts'
import { personAsking } from '../workflows/directory.ts'
import { RuleError } from '../workflows/errors.ts'
import { type BroadcastId, readBroadcastId } from '../workflows/ids.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { NotShown } from '../workflows/viewing.ts'
import { actorOf, readerOf } from './identify.ts'
import { transact } from './transact.ts'

type Options = {
  readonly store: Store
  readonly taxonomy: Taxonomy
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
}

/** Joins links, rights and recipients; that the table leaves the hub is committed before, with the reason. */
export function createAnswerSheets(options: Options): AnswerSheets {
  const { store, clock } = options

  async function judge(secret: string) {
    const now = clock()
    const found = await store.tickets.find(secret, null, now)
    const directory = store.roster.directory()
    const person = found && personAsking(directory, found.ticket.person)
    if (!found || !person || found.ticket.item !== answersItem) return gone
    const { ticket } = found
    const actor = actorOf(person, { account: null, platform: ticket.platform }, directory)
    const reader = readerOf(actor, null, directory, now)
    const no = (why: NotShown['why'], said: Phrase): NotShown => ({ type: 'not-shown', why, phrase: said, reader })
    if (found.browser !== 'none') return no('other', phrase('page.other', { id: ticket.incident }))
    const id = readBroadcastId(ticket.incident)
    const broadcast = id && (await store.broadcasts.find(id))
    const about = broadcast?.plan.incident ? await store.incidents.find(broadcast.plan.incident) : null
    const scene = broadcast && seen(broadcast, about?.incident ?? null, directory, actor)
    if (!scene) return no('refused', phrase('approval.unknown'))
    return { type: 'answers', broadcast: scene.broadcast, reader, actor, directory, no } as const
  }

  async function everybody(id: BroadcastId): Promise<readonly RecipientStanding[]> {
    const list: RecipientStanding[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const page = await store.broadcasts.recipients(id, { limit: pageSize, ...(after ? { after } : {}) })
      list.push(...page.items)
      after = page.next
    }
    return list
  }

  return {
    async find(secret) {
      const judged = await judge(secret)
      if (judged.type !== 'answers') return judged
      return { type: 'answers', broadcast: judged.broadcast.id, reader: judged.reader }
    },
    async take(secret, reason) {
      const judged = await judge(secret)
      if (judged.type !== 'answers') return judged
      const { broadcast, reader, actor, directory, no } = judged
      const { id } = broadcast
      if (reason.trim() === '') return no('reason', phrase('rule.reason-needed'))
      if (!(await store.tickets.bind(secret, clock()))) return no('other', phrase('page.other', { id }))
      try {
        const action = { type: 'broadcast', about: id, do: { type: 'export', reason: reason.trim() } } as const
        const words = { what: null, where: null }
        const say = () => ({ type: 'nothing' }) as const
        await transact({ key: null, actor, now: clock(), action, words, say }, options)
      } catch (error) {
        if (error instanceof RuleError) return no('refused', error.phrase)
        throw error
      }
      return {
        type: 'answers',
        broadcast: id,
        reader,
        csv: answersCsv(broadcast, await everybody(id), directory, reader),
      }
    },
  }
}

const pageSize = 500
const gone: NotShown = { type: 'not-shown', why: 'gone', phrase: phrase('page.gone'), reader: null }
