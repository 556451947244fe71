import {
  coordinatorsOf,
  hasRole,
  onDuty,
  type Region,
  regionName,
  roomsOf,
  servesRegion,
} from '../workflows/directory.ts'
import { drillButton } from '../workflows/drill/posts.ts'
import { readDrill, type Which, type Wish } from '../workflows/drill/read.ts'
import { dueAt, type Happening, type Scenario } from '../workflows/drill/scenario.ts'
import { timingOf } from '../workflows/drill/timing.ts'
import { drillView, timingView } from '../workflows/drill/view.ts'
import { activeDrills, type Drill } from '../workflows/drill.ts'
import type { RoomId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { say } from '../workflows/text/say.ts'
import { type Context, type Doing, defineCommand, type Reply, refuse, tell } from './command.ts'

const hour = 3_600_000
// Nobody rehearses for longer, and one that was forgotten ends.
const longest = 4 * hour
const afterwards = 30 * 60_000
const mostEntries = 5000

/** Plays a protocol or a whole day on something made up; says how it stands and how it went. */
export const drill = defineCommand({
  name: 'drill',
  summary: 'command.drill',
  usage: 'usage.drill',
  permission: 'work',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { directory } = context.read
    const wish = request.from === 'press' ? pressed(request.assumed) : readDrill(request.words, directory.regions)
    switch (wish.type) {
      case 'unknown':
        return refuse('drill.usage')
      case 'start':
      case 'run':
        return begin(wish, context)
      case 'status':
        return status(context)
      case 'report':
        return reported(wish, context)
      case 'stop':
        return stop(wish, context)
      case 'join':
      case 'leave':
        return move(wish, context)
    }
  },
})

function pressed(assumed: string): Wish {
  const [what = '', id = ''] = assumed.split('.')
  const drill = id === '' ? null : id
  if (what === 'join' || what === 'leave' || what === 'stop' || what === 'report')
    return { type: what, drill, region: null }
  return { type: 'unknown' }
}

async function begin(wish: Extract<Wish, { type: 'start' | 'run' }>, context: Context): Promise<Doing | Reply> {
  const { read, actor, now, room } = context
  const { directory, taxonomy } = read
  const scenario = wish.type === 'run' ? scenarioOf(wish.name, context) : null
  if (wish.type === 'run' && !scenario) {
    const all = (taxonomy.scenarios ?? []).map(one => one.name)
    return refuse('drill.which-scenario', { words: { words: wish.name }, all: { words: all.join(', ') } })
  }
  const protocol = wish.type === 'start' ? taxonomy.protocols.current.find(one => one.id === wish.protocol) : undefined
  if (wish.type === 'start' && !protocol) {
    const all = taxonomy.protocols.current.map(one => one.id).join(', ')
    return refuse('drill.which-protocol', { words: { words: wish.protocol }, all: { words: all } })
  }
  const code = wish.region ?? room?.region ?? scenario?.region ?? only(context)
  const region = directory.regions.find(one => one.code === code)
  if (!region) return refuse('drill.which')
  const { name } = region
  const mine = coordinatorsOf(directory, region.code).some(one => one.id === actor.id)
  if (!mine && !(hasRole(actor, 'coordinator') && servesRegion(actor, region.code)))
    return refuse('drill.not-yours', { region: name })
  if (activeDrills(directory).some(one => one.region === region.code)) return refuse('drill.already', { region: name })
  const bound = roomsOf(directory, region.code)
  if (bound.length === 0) return refuse('drill.no-rooms', { region: name })
  const rooms = wish.room === null ? bound : bound.filter(one => alike(one.name, wish.room ?? ''))
  if (rooms.length === 0) {
    const all = { words: bound.map(one => one.name).join(', ') }
    return refuse('drill.which-room', { region: name, words: { words: wish.room ?? '' }, all })
  }
  const grave = await read.incidents.list({
    ...{ regions: [region.code], viewer: actor.id, open: true, severity: [5, 4] as const, limit: 3 },
  })
  if (grave.items.length > 0) return refuse('drill.grave-open', { region: name, ids: grave.items.map(one => one.id) })
  const speed = wish.type === 'run' ? (wish.speed ?? scenario?.speed ?? 1) : 1
  const script = scenario?.script ?? sample(region, wish.type === 'start' ? wish.protocol : '', context)
  const length = scenario ? dueAt({ at: scenario.length }, { startedAt: 0, speed }) + afterwards : longest
  // Whoever is on duty for the whole network is there for what is real, and may join.
  const called = onDuty(directory, region.code, now).filter(one => one.regions !== 'all')
  const begun: Drill = {
    id: `${region.code.toLowerCase()}-${now.toString(36)}`,
    region: region.code,
    protocol: protocol?.id ?? null,
    scenario: scenario?.title ?? null,
    rooms: rooms.map(one => one.id) as readonly RoomId[],
    people: [...new Set([actor.id, ...called.map(one => one.id)])],
    by: actor.id,
    speed,
    startedAt: now,
    endsAt: now + length,
    endedAt: null,
    why: null,
    because: null,
  }
  return {
    type: 'do',
    action: { type: 'drill', do: { type: 'start', drill: begun, script: JSON.stringify(script) } },
    say: () => tell('drill.starts', { region: name, count: begun.people.length }, [drillButton('stop', begun)]),
  }
}

/** One report, in the words of whoever leads it, on which the protocol is started. */
function sample({ name }: Region, protocol: string, { actor, now }: Context): readonly Happening[] {
  const { language, zone, callsign } = actor
  const what = say(phrase('drill.sample-what', { protocol }), { language, zone, now, person: () => callsign })
  const report = { name: 'practice', who: callsign, what, where: name, severity: 4, kind: null } as const
  return [{ type: 'report', at: 0, ...report, start: protocol }]
}

function scenarioOf(name: string, { read }: Context): Scenario | null {
  return read.taxonomy.scenarios?.find(one => alike(one.name, name) || alike(one.title, name)) ?? null
}

function alike(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}

function only({ actor }: Context): string | null {
  return actor.regions !== 'all' && actor.regions.length === 1 ? (actor.regions[0] ?? null) : null
}

async function status({ read, actor }: Context): Promise<Reply> {
  const [first, ...others] = mine(activeDrills(read.directory), actor)
  if (!first) return tell('drill.none')
  const view = await statusOf(first, read)
  const rest = await Promise.all(others.map(one => statusOf(one, read)))
  const inside = first.people.includes(actor.id)
  const own = first.by === actor.id ? 'stop' : inside ? 'leave' : 'join'
  return {
    type: 'view',
    private: true,
    view: {
      ...view,
      lines: [view, ...rest].flatMap(one => one.lines),
      buttons: [drillButton(own, first), drillButton('report', first)],
    },
  }
}

async function statusOf(found: Drill, read: Context['read']) {
  const ids = await read.drills.incidents(found.id)
  const known = await Promise.all(ids.map(id => read.incidents.find(id)))
  const progress = await read.drills.progress(found.id)
  const all = progress ? (JSON.parse(progress.script) as readonly Happening[]).length : 0
  const incidents = known.flatMap(one => (one ? [one.incident] : []))
  return drillView(found, incidents, { played: progress?.played ?? 0, all }, read.directory)
}

async function reported({ drill: id }: { readonly drill: string | null }, context: Context): Promise<Reply> {
  const { read, actor, now } = context
  const drills = mine(await read.drills.latest(50), actor)
  const found = id === null ? drills[0] : drills.find(one => one.id === id)
  if (!found) return tell('drill.none-yet')
  const ids = await read.drills.incidents(found.id)
  const timelines = await Promise.all(ids.map(each => read.incidents.timeline(each, mostEntries)))
  const timing = timingOf(timelines, read.taxonomy.protocols, found.endedAt ?? now)
  return { type: 'view', private: true, view: timingView(found, timing, read.directory, now) }
}

function stop(wish: Which, { read, actor, now }: Context): Doing | Reply {
  const found = which(wish, mine(activeDrills(read.directory), actor), actor)
  if (!found) return tell('drill.none')
  const region = regionName(read.directory, found.region)
  const may = found.by === actor.id || (hasRole(actor, 'coordinator') && servesRegion(actor, found.region))
  if (!may) return refuse('drill.not-leader', { person: { person: found.by }, region })
  const deed = { type: 'end', drills: [found.id], why: 'stopped', because: null, at: now } as const
  return {
    type: 'do',
    action: { type: 'drill', do: deed },
    say: () => tell('drill.ending', { region }, [drillButton('report', found)]),
  }
}

function move(wish: Extract<Wish, { type: 'join' | 'leave' }>, { read, actor }: Context): Doing | Reply {
  const found = which(wish, mine(activeDrills(read.directory), actor), actor)
  if (!found) return tell('drill.none')
  const region = regionName(read.directory, found.region)
  const inside = found.people.includes(actor.id)
  if (wish.type === 'join' && inside) return tell('drill.in-already')
  if (wish.type === 'leave' && found.by === actor.id) return refuse('drill.leader-stays')
  const next = wish.type === 'join' ? 'leave' : 'join'
  return {
    type: 'do',
    action: { type: 'drill', do: { type: wish.type, drill: found.id, person: actor.id } },
    say: () => tell(wish.type === 'join' ? 'drill.joined' : 'drill.left', { region }, [drillButton(next, found)]),
  }
}

/** The one that is meant: the named, else the one they are in, else the only one. */
function which({ drill: id, region }: Which, drills: readonly Drill[], actor: Context['actor']): Drill | undefined {
  if (id !== null) return drills.find(one => one.id === id)
  if (region !== null) return drills.find(one => one.region === region)
  return drills.find(one => one.people.includes(actor.id)) ?? drills[0]
}

function mine(drills: readonly Drill[], actor: Context['actor']): readonly Drill[] {
  return drills.filter(one => servesRegion(actor, one.region) || one.people.includes(actor.id))
}
