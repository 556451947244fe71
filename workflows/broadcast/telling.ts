import type { Broadcast, BroadcastChange, BroadcastEntry } from '../broadcast.ts'
import type { Post } from '../change.ts'
import { type Account, type Person, type Room, roomsFor } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { sight } from '../sight.ts'
import { plainView, type View } from '../view.ts'
import { mayRead } from './approval.ts'
import { needsOfBroadcast, type Scope } from './needs.ts'
import { broadcastButton } from './screen/button.ts'
import { nameOf } from './screen/outline.ts'

/** What happened, and in what it is told. */
export type Telling = Scope & { readonly change: BroadcastChange }
/** What is read in a place that may read of its incident (`open`), or may not. */
export type Shown = (open: boolean) => View

/** Its writer and those whose approval counted, but whoever did it. */
export function toThose(
  before: Broadcast | null,
  name: string,
  entry: BroadcastEntry,
  shown: Shown,
  telling: Telling,
): readonly Post[] {
  const { after } = telling.change
  const people = new Set([after.by, ...(before?.approvals ?? []).map(one => one.by)])
  return [...people].filter(id => id !== entry.by).flatMap(id => toPerson(id, name, entry, shown, telling))
}

/** Whoever wrote it, unless they did it themselves. */
export function toWriter(name: string, entry: BroadcastEntry, said: Phrase, telling: Telling): readonly Post[] {
  const { after } = telling.change
  return entry.by === after.by ? [] : toPerson(after.by, name, entry, () => saidView(said, after), telling)
}

/** Somebody on every account, each as far as it may be read there. */
export function toPerson(
  id: PersonId,
  name: string,
  entry: BroadcastEntry,
  shown: Shown,
  telling: Telling,
): readonly Post[] {
  const { incident, directory } = telling
  const person = directory.people.get(id)
  return (person?.accounts ?? []).map(account => {
    const open = !person || mayRead(incident, through(person, account), directory)
    return postTo({ account: account.id }, name, entry, telling, shown(open))
  })
}

/** The coordinators' rooms, each as far as it may be read there. */
export function toRooms(name: string, entry: BroadcastEntry, shown: Shown, telling: Telling): readonly Post[] {
  const { incident, directory } = telling
  return coordination(telling).map(room =>
    postTo({ room: room.id }, name, entry, telling, shown(mayRead(incident, room, directory))),
  )
}

/** The post that tells one place of it, under a key of its own. */
export function postTo(to: Post['to'], name: string, entry: BroadcastEntry, { change }: Telling, shown: View): Post {
  const { id, plan, by } = change.after
  return {
    key: `broadcast:${id}:${entry.seq}:${name}:${'room' in to ? to.room : to.account}`,
    to,
    incident: null,
    thread: false,
    lane: plan.urgency === 'life-safety' ? 'S4' : 'claim',
    view: shown,
    author: by,
    anytime: plan.urgency !== 'routine',
  }
}

/** What stays in one region's hands needs nobody else's eyes; of some incidents not even coordinators' rooms know. */
export function coordination({ change, ...scope }: Telling): readonly Room[] {
  const { directory, incident } = scope
  if (needsOfBroadcast(change.after, scope).count === 1) return []
  return roomsFor(directory, 'coordination').filter(room => !incident || sight(incident, room, directory) !== 'nothing')
}

/** Somebody as they read on one of their accounts. */
export function through(person: Person, { platform }: Account) {
  return { person, through: platform }
}

/** Its id and what it is called, where that may be read. */
export function namesOf({ id, plan }: Broadcast, open: boolean): { readonly id: string; readonly title: Param } {
  return { id, title: open ? nameOf(plan) : phrase('approval.title-bare') }
}

/** A sentence with the button that opens the broadcast. */
export function saidView(said: Phrase, broadcast: Broadcast): View {
  return plainView([said], [broadcastButton('see', broadcast.id)])
}
