import type { Effects, Post } from '../change.ts'
import { type Directory, type Room, regionName } from '../directory.ts'
import { type Drill, drillOf, isInside } from '../drill.ts'
import type { PersonId } from '../ids.ts'
import type { Incident } from '../incident.ts'
import { type Param, phrase } from '../phrase.ts'

/**
 * What people come to see of something made up: what is for rooms and people of its exercise, and for whoever leads it
 * what would have gone outside, once for all who would have got it. Nothing is sent of an exercise that is over.
 */
export function contain(effects: Effects, incident: Pick<Incident, 'drill'>, directory: Directory): Effects {
  if (incident.drill === undefined) return effects
  const drill = drillOf(incident, directory)
  if (!drill) return { cards: [], posts: [], timers: effects.timers.filter(change => change.type === 'settle') }
  const cards = effects.cards.filter(room => drill.rooms.includes(room))
  if (drill.endedAt !== null)
    return { cards, posts: [], timers: effects.timers.filter(change => change.type === 'settle') }
  const inside = effects.posts.filter(post => isInside(post.to, drill, directory))
  const outside = effects.posts.filter(post => !isInside(post.to, drill, directory))
  return { ...effects, cards, posts: [...inside.map(alone), ...atTheEdge(outside, drill, directory)] }
}

// What is made up never stands in a list with what is real.
function alone({ list: _, ...post }: Post): Post {
  return post
}

function atTheEdge(posts: readonly Post[], drill: Drill, directory: Directory): readonly Post[] {
  const leader = directory.people.get(drill.by)
  const alike = Map.groupBy(posts, post => JSON.stringify(post.view))
  return [...alike.values()].flatMap(group => {
    const [first] = group
    if (!first || !leader) return []
    const to = [...new Set(group.map(post => nameOf(post, directory)))].map(name => JSON.parse(name) as Param)
    const { digest: _, thread: __, gatherAt: ___, ...post } = alone(first)
    const line = { type: 'note', text: phrase('drill.edge', { to, count: to.length }) } as const
    const view = { ...post.view, lines: [line, ...post.view.lines] }
    return leader.accounts.map(account => ({
      ...post,
      key: `${first.key}:edge:${account.id}`,
      to: { account: account.id },
      thread: false,
      view,
    }))
  })
}

function nameOf({ to }: Post, directory: Directory): string {
  if ('room' in to) {
    const room = directory.rooms.find(one => one.id === to.room)
    return JSON.stringify(room ? roomName(room, directory) : phrase('hub.someone'))
  }
  const person = personOf(to.account, directory)
  return JSON.stringify(person ? { person } : phrase('hub.someone'))
}

function roomName({ name, region, purpose }: Room, directory: Directory): Param {
  return name ? { words: name } : region ? regionName(directory, region) : purpose
}

function personOf(account: string, { people }: Directory): PersonId | null {
  for (const person of people.values()) if (person.accounts.some(own => own.id === account)) return person.id
  return null
}
