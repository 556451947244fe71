import { announce } from '../../../workflows/announce.ts'
import type { Post } from '../../../workflows/change.ts'
import { type Context, decide } from '../../../workflows/decide.ts'
import type { Account, Directory, Room } from '../../../workflows/directory.ts'
import type { Entry } from '../../../workflows/event.ts'
import type { AccountId, PersonId, RoomId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Actor } from '../../../workflows/permission.ts'
import type { Protocol, Step } from '../../../workflows/protocol.ts'
import { enter } from '../../../workflows/record.ts'
import type { RunDeed, RunEvent } from '../../../workflows/run.ts'
import type { Severity } from '../../../workflows/taxonomy.ts'
import { say } from '../../../workflows/text/say.ts'
import type { Clock } from '../../../workflows/timer.ts'
import {
  at,
  crane,
  eagle,
  everybody,
  finch,
  heron,
  id,
  noEvidence,
  owl,
  phoenix,
  roster,
  taxonomy,
  wren,
} from '../specification.ts'

/** A step with nothing special about it, due so many minutes after the start. */
export function step(name: string, minutes: number | null, unlike: Partial<Step> = {}): Step {
  return {
    id: name,
    phase: null,
    text: { en: `Do ${name}`, es: `Hacer ${name}` },
    detail: null,
    role: 'VE',
    due: minutes === null ? null : { from: 'start', minutes },
    when: null,
    gate: null,
    asks: [],
    notify: [],
    repeat: null,
    evidence: false,
    blocking: false,
    skill: null,
    headcount: null,
    checkin: null,
    ...unlike,
  } as Step
}

/** A protocol of these steps. */
export function protocol(...steps: readonly Step[]): Protocol {
  return {
    ...{ id: 'P1', version: 1, rev: 'aaaaaaaaaaaa', title: { en: 'Sample', es: 'Muestra' } },
    ...{ summary: { en: 'Sample', es: 'Muestra' }, kinds: [], triggers: [], roles: [], told: [], event: false, steps },
    ...{ closing: [], gates: [safety], reviewHours: null, sample: true },
  } as Protocol
}

const safety = {
  id: 'G2',
  title: { en: 'Safety', es: 'Seguridad' },
  questions: [{ id: 'pair', text: { en: 'Pair?', es: '¿Pareja?' }, needs: 'yes' }],
  refused: { en: 'Stay away', es: 'No vaya' },
  note: null,
  overriddenBy: null,
} as const

/** One incident with a run of one protocol, whose time is passed by hand. */
export type Shift = ReturnType<typeof openShift>

/** What of a shift may be unlike: how severe it is, how it is shared, who is there. */
export type Unlike = {
  readonly severity?: Severity
  readonly mark?: Incident['mark']
  readonly allowed?: readonly PersonId[]
  readonly directory?: Directory
}

const account = (name: string): Account => ({
  id: `a-${name}` as AccountId,
  person: `p-${name}` as PersonId,
  platform: 'slack',
})

const room = { id: 'r-az', purpose: 'region', region: 'AZ', platform: 'slack', address: 'C1', name: '', language: 'en' }

/** The sample roster, each with an account on Slack, and a room of Arizona there. */
export function staffed(): Directory {
  const sample = roster()
  const people = [...sample.people.values()].map(one => ({ ...one, accounts: [account(one.id.slice(2))] }))
  return {
    ...sample,
    rooms: [{ ...room, red: false } as Room & { id: RoomId }],
    people: new Map(people.map(one => [one.id, one])),
  }
}

/** Files the report at minute 0, and starts the protocol with these people in its roles. */
export function openShift(
  wording: Protocol,
  roles: Partial<Record<string, readonly Actor[]>> = {},
  unlike: Unlike = {},
) {
  const { severity = 3, mark = 'AMBER', allowed = null, directory = staffed() } = unlike
  let known: readonly Protocol[] = [wording]
  const find = (_: string, rev: string) => known.find(one => one.rev === rev) ?? null
  const rules = { ...taxonomy, protocols: { current: known, find } }
  const clocks = new Map<Clock, { dueAt: number; arming: number }>()
  const history: Entry[] = []
  const said: (Post & { at: number })[] = []
  let changes = 0
  let armings = 0
  let incident: Incident | null = null
  let minute = 0

  const context = (actor: Actor | null): Context => ({ now: at(minute), actor, taxonomy: rules, directory })

  function commit(actor: Actor | null, decisions: ReturnType<typeof decide>): readonly Entry[] {
    if (decisions.length === 0) return []
    const before = incident
    const { after, entries } = enter(before, decisions, context(actor))
    const effects = announce(before, entries, after, { ...context(actor), words: { what: null, where: null } })
    incident = after
    history.push(...entries)
    said.push(...effects.posts.map(post => ({ ...post, at: at(minute) })))
    for (const change of effects.timers) {
      changes += 1
      if (change.type === 'settle') clocks.delete(change.clock)
      else clocks.set(change.clock, { dueAt: change.dueAt, arming: ++armings })
    }
    return entries
  }

  const record = (actor: Actor | null, on: RunEvent) =>
    commit(actor, [{ event: { type: 'run', run: 'P1', on }, ...(actor ? {} : { by: null }) }])

  commit(heron, [
    {
      event: {
        ...({ type: 'reported', id, region: 'AZ', severity, kind: 'AR-1', kindGuessed: false, mark } as const),
        ...{ visibility: allowed ? 'restricted' : 'region', allowed: allowed ?? [], place: phoenix },
        ...({ evidence: noEvidence, contact: 'no', account: null, room: null } as const),
      },
    },
  ])
  clocks.clear()
  record(crane, {
    type: 'started',
    protocol: 'P1',
    rev: wording.rev,
    eventAt: null,
    roles: Object.fromEntries(Object.entries(roles).map(([role, people]) => [role, people?.map(one => one.id) ?? []])),
    undoUntil: at(1),
  })
  said.length = 0
  changes = 0

  return {
    incident: () => incident as Incident,
    now: () => minute,
    /** The minutes at which the clocks of the run ring. */
    clocks: () =>
      Object.fromEntries(
        [...clocks].flatMap(([clock, { dueAt }]) => (clock.includes(':') ? [[clock, (dueAt - at(0)) / 60_000]] : [])),
      ),
    /** How many rows of clocks were written since this was last asked. */
    rewritten: () => {
      const rows = changes
      changes = 0
      return rows
    },
    record: (actor: Actor | null, on: RunEvent) => record(actor, on),
    do: (actor: Actor, deed: RunDeed) => commit(actor, decide({ type: 'run', do: deed }, incident, context(actor))),
    raise: (actor: Actor, to: Severity) =>
      commit(actor, decide({ type: 'severity', to, reason: 'worse' }, incident, context(actor))),
    /** Lets time pass; all that is due in it happens at its minute, late by so many minutes if the hub is away. */
    pass(minutes: number, away = false) {
      const end = minute + minutes
      if (away) minute = end
      for (;;) {
        const next = [...clocks].toSorted(([, one], [, other]) => one.dueAt - other.dueAt)[0]
        if (!next || next[1].dueAt > at(end)) break
        const [clock, { dueAt }] = next
        minute = Math.max(minute, (dueAt - at(0)) / 60_000)
        clocks.delete(clock)
        commit(null, decide({ type: 'clock', clock, due: dueAt }, incident, context(null)))
      }
      minute = end
    },
    /** Rings a clock that stood at that time, whatever stands now. */
    ring: (clock: Clock, due: number) =>
      commit(null, decide({ type: 'clock', clock, due: at(due) }, incident, context(null))),
    /** Puts the clock on the wall to another minute. */
    step(to: number) {
      minute = to
    },
    /** This process does not know the wording any more. */
    forget() {
      known = []
    },
    /** The entries of the run since the start, with their minute. */
    entries: () =>
      history.flatMap(({ event, at: when, by }) =>
        event.type === 'run' ? [{ minute: (when - at(0)) / 60_000, by, ...event.on }] : [],
      ),
    /**
     * Who was called to what, by name, since this was last asked; rooms by theirs. `keys`: of what else that is said,
     * by what its keys have in common.
     */
    told(language: 'en' | 'es' = 'en', keys = /:due(:|$)/) {
      const list = said
        .splice(0)
        .filter(post => keys.test(post.key))
        .map(post => ({ to: nameOf(post), minute: (post.at - at(0)) / 60_000, ...shown(post, language) }))
      return list
    },
  }
}

function nameOf({ to }: Post): string {
  if ('room' in to) return to.room
  return everybody.find(one => `a-${one.id.slice(2)}` === to.account)?.callsign ?? to.account
}

function shown({ view, lane }: Post, language: 'en' | 'es') {
  const reader = {
    ...{ language, zone: 'UTC', now: at(0) },
    person: (one: PersonId) => everybody.find(each => each.id === one)?.callsign ?? null,
  }
  const lines = view.lines.flatMap(line => ('text' in line ? [say(line.text, reader)] : []))
  return { text: lines.join(' | '), buttons: view.buttons.map(button => button.id), lane }
}

export { at, crane, eagle, finch, heron, owl, wren }
