import { setTimeout as pause } from 'node:timers/promises'
import { photo } from '../evidence.ts'
import type { Tool } from '../journeys/net.ts'
import type { Attached, Seen, Someone } from '../peers/peer.ts'
import type { SlackSomeone } from '../peers/slack/someone.ts'
import { amendIt, castIt } from './casting.ts'
import { count, type Diary, type Report, type Told } from './diary.ts'
import type { Deed } from './plan.ts'
import type { Stage } from './stage.ts'
import { type Region, rooms, tools } from './town.ts'

/** What people do; each deed ends when whoever did it has their answer, or has given up. Never rejects. */
export type People = { readonly act: (deed: Deed) => Promise<void> }

const dangers = {
  now: 'Attack, shots or death now',
  hurt: 'Someone is hurt or directly threatened',
  soon: 'It may come soon',
  no: 'No',
} as const
const severities = { now: 5, hurt: 4, soon: 3, no: 2 } as const
const contacts = { yes: 'Yes', after: 'Only after', no: 'No' } as const

const answers: readonly (readonly [Told, RegExp])[] = [
  ['received', /Received as ([A-Z]{2}-\d{4,})/],
  ['not-received', /NOT received/],
  ['unsure', /not sure this was received|cannot tell whether this was received/],
  ['kept', /saving this|is stored|still on it/],
]

// How often somebody tries before they give up, and how long they look at their screen each time.
const mostTries = 8
const lookMs = 25_000
const waitMs = 120_000

/** Makes the people of the town; one person does one thing at a time. */
export function createPeople(stage: Stage, diary: Diary): People {
  const busy = new Map<string, Promise<void>>()

  function inTurn(who: string, work: () => Promise<void>): Promise<void> {
    const turn = (busy.get(who) ?? Promise.resolve()).then(work)
    busy.set(
      who,
      turn.catch(() => {}),
    )
    return turn
  }

  async function act(deed: Deed): Promise<void> {
    const who = whoseTurn(deed)
    await inTurn(who, async () => {
      try {
        const done = await perform(deed)
        count(done ? diary.done : diary.skipped, deed.type)
      } catch (error) {
        count(diary.skipped, deed.type)
        count(diary.met, `${deed.type}: ${(error as Error).message.split('\n')[0]?.slice(0, 80)}`)
      }
    })
  }

  async function perform(deed: Deed): Promise<boolean> {
    switch (deed.type) {
      case 'duty':
        return insist(deed.tool, () => stage.someone(deed.who, deed.tool).type('/duty on 8h', null))
      case 'report':
        return report(deed)
      case 'claim':
        return both(deed.n, deed.who, 'Claim')
      case 'protocol':
        return protocol(deed)
      case 'press':
        return both(deed.n, deed.who, 'Done')
      case 'say':
        return say(deed)
      case 'reword':
      case 'unsay':
        return rethink(deed)
      case 'cast':
        return castIt(deed, doing)
      case 'amend':
        return amendIt(deed, doing)
      case 'update':
        return order(deed.n, id => `/update ${id} ${said(deed.word)}`)
      case 'resolve':
        return order(deed.n, id => `/resolve ${id} calmed`)
    }
  }

  const doing = { diary, someone: stage.someone, insist }

  /** One person does one thing at a time. */
  function whoseTurn(deed: Deed): string {
    if ('who' in deed) return String(deed.who)
    if (deed.type === 'amend') return diary.casts.get(deed.c)?.deed.who ?? 'nobody'
    return deed.type + ('n' in deed ? deed.n : deed.line)
  }

  /** Does it as soon as the tool is there, again while nobody answers. */
  async function insist(tool: Tool, work: () => Promise<unknown>): Promise<boolean> {
    for (let times = 0; times < mostTries; times++) {
      while (stage.isDown(tool)) await pause(5000)
      try {
        await work()
        return true
      } catch (error) {
        if (!unanswered.test((error as Error).message)) throw error
        count(diary.met, `${tool}: no answer`)
        await pause(3000 + 2000 * times)
      }
    }
    return false
  }

  async function report(deed: Report): Promise<boolean> {
    const filed = { report: deed, told: 'silent' as Told, id: null as string | null, at: 0 }
    diary.filed.set(deed.n, filed)
    const someone = stage.someone(deed.who, deed.tool)
    const before = new Set((await someone.direct()).map(seen => seen.id))
    const hear = async () => {
      const page = deed.tool === 'slack' ? ((someone as SlackSomeone).page() ?? '') : ''
      if (page !== '') diary.pages.add(page)
      const texts = (await someone.direct()).filter(seen => !before.has(seen.id)).map(seen => seen.text)
      for (const text of [...texts, page].toReversed()) {
        for (const [told, pattern] of answers) {
          const found = pattern.exec(text)
          if (!found || (found[1] && isKnown(found[1], deed))) continue
          filed.told = told
          filed.at = Date.now()
          if (found[1]) filed.id = found[1]
          return told
        }
      }
      return null
    }
    const files = deed.photo ? [await picture(deed.word)] : []
    const sent =
      deed.tool === 'signal' ? await line(someone, deed, files, hear) : await form(someone, deed, files, hear)
    // Who reads that it is being saved looks on for a while.
    const settled = async () => ((await hear()) === 'received' || filed.told === 'not-received' ? true : null)
    if (filed.told === 'kept' || filed.told === 'unsure') await see(settled, lookMs * 2)
    if (deed.tool === 'slack') while ((someone as SlackSomeone).page() !== null) await dismiss(someone as SlackSomeone)
    return sent
  }

  /** Whether they know that number already, from another report of theirs. */
  function isKnown(id: string, { n, who }: Report): boolean {
    return [...diary.filed.values()].some(one => one.id === id && one.report.who === who && one.report.n !== n)
  }

  /** By the form, which stays open until it is answered. */
  async function form(
    someone: Someone,
    deed: Report,
    files: readonly Attached[],
    hear: () => Promise<Told | null>,
  ): Promise<boolean> {
    const opened = await insist(deed.tool, async () => {
      await someone.type('/report', null)
      if (!(await see(async () => someone.form(), 8000))) throw new Error('did not respond: no form')
    })
    if (!opened) return false
    const values = {
      What: `Two groups shout at each other near the door, ${deed.word}`,
      Where: deed.where,
      'Is anyone': dangers[deed.danger],
      'May I': contacts[deed.contact],
    }
    let first = true
    return insist(deed.tool, async () => {
      if (first) {
        first = false
        await someone.submit(values, files)
      } else if ('again' in someone) await (someone as Someone & { again(): Promise<void> }).again()
      else if (someone.form()) await someone.submit({})
      if (!(await see(hear, lookMs))) throw new Error('did not respond: no receipt')
    })
  }

  /** By a line that says it all, and the word that it is right. */
  async function line(
    someone: Someone,
    deed: Report,
    files: readonly Attached[],
    hear: () => Promise<Told | null>,
  ): Promise<boolean> {
    const mark = `!${severities[deed.danger]}`
    const question = async () =>
      (await someone.direct()).findLast(seen => seen.buttons.includes('Send') && seen.text.includes(deed.word))
    const words = `/report Two groups shout at each other near the door, ${deed.word} @ ${deed.where} ${mark}`
    const asked = await insist('signal', async () => {
      if (await question()) return
      // What was begun before, and lost its answer, is asked about first.
      const last = (await someone.direct()).at(-1)
      if (last?.buttons.includes('Start anew')) await someone.press('Start anew', last.id, null)
      else await someone.type(words, null)
      if (!(await see(question, lookMs))) throw new Error('did not respond: no question')
    })
    if (!asked) return false
    for (const file of files) await someone.write('', null, undefined, [file])
    // Whoever is not sure presses the same again: another question would be another report.
    const { id } = (await question()) as Seen
    return insist('signal', async () => {
      await someone.press('Send', id, null)
      if (!(await see(hear, lookMs))) throw new Error('did not respond: no receipt')
    })
  }

  /** Two press the same button of its card at once, one on Slack and one on Discord. */
  async function both(n: number, [one, other]: readonly [string, string], label: string): Promise<boolean> {
    const on = await Promise.allSettled(
      [['slack', one] as const, ['discord', other] as const].map(async ([tool, who]) => {
        // What it belongs to may just have begun, while a hub was away.
        const ready = async () => {
          const card = await cardOf(n, tool)
          return card?.buttons.includes(label) ? card : null
        }
        const card = label === 'Claim' ? await cardOf(n, tool) : await see(ready, waitMs)
        const press = () => stage.someone(who, tool).press(label, card?.id ?? '', roomOf(n, tool))
        return card?.buttons.includes(label)
          ? inTurn(who, () => insist(tool, press).then(() => {})).then(() => true)
          : false
      }),
    )
    return on.some(one => one.status === 'fulfilled' && one.value)
  }

  async function protocol({ n, who, tool }: Extract<Deed, { type: 'protocol' }>): Promise<boolean> {
    const card = await cardOf(n, tool)
    const id = card && idIn(card)
    return id ? insist(tool, () => stage.someone(who, tool).type(`/protocol start P9 ${id}`, null)) : false
  }

  async function say({ n, line: number, who, tool, word }: Extract<Deed, { type: 'say' }>): Promise<boolean> {
    const card = await cardOf(n, tool)
    if (!card) return false
    while (stage.isDown(tool)) await pause(5000)
    const room = roomOf(n, tool)
    const message = await stage.someone(who, tool).write(said(word), room, card.id)
    const at = Date.now()
    diary.lines.set(number, { n, who, tool, room, card: card.id, message, at, word, former: null, gone: false })
    return true
  }

  async function rethink(deed: Extract<Deed, { type: 'reword' | 'unsay' }>): Promise<boolean> {
    const told = diary.lines.get(deed.line)
    if (!told) return false
    while (stage.isDown(told.tool)) await pause(5000)
    const someone = stage.someone(told.who, told.tool)
    if (deed.type === 'unsay') {
      await someone.unwrite(told.message, told.room)
      told.gone = true
    } else {
      await someone.rewrite(told.message, said(deed.word), told.room)
      told.former = told.word
      told.word = deed.word
    }
    return true
  }

  /** Types a command about a report as whoever has it. */
  async function order(n: number, words: (id: string) => string): Promise<boolean> {
    const card = (await cardOf(n, 'slack')) ?? (await cardOf(n, 'discord'))
    const id = card && idIn(card)
    const callsign = card && /Claimed by ([A-Z][a-z]+ [A-Z][a-z]+)/.exec(card.text)?.[1]
    if (!id || !callsign) return false
    const tool = tools.find(one => {
      try {
        return Boolean(stage.someone(callsign, one))
      } catch {
        return false
      }
    }) as Tool
    let done = false
    await inTurn(callsign, async () => {
      done = await insist(tool, () => stage.someone(callsign, tool).type(words(id), null))
    })
    return done
  }

  function roomOf(n: number, tool: Tool): string {
    return rooms[regionOf(n)][tool]
  }

  function regionOf(n: number): Region {
    return diary.filed.get(n)?.report.region ?? 'AZ'
  }

  /** The card that stands for a report in its room, once it is there. */
  async function cardOf(n: number, tool: Tool): Promise<Seen | null> {
    const word = diary.filed.get(n)?.report.word
    if (!word) return null
    return see(async () => {
      const all = await stage.peers[tool].room(roomOf(n, tool))
      return all.findLast(seen => seen.text.includes(word) && idIn(seen) !== null && !seen.text.includes('moved below'))
    }, 40_000)
  }

  return { act }
}

/** The incident that a card is of, by its title. */
export function idIn({ text }: Seen): string | null {
  return / · ([A-Z]{2}-\d{4,})(?= ·|$)/.exec(text.split('\n')[0] ?? '')?.[1] ?? null
}

// As each tool's client, or its peer here, says that nobody answered.
const unanswered = /not there|did not respond|did not answer|within three seconds|knows no|no button|no form is open/

/** What people say in threads, around a word of its own. */
function said(word: string): string {
  return `I am on the phone with them, ${word}`
}

async function see<T>(look: () => Promise<T | null | undefined>, ms: number): Promise<T | null> {
  for (const late = Date.now() + ms; ; ) {
    const found = await look()
    if (found) return found
    if (Date.now() > late) return null
    await pause(700)
  }
}

async function dismiss(someone: SlackSomeone): Promise<void> {
  await someone.dismiss().catch(() => {})
}

async function picture(word: string): Promise<Attached> {
  const made = await photo(`${word}.jpg`, 64, 48)
  const bytes = 'open' in made ? Buffer.concat(await Array.fromAsync(made.open())) : Buffer.alloc(0)
  return { name: `${word}.jpg`, type: 'image/jpeg', bytes }
}
