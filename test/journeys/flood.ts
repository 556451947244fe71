import { randomUUID } from 'node:crypto'
import type { Answer, Platform } from '../../bot/platform.ts'
import { namedIn } from '../../workflows/hush.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { readIncidentId } from '../../workflows/ids.ts'
import type { Severity } from '../../workflows/taxonomy.ts'
import { type Ground, type House, noon, openHouse, readAnswer } from '../house.ts'

/** What a report of the flood really is, which only the test knows. */
export type Truth = {
  readonly id: IncidentId
  readonly real: boolean
  readonly troll: boolean
  readonly severity: Severity
  readonly stranger: boolean
}

/** Whoever looks through the queue, what they did in order, and how severe each report was when they opened it. */
export type Hand = { readonly who: string; readonly opened: { id: IncidentId; severity: Severity }[]; bulk: number }

const mediators = ['heron', 'thrasher', 'robin', 'grouse', 'chickadee']
const dangers = ['now', 'hurt', 'soon', 'no'] as const
const severities: Record<(typeof dangers)[number], Severity> = { now: 5, hurt: 4, soon: 3, no: 2 }
const places = ['Phoenix', 'Tucson', 'Atlanta, Georgia', 'Detroit', 'Pittsburgh', 'Milwaukee', 'Boise, Idaho']
const lies = [
  'They are burning ballots behind every school in the county.',
  'BUY CHEAP BALLOTS at www.example.com now now now',
  'the election is stolen share this before it is deleted',
  'buses full of people from another state vote everywhere',
]

/** A hub whose network takes strangers' reports, with limits that let a flood in, and tools that take any account. */
export function openFlood(at: Ground, direct: Map<string, number>): Promise<House> {
  const limits = { stranger: 60, stranger_day: 200, roster: 2_000, strangers: 10_000, burst: 10, burst_network: 30 }
  return openHouse(at, noon, {
    between: platform => counting(platform, direct),
    adjust: network => ({
      ...network,
      strangers: 'report',
      limits,
    }),
  })
}

/** Files so many reports, a tenth of them real, by mediators, passers-by and trolls who repeat themselves. */
export async function flood(house: House, count: number): Promise<Map<IncidentId, Truth>> {
  const truths = new Map<IncidentId, Truth>()
  const one = async (index: number) => {
    const real = index % 10 === 0
    const troll = !real && index % 10 < 7
    const danger =
      dangers[real ? Math.floor(index / 10) % 4 : index % 97 === 0 ? 0 : index % 31 === 0 ? 1 : 2 + (index % 2)]
    const stranger = !real || index % 20 === 0
    const who = !stranger
      ? (mediators[index % mediators.length] ?? '')
      : troll
        ? `troll-${index % 40}`
        : `guest-${index}`
    const what = real
      ? `Case ${index}: men with a banner stand at the door of polling place number ${index} and stop people.`
      : troll
        ? (lies[(index % 40) % lies.length] ?? '')
        : `Number ${index}: nice weather today, where can I vote?`
    const values = {
      what,
      where: places[index % places.length] ?? '',
      danger: danger ?? 'no',
      contact: real ? 'yes' : 'no',
    }
    const answer = await house.hub.receive({
      platform: 'workspace',
      key: `flood-${index}`,
      account: who,
      room: null,
      message: null,
      at: house.clock(),
      type: 'submission',
      form: `flood${index}-${randomUUID()}`,
      command: 'report',
      about: '',
      values,
      files: [],
    })
    const id = idIn(answer)
    if (!id) throw new Error(`not received: ${readAnswer(answer)}`)
    truths.set(id, { id, real, troll, stranger, severity: severities[danger ?? 'no'] })
  }
  for (let start = 0; start < count; start += 25) {
    await Promise.all(Array.from({ length: Math.min(25, count - start) }, (_, step) => one(start + step)))
  }
  return truths
}

/** Works through the queue as a person does until nothing comes any more, or so many times. */
export async function workThrough(
  house: House,
  hand: Hand,
  truths: ReadonlyMap<IncidentId, Truth>,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  let answer = await house.only(hand.who, '/triage next')
  for (let step = 0; step < most; step++) {
    const id = shownIn(answer)
    const truth = id && truths.get(id)
    if (!id || !truth) return
    hand.opened.push({ id, severity: truth.severity })
    if (hand.opened.length > 3 * truths.size) throw new Error(`${hand.who} is given ${id} again and again`)
    const all = truth.troll ? buttonIn(answer, /^triage::many\.no\.from\./) : null
    if (all) {
      hand.bulk += 1
      answer = await press(house, hand.who, await sure(house, hand.who, all))
    } else {
      const pressed = buttonIn(answer, new RegExp(`^triage:${id}:${truth.real ? 'pass' : 'no'}\\.`))
      answer = await press(house, hand.who, pressed ?? '')
    }
    // Somebody else was faster: on with the next.
    if (answer.reply.type !== 'view') answer = await house.only(hand.who, '/triage next')
  }
}

async function sure(house: House, who: string, button: string): Promise<string> {
  const shown = await press(house, who, button)
  return buttonIn(shown, /^triage::sure\./) ?? 'triage::start'
}

function press(house: House, who: string, button: string): Promise<Answer> {
  const key = `press:${randomUUID()}`
  const origin = { platform: 'workspace', key, account: who, room: null, message: null, at: house.clock() } as const
  return house.hub.receive({ ...origin, type: 'press', button })
}

function shownIn(answer: Answer): IncidentId | null {
  return readIncidentId(buttonIn(answer, /^triage:[A-Z]+-\d+:pass\./)?.split(':')[1] ?? '')
}

function buttonIn({ reply }: Answer, pattern: RegExp): string | null {
  return reply.type === 'view' ? (reply.view.buttons.find(button => pattern.test(button.id))?.id ?? null) : null
}

function idIn({ reply }: Answer): IncidentId | null {
  return (reply.type === 'view' && namedIn(reply.view)[0]) || null
}

/** The practice workspace knows its personas alone; here any account can be written to, and is counted. */
function counting(platform: Platform, direct: Map<string, number>): Platform {
  let last = 0
  return {
    ...platform,
    async post(to, message) {
      if (to.type !== 'direct') return platform.post(to, message)
      direct.set(to.account, (direct.get(to.account) ?? 0) + 1)
      last += 1
      return { room: `direct:${to.account}`, id: `d${last}` }
    },
    find: async (to, key, since) => (to.type === 'direct' ? null : platform.find(to, key, since)),
  }
}
