import { describe, expect, test } from 'vitest'
import { broadcastPosts } from '../../../workflows/broadcast/announce.ts'
import { wordsDigest } from '../../../workflows/broadcast/plan.ts'
import type { Plan } from '../../../workflows/broadcast.ts'
import type { Post } from '../../../workflows/change.ts'
import type { Directory, Room } from '../../../workflows/directory.ts'
import type { AccountId, PlatformName, RoomId } from '../../../workflows/ids.ts'
import type { Incident } from '../../../workflows/incident.ts'
import type { Actor } from '../../../workflows/permission.ts'
import { say } from '../../../workflows/text/say.ts'
import { at, claimed, crane, eagle, heron, incidentAfter, owl, reported, roster, stork } from '../specification.ts'
import { hundred, local, plan, stage } from './stage.ts'

const coordination = room('coordination', 'slack')

/** Everybody has Slack, leaders and coordinators Signal too; there is a room of the coordinators. */
function network(): Directory {
  const base = roster()
  const people = [...base.people].map(([id, person]) => {
    const tools: readonly PlatformName[] = person.roles.includes('mediator') ? ['slack'] : ['slack', 'signal']
    const accounts = tools.map(platform => ({ id: `${platform}-${id}` as AccountId, person: id, platform }))
    return [id, { ...person, accounts }] as const
  })
  return { ...base, people: new Map(people), rooms: [coordination] }
}

function room(purpose: Room['purpose'], platform: PlatformName): Room {
  const name = `${purpose}-${platform}`
  return { id: name as RoomId, purpose, region: null, platform, address: name, name, language: null, red: false }
}

/** Who is told what, by the last deed: each place with the sentences in English. */
function told(one: ReturnType<typeof stage>, options: { directory?: Directory; incident?: Incident | null } = {}) {
  const { directory = network(), incident = null } = options
  const change = one.change()
  const posts = change ? broadcastPosts(change, { directory, incident }) : []
  return new Map(posts.map(post => [placeOf(post), post]))
}

function placeOf({ to }: Post): string {
  return 'room' in to ? to.room : to.account
}

function text(post: Post | undefined): string {
  if (!post) return ''
  const reader = { language: 'en', zone: 'UTC', now: at(10), person: (id: string) => id.slice(2) } as const
  const lines = post.view.lines.flatMap(line => ('text' in line ? [line.text] : []))
  return [...(post.view.title ? [post.view.title] : []), ...lines].map(one => say(one, reader)).join('\n')
}

const of = (...actors: readonly Actor[]) => actors.flatMap(one => [`slack-${one.id}`, `signal-${one.id}`]).toSorted()
const start = (more: Partial<Plan>, writer: Actor, incident: Incident | null = null) =>
  stage(plan(more), writer, { directory: network(), incident })

describe('whoever may approve it', () => {
  test('is asked on every account, those who lead or coordinate the network, and the coordinators’ rooms', () => {
    const posts = told(start({}, crane).submits(crane))
    expect([...posts.keys()].toSorted()).toEqual([...of(eagle, owl), coordination.id].toSorted())
    const asked = posts.get(`signal-${eagle.id}`)
    expect(text(asked)).toContain('Please approve B-0007: Calm call')
    expect(text(asked)).toContain('crane asks to send this to 100 people and 4 rooms.')
    expect(text(asked)).toContain('Stay calm.')
    expect(text(asked)).toContain('English\nStay calm.\nSpanish\nCalma.')
    expect(text(asked)).toContain('Two different people must approve it: it goes beyond one region.')
    expect(asked?.view.buttons.map(button => button.id.split(':')[0])).toEqual(['approve', 'broadcast', 'reject'])
    expect(asked).toMatchObject({ lane: 'claim', anytime: false })
  })

  test('reads what is asked of people, and in which language there are no words', () => {
    const asks = start({ answer: { type: 'safety' }, words: { en: 'Are you safe?' }, without: ['es'] }, crane)
    const asked = text(told(asks.submits(crane)).get(`slack-${owl.id}`))
    expect(asked.match(/I am safe, or I need help/g)).toHaveLength(1)
    expect(asked).toContain('There are no words in Spanish')
    expect(asked).not.toContain('English\n')
  })

  test('is woken for what is urgent, and comes before all else but alarms where it saves lives', () => {
    expect(told(start({ urgency: 'urgent' }, crane).submits(crane)).get(`slack-${owl.id}`)?.anytime).toBe(true)
    expect(told(start({ urgency: 'life-safety' }, crane).submits(crane)).get(`slack-${owl.id}`)?.lane).toBe('S4')
  })

  test('of one region are its coordinators too', () => {
    const one = stage(local(), heron, { directory: network() }).submits(heron)
    expect([...told(one).keys()].toSorted()).toEqual(of(crane, eagle, owl))
  })

  test('sees what has changed since the first approved it', () => {
    const one = start({}, crane).submits(crane)
    one.does(crane, {
      type: 'edit',
      plan: { words: { en: 'Stay at home.', es: 'Calma.' }, urgency: 'urgent', audience: { type: 'duty' } },
    })
    const asked = text(told(one.submits(crane, { people: 40, rooms: 0 })).get(`slack-${eagle.id}`))
    expect(asked).toContain('Changed since crane approved it')
    expect(asked).toContain('Who gets it: 100 people and 4 rooms then, 40 people now')
    expect(asked).toMatch(/Urgency: was routine, is now urgent/)
    expect(asked).toContain('The words in English were:')
    expect(asked.match(/Stay at home\./g)).toHaveLength(1)
    expect(asked).not.toContain('The words in Spanish')
  })

  test('reads no words where the incident that they are about may not be read', () => {
    const incident = incidentAfter(reported({ mark: 'RED' }), claimed())
    const posts = told(start({ incident: incident.id }, crane, incident).submits(crane), { incident })
    const [closed, open] = [posts.get(`slack-${eagle.id}`), posts.get(`signal-${eagle.id}`)]
    expect(text(open)).toContain('Stay calm.')
    expect(text(closed)).not.toContain('Stay calm.')
    expect(closed?.view.buttons.map(button => button.id.split(':')[0])).toEqual(['broadcast'])
    expect(text(posts.get(coordination.id))).not.toContain('Stay calm.')
  })

  test('of what few may know of are only those who may, and no room', () => {
    const incident = incidentAfter(reported({ visibility: 'restricted', allowed: [crane.id, owl.id] }))
    const posts = told(start({ incident: incident.id }, crane, incident).submits(crane), { incident })
    expect([...posts.keys()].toSorted()).toEqual(of(owl))
  })

  test('is nobody: its writer hears that', () => {
    const directory = network()
    const alone = { ...directory, people: new Map([...directory.people].filter(([id]) => id === crane.id)) }
    const posts = told(stage(plan(), crane, { directory: alone }).submits(crane), { directory: alone })
    expect(text(posts.get(`slack-${crane.id}`))).toContain('Nobody else here may approve B-0007.')
  })
})

describe('its writer', () => {
  test('hears that one of two approved it, and who is still missing', () => {
    const one = start({}, heron).submits(heron).approves(crane)
    const posts = told(one)
    expect([...posts.keys()]).toEqual([`slack-${heron.id}`])
    expect(text(posts.get(`slack-${heron.id}`))).toContain('A leader or a coordinator of the whole network')
    expect(text(told(one.approves(stork)).get(`slack-${heron.id}`))).toContain('stork approved B-0007.')
  })

  test('hears that it goes out, as do the coordinators’ rooms', () => {
    const posts = told(start({}, crane).submits(crane).approves(eagle))
    expect([...posts.keys()].toSorted()).toEqual([...of(crane), coordination.id].toSorted())
    expect(text(posts.get(coordination.id))).toContain(
      'B-0007 (Calm call) is approved by crane, eagle. It goes out now.',
    )
  })

  test('hears why it came back', () => {
    const posts = told(start({}, crane).submits(crane).does(eagle, { type: 'reject', reason: 'Too long' }))
    expect([...posts.keys()].toSorted()).toEqual(of(crane))
    expect(text(posts.get(`slack-${crane.id}`))).toContain('eagle sent B-0007 back: Too long.')
  })

  test('is asked with the others when it has grown, and told nothing twice', () => {
    const one = start({}, crane).submits(crane).approves(eagle).begins({ people: 140, rooms: 4 })
    const posts = told(one)
    expect([...posts.keys()].toSorted()).toEqual([...of(crane, eagle, owl), coordination.id].toSorted())
    expect(text(posts.get(`slack-${owl.id}`))).toContain('more people would get it now')
    expect(text(posts.get(`slack-${owl.id}`))).toContain('Who gets it: 100 people and 4 rooms then, 140 people')
  })
})

describe('what one person lets go alone', () => {
  test('is told to all who would have been asked, with the reason and the words', () => {
    const one = start({ urgency: 'life-safety' }, crane).does(crane, {
      ...{ type: 'alone', reason: 'Shots at the school', counted: hundred },
    })
    const posts = told(one)
    expect([...posts.keys()].toSorted()).toEqual([...of(eagle, owl), coordination.id].toSorted())
    expect(text(posts.get(`signal-${owl.id}`))).toContain('without a second person, to save lives')
    expect(text(posts.get(`signal-${owl.id}`))).toContain('Shots at the school')
    expect(text(posts.get(`signal-${owl.id}`))).toContain('Stay calm.')
  })
})

describe('what is done to it later', () => {
  const sending = () => start({}, crane).submits(crane).approves(eagle).begins()

  test('is told to its writer and to who approved it, but not to who did it', () => {
    const stopped = told(sending().does(owl, { type: 'cancel', reason: 'It is over' }))
    expect([...stopped.keys()].toSorted()).toEqual([...of(crane, eagle), coordination.id].toSorted())
    expect(text(stopped.get(coordination.id))).toContain('owl stopped B-0007 (Calm call): It is over.')
    const recalled = told(sending().does(crane, { type: 'correct', words: {}, recall: true, reason: 'Not so' }))
    expect([...recalled.keys()].toSorted()).toEqual([...of(eagle), coordination.id].toSorted())
    expect(text(recalled.get(coordination.id))).toContain('Their reason: Not so')
  })

  test('new words are asked of all who may approve them, beside the old ones, until they go out', () => {
    const words = { en: 'At 8, not 9.' }
    const one = sending().does(crane, { type: 'correct', words, recall: false })
    const asked = told(one)
    expect([...asked.keys()].toSorted()).toEqual([...of(eagle, owl), coordination.id].toSorted())
    const question = asked.get(`signal-${owl.id}`)
    expect(text(question)).toMatch(/They have now:\nEnglish\nStay calm\.[\s\S]*They would get:\nAt 8, not 9\./)
    expect(text(question)).toContain('There are no words in Spanish')
    const digest = wordsDigest(words, one.now())
    expect(question?.view.buttons.map(button => button.id)).toEqual([
      expect.stringMatching(new RegExp(`^approve:B-0007:second\\.${digest}\\.`)),
      expect.stringMatching(/^broadcast:/),
      expect.stringMatching(new RegExp(`^reject:B-0007:decline\\.${digest}\\.`)),
    ])
    const done = told(one.does(owl, { type: 'second', words: digest }))
    expect([...done.keys()].toSorted()).toEqual([...of(crane, eagle), coordination.id].toSorted())
    expect(text(done.get(coordination.id))).toContain('crane corrected B-0007 (Calm call), approved by owl.')
  })

  test('new words that are sent back are told to who proposed them, with the reason', () => {
    const one = sending().does(crane, { type: 'correct', words: { en: 'At 8.' }, recall: false })
    const back = told(one.does(owl, { type: 'decline', reason: 'It is at 9' }))
    expect([...back.keys()].toSorted()).toEqual(of(crane))
    expect(text(back.get(`slack-${crane.id}`))).toContain('Their reason: It is at 9')
  })

  test('what one alone changes to save lives is told to all who would have been asked', () => {
    const saves = start({ urgency: 'life-safety' }, crane).submits(crane).approves(eagle).begins()
    const correct = { type: 'correct', words: { en: 'Stay in.' }, recall: false, reason: 'Shots' } as const
    const posts = told(saves.does(crane, correct))
    expect([...posts.keys()].toSorted()).toEqual([...of(eagle, owl), coordination.id].toSorted())
    expect(text(posts.get(`slack-${owl.id}`))).toMatch(/without a second person[\s\S]*reason: Shots[\s\S]*Stay in/)
  })

  test('is nothing where all went well: its live message says so', () => {
    expect(told(sending()).size).toBe(0)
    expect(told(sending().does(null, { type: 'end' })).size).toBe(0)
  })
})
