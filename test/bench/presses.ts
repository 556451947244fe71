import { join } from 'node:path'
import type { Interaction, Platform } from '../../bot/platform.ts'
import { pressId } from '../../workflows/button.ts'
import type { Decision } from '../../workflows/decision.ts'
import type { MessageRef } from '../../workflows/delivery.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import type { Incident } from '../../workflows/incident.ts'
import { lossOf } from '../../workflows/loss.ts'
import { enter } from '../../workflows/record.ts'
import { stepPress } from '../../workflows/run/button.ts'
import { openRuns } from '../../workflows/run.ts'
import { fileReport } from './filing.ts'
import { tempFolder } from './folder.ts'
import { openHub, reporters } from './hub.ts'
import { atMost, type Bench, compared, inTurn, limited, type Result } from './measure.ts'
import { act, actorNamed, benchProtocol, eventStep, rulesWith } from './runs.ts'

const names = ['protocol-press', 'protocol-history'] as const
const steps = 20
const rounds = { press: 3 * steps - 1, history: steps - 1 }
const past = 10_000
const chunk = 500

/** From the press on a step to the card that shows it: against a claim, and with ten thousand runs that are over. */
export const protocolPresses: Bench = { names, run: wanted => limited(180, 'presses on steps', measure(wanted)) }

async function* measure(wanted: (name: string) => boolean): AsyncGenerator<Result> {
  using folder = tempFolder()
  const stage = await openStage(folder.path)
  try {
    const [long, fresh, ...others] = stage.ids
    const [running, unclaimed] = [others.slice(0, 3), others.slice(3)]
    if (!long || !fresh) throw new Error('nothing was reported')
    if (wanted(names[0])) {
      for (const id of running) await stage.start(id)
      let turns = 0
      const both = await inTurn(
        rounds.press,
        () => stage.step(running[Math.floor(turns / steps)] as IncidentId),
        () => stage.claim(unclaimed[turns++] as IncidentId),
      )
      yield compared(names[0], 'ms', both, atMost(1.2), 'a claim, from its press to the edited card')
    }
    if (wanted(names[1])) {
      await stage.remember(long)
      for (const id of [long, fresh]) await stage.start(id)
      const both = await inTurn(
        rounds.history,
        () => stage.step(long),
        () => stage.step(fresh),
      )
      const note = `a step of the first run of an incident; here ${past.toLocaleString('en-US')} were before it`
      yield compared(names[1], 'ms', both, atMost(1.5), note)
    }
  } finally {
    await stage.close()
  }
}

/** A hub with a quiet chat tool, and open incidents with a card each. */
async function openStage(folder: string) {
  const protocol = benchProtocol(Array.from({ length: steps }, (_, at) => eventStep(at + 1, 600 + at)))
  const taxonomy = rulesWith(protocol)
  const cards = new Map<string, IncidentId>()
  const edited = new Map<IncidentId, () => void>()
  let posted = 0
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
      if (card && to.type === 'room') cards.set(ref.id, card.incident)
      return ref
    },
    async edit({ id }: MessageRef) {
      const incident = cards.get(id)
      if (incident) edited.get(incident)?.()
    },
    find: async () => null,
    handle: async () => {},
  }
  const hub = await openHub(`file:${join(folder, 'hub.db')}`, folder, Date.now, {
    ...{ taxonomy, platforms: [platform], restMs: 0 },
  })
  const { store } = hub
  // Reports of the same region: all have one card each.
  for (let at = 0; at <= rounds.press + 5; at++) await fileReport(hub, at % reporters, 1)
  while (await hub.delivery.run()) {}
  const owl = await actorNamed('owl', hub)
  const { items } = await store.incidents.list({ regions: 'all', viewer: owl.id, open: true, limit: 100 })
  let pressed = 0

  async function press(id: IncidentId, button: string): Promise<number> {
    while (await hub.delivery.run()) {}
    const shown = new Promise<void>(resolve => edited.set(id, resolve))
    const origin = { platform: 'workspace', account: 'owl', room: null, message: null, at: Date.now() } as const
    const asked: Interaction = { ...origin, type: 'press', key: `bench:${++pressed}`, button }
    const begun = performance.now()
    const { reply } = await hub.hub.receive(asked)
    if (reply.type === 'refused') throw new Error(`a press was refused: ${JSON.stringify(reply)}`)
    const sent = (async () => {
      while (await hub.delivery.run()) {}
    })()
    await shown
    const ms = performance.now() - begun
    await sent
    edited.delete(id)
    return ms
  }

  async function stands(id: IncidentId): Promise<Incident> {
    const found = await store.incidents.find(id)
    if (!found) throw new Error(`${id} is gone`)
    return found.incident
  }

  return {
    ids: items.map(incident => incident.id),
    claim: async (id: IncidentId) => press(id, pressId('claim', await stands(id))),
    /** Presses the next step of its run that is open. */
    async step(id: IncidentId): Promise<number> {
      const [run] = openRuns(await stands(id))
      if (!run) throw new Error(`no protocol runs on ${id}`)
      const next = protocol.steps.find(step => run.steps[step.id]?.state !== 'done')
      return press(id, stepPress(id, run.id, next?.id ?? '', 0, 'done'))
    },
    start: (id: IncidentId) =>
      act(id, { type: 'run', do: { type: 'start', protocol: protocol.id, eventAt: Date.now() } }, owl, {
        store,
        taxonomy,
        now: Date.now(),
      }),
    /** As many runs as can be were begun and stopped on it before. */
    async remember(id: IncidentId): Promise<void> {
      for (let done = 0; done < past; done += chunk) {
        await store.transaction(async tx => {
          const before = await tx.incident(id)
          if (!before) throw new Error(`${id} is gone`)
          const now = Date.now()
          const decisions = Array.from({ length: chunk }, (_, at) => lived(protocol.rev, done + at, now)).flat()
          const { after, entries } = enter(before, decisions, { now, actor: owl })
          const effects = { cards: [], posts: [], timers: [] }
          const change = { before, after, entries, ...lossOf(before, entries, after), effects }
          await tx.commit({ key: null, person: owl.id, now, answer: null, incidents: [change] })
        })
      }
    },
    close: () => store.close(),
  }
}

function lived(rev: string, at: number, now: number): readonly Decision[] {
  const run = at === 0 ? 'P9' : `P9-${at + 1}`
  const begun = { type: 'started', protocol: 'P9', rev, eventAt: now, roles: {}, undoUntil: now } as const
  return [
    { event: { type: 'run', run, on: begun } },
    { event: { type: 'run', run, on: { type: 'stopped', why: 'person' } } },
  ]
}
