import type { Destination, Post } from '../change.ts'
import { type Directory, regionName } from '../directory.ts'
import type { Drill, DrillDeed } from '../drill.ts'
import { activeDrills } from '../drill.ts'
import type { PersonId } from '../ids.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { type Button, buttonId, type View } from '../view.ts'

/** The button that does something to an exercise. */
export function drillButton(what: 'join' | 'leave' | 'stop' | 'report', { id }: Pick<Drill, 'id'>): Button {
  const label = what === 'report' ? phrase('drill.show-report') : phrase(`drill.${what}`)
  return { id: buttonId('drill', '', `${what}.${id}`), label }
}

/** What its rooms and people hear of an exercise that begins or ends, as the network was before. */
export function drillPosts(deed: DrillDeed, directory: Directory, by: PersonId | null): readonly Post[] {
  switch (deed.type) {
    case 'start':
      return begun(deed.drill, directory)
    case 'join':
    case 'leave':
      return []
    case 'end':
      return activeDrills(directory)
        .filter(drill => deed.drills.includes(drill.id))
        .flatMap(drill => ended(drill, deed, directory, by))
  }
}

/** What is announced in the rooms of an exercise, such as that polls open; once for that key. */
export function announced(drill: Drill, key: string, words: string): readonly Post[] {
  const line = { type: 'text', text: phrase('drill.announced', { words: { words } }) } as const
  const view: View = { tone: 'plain', title: null, lines: [line], buttons: [] }
  return drill.rooms.map(room => post(drill, `${key}:${room}`, { room }, view))
}

/** What is played in an exercise, as part of a sentence. */
export function whatOf({ protocol, scenario }: Pick<Drill, 'protocol' | 'scenario'>): Phrase {
  if (scenario) return phrase('drill.what-scenario', { scenario: { words: scenario } })
  return phrase('drill.what-protocol', { protocol: protocol ?? '' })
}

function begun(drill: Drill, directory: Directory): readonly Post[] {
  const { region, protocol, scenario, speed, by, endsAt } = drill
  const facts = { region: regionName(directory, region), person: { person: by } }
  const title = scenario
    ? phrase('drill.begun-scenario', { ...facts, scenario: { words: scenario }, speed })
    : protocol
      ? phrase('drill.begun-protocol', { ...facts, protocol })
      : phrase('drill.begun', facts)
  const view: View = {
    tone: 'plain',
    title: null,
    lines: [
      { type: 'strong', text: title },
      { type: 'text', text: phrase('drill.rules') },
      { type: 'text', text: phrase('drill.calls') },
      { type: 'note', text: phrase('drill.ends-by', { time: { time: endsAt } }) },
    ],
    buttons: [],
  }
  const room = { ...view, buttons: [drillButton('join', drill)] }
  return [
    ...drill.rooms.map(id => post(drill, `begun:${id}`, { room: id }, room)),
    ...drill.people.flatMap(id => {
      const own = { ...view, buttons: [drillButton(id === by ? 'stop' : 'leave', drill)] }
      return toPerson(drill, id, 'begun', own, directory)
    }),
  ]
}

function ended(
  drill: Drill,
  { why, because }: Extract<DrillDeed, { type: 'end' }>,
  directory: Directory,
  by: PersonId | null,
): readonly Post[] {
  const said = {
    real: because ? phrase('drill.real', { id: because }) : phrase('drill.real-unnamed'),
    stopped: phrase('drill.stopped', { person: { person: by ?? drill.by } }),
    over: phrase('drill.over'),
  }[why]
  const view: View = {
    tone: 'plain',
    title: null,
    lines: [{ type: 'strong', text: said }],
    buttons: [drillButton('report', drill)],
  }
  return [
    ...drill.rooms.map(room => post(drill, `ended:${room}`, { room }, view)),
    ...toPerson(drill, drill.by, 'ended', view, directory),
  ]
}

function toPerson(drill: Drill, id: PersonId, key: string, view: View, directory: Directory): readonly Post[] {
  const accounts = directory.people.get(id)?.accounts ?? []
  return accounts.map(account => post(drill, `${key}:${account.id}`, { account: account.id }, view))
}

// The key begins with `drill:`, by which it is known on its way out.
function post({ id }: Drill, key: string, to: Destination, view: View): Post {
  return { key: `drill:${id}:${key}`, to, incident: null, thread: false, lane: 'claim', view, anytime: true }
}
