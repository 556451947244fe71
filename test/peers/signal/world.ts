import { randomBytes, randomUUID } from 'node:crypto'

/** Somebody with Signal: their number is null where they do not let it be seen. */
export type Person = {
  readonly uuid: string
  readonly number: string | null
  readonly name: string
  registered: boolean
  /** False after a new phone, until their new safety number is trusted. */
  trusted: boolean
}

/** A group: its internal id is base64, the public one base64 of that; `hub`: the hub is in it. */
export type Group = {
  readonly internal: string
  readonly id: string
  readonly name: string
  readonly members: Set<string>
  hub: boolean
  /** How long messages stay (s); 0: for good. */
  timer: number
}

/** One message as everybody's phone shows it. */
export type Message = {
  readonly at: number
  readonly author: string
  readonly room: string
  text: string
  readonly quote: { readonly author: string; readonly at: number; readonly text: string } | null
  readonly edits: number[]
  deleted: boolean
  /** The pictures in it, as phones show them. */
  readonly pictures?: readonly { readonly name: string; readonly bytes: Buffer }[]
  readonly reactions: Map<string, string>
}

/** A file in the server's store. */
export type Stored = { readonly bytes: Buffer; readonly type: string }

/** Who the hub is there. */
export type Own = { readonly number: string; readonly uuid: string }

/** Everything there is on this Signal: people, groups, messages and stored files. */
export type World = ReturnType<typeof createWorld>

/** Makes a world in which only the hub lives; `clock` gives epoch ms. */
export function createWorld(own: Own, clock: () => number) {
  const people = new Map<string, Person>()
  const groups = new Map<string, Group>()
  const messages: Message[] = []
  const files = new Map<string, Stored>()
  const timers = new Map<string, number>()
  let last = 0

  return {
    own,
    people,
    groups,
    messages,
    files,
    /** Times are ids, so no two are the same. */
    now(): number {
      last = Math.max(clock(), last + 1)
      return last
    },
    person(uuid: string, known: Partial<Pick<Person, 'number' | 'name'>> = {}): Person {
      const found = people.get(uuid)
      if (found) return found
      const made = { uuid, number: null, name: uuid, registered: true, trusted: true, ...known }
      people.set(uuid, made)
      for (const group of groups.values()) group.members.add(uuid)
      return made
    },
    /** Makes a group with everybody in it; its public id is given, or made up. */
    group(name: string, id?: string): Group {
      const internal = id
        ? Buffer.from(id.slice('group.'.length), 'base64').toString('utf8')
        : randomBytes(32).toString('base64')
      const made = {
        internal,
        id: id ?? `group.${Buffer.from(internal).toString('base64')}`,
        name,
        members: new Set(people.keys()),
        hub: true,
        timer: 0,
      }
      groups.set(made.id, made)
      return made
    },
    /** Whoever is reached under a uuid or a number, or null. */
    reached(address: string): Person | null {
      return people.get(address) ?? [...people.values()].find(one => one.number === address) ?? null
    },
    message(room: string, author: string, at: number): Message | null {
      return messages.find(one => one.room === room && one.author === author && one.at === at) ?? null
    },
    store(bytes: Buffer, type: string): string {
      const id = `${randomUUID().replaceAll('-', '')}.${type.split('/')[1] ?? 'bin'}`
      files.set(id, { bytes, type })
      return id
    },
    /** How long messages stay in a room (s). */
    timerOf: (room: string) => groups.get(room)?.timer ?? timers.get(room) ?? 0,
    setTimer(room: string, seconds: number): void {
      const group = groups.get(room)
      if (group) group.timer = seconds
      else timers.set(room, seconds)
    },
  }
}

/** The room of somebody's conversation with the hub. */
export function directOf(uuid: string): string {
  return `direct:${uuid}`
}
