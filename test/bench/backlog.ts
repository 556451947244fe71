import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { createLog } from '../../bot/log.ts'
import { startLoop } from '../../bot/loop.ts'
import type { Interaction, Platform, Raw } from '../../bot/platform.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import { fileReport } from './filing.ts'
import { tempFolder } from './folder.ts'
import { accountOf, type BenchHub, openHub, reporters } from './hub.ts'
import { atLeast, type Bench, compared, limited, type Result } from './measure.ts'

const name = 'catch-up'
const events = 10_000
const warmUp = 1_000
// As the program runs its clocks.
const rhythm = { everyMs: 1000, restMs: 200 }

/** Talk that lies in the inbox, as a crash or an outage left it, worked off, against the same talk as it comes. */
export const inboxCatchUp: Bench = { names: [name], run: () => limited(240, 'ten thousand stored events', measure()) }

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  const stage = await openStage(folder.path)
  const { hub } = stage
  try {
    await stage.fresh(warmUp)
    const before = await stage.fresh(events / 2)
    const value = await stage.stored(events)
    const after = await stage.fresh(events / 2)
    const baseline = 2 / (1 / before + 1 / after)
    const note = `the same talk as it comes, ${reporters} writers at once`
    yield compared(name, 'events/s', { value, baseline }, atLeast(0.5), note)
  } finally {
    await stage.close()
    await hub.store.close()
  }
}

/** A hub with a chat tool in which every reporter has a report with a card, and nothing else in the way. */
async function openStage(folder: string) {
  const cards = new Map<string, MessageRef>()
  const running: { loop?: ReturnType<typeof startLoop> } = {}
  let posted = 0
  let handled = 0
  let written = 0
  const platform: Platform = {
    name: 'workspace',
    capabilities: {
      edits: { most: Number.MAX_SAFE_INTEGER, within: Number.MAX_SAFE_INTEGER },
      lookup: true,
      threads: true,
    },
    start: async () => {},
    stop: async () => {},
    async post(to, { card }) {
      const room = to.type === 'room' ? to.room : to.type === 'thread' ? to.under.room : `direct:${to.account}`
      const ref = { room, id: String(++posted) }
      if (card && to.type === 'room') cards.set(card.incident, ref)
      return ref
    },
    edit: async () => {},
    find: async () => null,
    async handle({ body }) {
      await hub.hub.receive(JSON.parse(body) as Interaction)
      handled += 1
    },
  }
  const wake = () => running.loop?.wake()
  const url = `file:${join(folder, 'hub.db')}`
  const hub = await openHub(url, folder, Date.now, { platforms: [platform], wake })
  for (let reporter = 0; reporter < reporters; reporter++) await fileReport(hub, reporter, 1)
  while (await hub.delivery.run()) {}
  const own = await cardsOf(hub, cards)
  const log = createLog('warn', line => void process.stderr.write(line))

  function next(): Raw {
    const reporter = written % reporters
    const card = own[reporter] as MessageRef
    const id = `said-${++written}`
    const said: Interaction = {
      ...{ type: 'message', platform: 'workspace', key: `workspace:${id}`, account: accountOf(reporter) },
      ...{ room: card.room, message: card, self: { room: card.room, id }, at: Date.now() },
      ...{ words: `${written}: two more cars came, people are calm, the clerk has closed one door.`, files: [] },
    }
    return { key: id, body: JSON.stringify(said), order: `thread:${card.id}` }
  }

  async function until(count: number): Promise<void> {
    while (handled < count) await turn()
  }

  return {
    hub,
    /** So many are kept as they come; gives how many a second were done with. */
    async fresh(count: number): Promise<number> {
      const [begun, goal] = [performance.now(), handled + count]
      let left = count
      const writer = async () => {
        while (left-- > 0) await hub.intake.keep('workspace', next())
      }
      await Promise.all(Array.from({ length: reporters }, writer))
      await until(goal)
      return count / ((performance.now() - begun) / 1000)
    },
    /** So many lie there, and are worked off by the loop of the clocks; gives how many a second. */
    async stored(count: number): Promise<number> {
      for (let at = 0; at < count; at += 500) await Promise.all(Array.from({ length: 500 }, () => lay(hub, next())))
      const [begun, goal] = [performance.now(), handled + count]
      running.loop = startLoop('clocks', hub.schedule.runClocks, rhythm, log)
      await until(goal)
      const rate = count / ((performance.now() - begun) / 1000)
      await running.loop.stop()
      delete running.loop
      return rate
    },
    close: async () => {
      await running.loop?.stop()
      await hub.intake.stop()
    },
  }
}

/** As it lies in the inbox when its process has died. */
async function lay({ store }: BenchHub, { key, body, order = '' }: Raw): Promise<void> {
  const payload = JSON.stringify({ platform: 'workspace', order, body })
  await store.inbox.take({ key: `raw:workspace:${key}`, payload, receivedAt: Date.now() })
}

/** The card of each reporter's report. */
async function cardsOf({ store }: BenchHub, cards: ReadonlyMap<string, MessageRef>): Promise<readonly MessageRef[]> {
  const { people } = store.roster.directory()
  const byAccount = new Map<string, MessageRef>()
  for (const [id, card] of cards) {
    const known = await store.incidents.find(id as never)
    const person = known?.incident.reporter && people.get(known.incident.reporter)
    if (person) byAccount.set(person.callsign, card)
  }
  return Array.from({ length: reporters }, (_, at) => byAccount.get(`Reporter ${at}`)).map(card => {
    if (!card) throw new Error('a report has no card')
    return card
  })
}
