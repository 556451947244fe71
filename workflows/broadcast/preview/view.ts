import type { Broadcast, Urgency } from '../../broadcast.ts'
import { type Directory, regionName } from '../../directory.ts'
import { type Phrase, phrase, type Text } from '../../phrase.ts'
import type { ToolState } from '../../ports.ts'
import { toolName } from '../../sight.ts'
import type { Line, View } from '../../view.ts'
import { countAudience, type Meant } from '../audience/resolve.ts'
import { asleep, type Estimate, estimate } from './estimate.ts'
import { firstContactsOf } from './pace.ts'
import { type PlanProblem, planProblems } from './problems.ts'
import { piecesOf, shownLines } from './shown.ts'

/** A broadcast that is not sent yet. */
export type Planned = Pick<Broadcast, 'id' | 'plan' | 'drill'>

/** What a preview is made from besides the broadcast and whom it means. */
export type Around = {
  readonly directory: Directory
  readonly now: number
  /** How it stands with the chat tools; absent: as if all ran. */
  readonly connections?: readonly ToolState[]
  /** What is wrong with its words besides; absent: nothing. */
  readonly besides?: readonly PlanProblem[]
}

/** What will happen, exactly: to how many, where, how long it takes, what is wrong with it. */
export type Preview = {
  readonly people: number
  readonly rooms: number
  readonly estimate: Estimate
  /** Ten of those who get it, spread evenly over all. */
  readonly sample: readonly Meant[]
  readonly unreached: readonly Meant[]
  readonly asleep: number
  readonly problems: readonly PlanProblem[]
}

/** Works out what a broadcast would do now. */
export function previewOf(planned: Planned, meant: readonly Meant[], around: Around): Preview {
  const { plan } = planned
  const { directory, now } = around
  const going = meant.filter(one => one.state === 'waiting')
  return {
    ...countAudience(going),
    estimate: estimate(meant, plan, piecesOf(planned, meant, around)),
    sample: spread(going, mostSampled),
    unreached: meant.filter(one => one.state !== 'waiting'),
    asleep: asleep(meant, plan, directory, now),
    problems: [...planProblems(plan, meant, directory), ...(around.besides ?? [])].toSorted(
      (one, other) => Number(other.stops) - Number(one.stops),
    ),
  }
}

/**
 * The preview as people see it: how many get it, on which tool, how long that takes, a sample, who cannot be reached,
 * what is to be mended first, and each language as each tool will show it.
 */
export function previewView(planned: Planned, meant: readonly Meant[], around: Around): View {
  const preview = previewOf(planned, meant, around)
  return {
    tone: 'plain',
    title: phrase('preview.title', { id: planned.id }),
    lines: [
      ...preview.problems.map((one): Line => ({ type: one.stops ? 'strong' : 'note', text: one.text })),
      ...(meant.length > 0 ? whoLines(preview, planned.plan.urgency, around) : []),
      ...shownLines(planned, meant, around),
    ],
    buttons: [],
  }
}

const heads = ['tool', 'people', 'rooms', 'messages', 'time'] as const
const mostSampled = 10
const mostNamed = 10

function whoLines(preview: Preview, urgency: Urgency, around: Around): Line[] {
  const { people, rooms, sample } = preview
  return [
    { type: 'strong', text: countsText(preview) },
    ...tableLines(preview),
    ...timeLines(preview),
    ...firstLines(preview, urgency, around),
    ...(preview.asleep > 0 ? [note(phrase('preview.asleep', { count: preview.asleep }))] : []),
    ...downLines(preview, around),
    ...unreachedLines(preview, around),
    ...(sample.length > 0 ? [note(phrase(people + rooms > sample.length ? 'preview.sample' : 'preview.all'))] : []),
    ...sample.map((one): Line => ({ type: 'item', text: describeMeant(one, around.directory, several(preview)) })),
  ]
}

/** One who is meant, on one line: who, on which tool (unless all are on one), where, in which language. */
function describeMeant(one: Meant, directory: Directory, withTool = true): Phrase {
  const language = phrase(`audience.name-${one.language}`)
  const tool = one.platform ? toolName(one.platform) : phrase('preview.no-tool')
  const region = one.region ? regionName(directory, one.region) : phrase('preview.every-region')
  const params = { who: whoIs(one, directory), tool, region, language }
  return phrase(withTool ? 'preview.line' : 'preview.line-short', params)
}

function whoIs({ person, room }: Meant, directory: Directory): Phrase {
  if (person !== null) return phrase('preview.person', { person: { person } })
  const found = directory.rooms.find(one => one.id === room)
  return found ? phrase('preview.room', { room: { words: found.name } }) : phrase('audience.gone-room')
}

function several({ estimate: { loads } }: Preview): boolean {
  return loads.length > 1
}

function tableLines({ estimate: { loads } }: Preview): Line[] {
  const [only] = loads
  if (!only) return []
  if (loads.length === 1) {
    const params = { tool: toolName(only.platform), count: only.messages }
    return [{ type: 'text', text: phrase('preview.only', params) }]
  }
  const head: Text[] = heads.map(name => phrase(`preview.head-${name}`))
  const rows = loads.map(({ platform, people, rooms, messages, ms }): Text[] => [
    toolName(platform),
    ...[people, rooms, messages].map(count => phrase('preview.number', { number: count })),
    lasts(ms),
  ])
  return [{ type: 'table', head, rows }]
}

function timeLines({ people, rooms, estimate: { loads, ms } }: Preview): Line[] {
  const assumed = loads.filter(load => load.from === 'assumed').map(load => toolName(load.platform))
  return [
    {
      type: 'text',
      text: phrase(people > 0 && rooms > 0 ? 'preview.takes-rooms' : 'preview.takes', { time: lasts(ms) }),
    },
    ...(assumed.length > 0 ? [note(phrase('preview.assumed', { tools: assumed }))] : []),
  ]
}

function firstLines({ estimate: { loads, firstsMs } }: Preview, urgency: Urgency, { directory }: Around): Line[] {
  const firsts = loads.reduce((sum, load) => sum + load.firsts, 0)
  if (firsts === 0) return []
  const { anHour, aDay } = firstContactsOf(urgency)
  const groups = directory.rooms.some(room => room.platform === 'signal' && room.purpose === 'region')
  return [
    { type: 'text', text: phrase('preview.firsts', { count: firsts, anHour, aDay, time: lasts(firstsMs) }) },
    note(phrase(groups ? 'preview.firsts-groups' : 'preview.firsts-ask')),
  ]
}

function downLines({ estimate: { loads } }: Preview, { connections = [] }: Around): Line[] {
  return connections
    .filter(tool => tool.state === 'down' && loads.some(load => load.platform === tool.platform))
    .map(tool => note(phrase('preview.down', { tool: toolName(tool.platform), time: { time: tool.since } })))
}

function unreachedLines({ unreached }: Preview, { directory }: Around): Line[] {
  return [...Map.groupBy(unreached, one => one.why)].flatMap(([why, all]): Line[] => {
    if (!why) return []
    const named = all.slice(0, mostNamed).map(one => whoIs(one, directory))
    const rest = all.length - named.length
    return [
      { type: 'text', text: phrase(`preview.why-${why}`, { count: all.length }) },
      note(
        rest > 0
          ? phrase('preview.names-more', { names: named, count: rest })
          : phrase('preview.names', { names: named }),
      ),
    ]
  })
}

/** How many it goes to, in one sentence. */
function countsText({ people, rooms }: Pick<Preview, 'people' | 'rooms'>): Phrase {
  const counts = {
    people: phrase('preview.people', { count: people }),
    rooms: phrase('preview.rooms', { count: rooms }),
  }
  if (people > 0 && rooms > 0) return phrase('preview.counts', counts)
  if (people + rooms === 0) return phrase('preview.counts-none')
  return phrase('preview.counts-one', { what: people > 0 ? counts.people : counts.rooms })
}

function lasts(ms: number): Phrase {
  if (ms < 60_000) return phrase('preview.soon')
  return phrase('preview.about', { minutes: { minutes: Math.ceil(ms / 60_000) } })
}

/** So many of a list, from its beginning to its end, evenly. */
function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)] as T)
}

function note(text: Text): Line {
  return { type: 'note', text }
}
