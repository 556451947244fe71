import type { Post } from '../change.ts'
import {
  coordinatorsOf,
  type Directory,
  leaders,
  networkCoordinators,
  type Person,
  regionName,
  roomsFor,
  servesRegion,
} from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import { phrase } from '../phrase.ts'
import type { Taxonomy } from '../taxonomy.ts'
import type { Line, View } from '../view.ts'
import type { Alarm, Level } from '../warning.ts'
import type { WarningChange } from './deed.ts'
import { deedButton, figureLines, lateLine, openButton } from './view.ts'
import { headOf, levelName } from './words.ts'

type Context = { readonly directory: Directory; readonly taxonomy: Taxonomy }

// What fits one message on a phone; the rest is a press away.
const mostTold = 4

/** What is told of a region: new alarms, how many earlier ones go on, how it stands, and whether it is late. */
export type Told = {
  readonly region: RegionCode
  readonly level: Level
  readonly fresh: readonly Alarm[]
  readonly goOn: number
  readonly late: number | null
}

/**
 * Tells the coordinators' rooms of new alarms of a region, and, where it comes to a warning, those who coordinate it
 * directly, too. Figures only: no id, no words. `key` makes it once.
 */
export function alarmPosts(key: string, told: Told, context: Context): readonly Post[] {
  if (told.fresh.length === 0) return []
  const view = toldView(told, context)
  const { directory } = context
  const people = told.fresh.some(alarm => alarm.level === 'warning') ? coordinating(told.region, directory) : []
  return [
    ...roomsFor(directory, 'coordination').map(room => post(key, { room: room.id }, room.id, view)),
    ...people.flatMap(person => person.accounts.map(own => post(key, { account: own.id }, own.id, view))),
  ]
}

/** Tells that an alarm has grown since it was told. */
export function grownPosts(alarm: Alarm, level: Level, context: Context): readonly Post[] {
  const view = toldView({ region: alarm.region, level, fresh: [alarm], goOn: 0, late: null }, context)
  const grown: View = { ...view, lines: [strong('warning.told-grown', { count: alarm.count }), ...view.lines] }
  return roomsFor(context.directory, 'coordination').map(room =>
    post(`warning:${alarm.id}:grown:${alarm.level}:${alarm.count}`, { room: room.id }, room.id, grown),
  )
}

/** Tells what a person decided, with their reason: coordinators, and of an alert leaders, too. */
export function decidedPosts(
  { do: deed, by, at }: WarningChange,
  alarm: Alarm | null,
  context: Context,
): readonly Post[] {
  const { directory } = context
  const region = deed.type === 'dismiss' ? (alarm?.region ?? '') : deed.region
  const params = { person: { person: by }, region: regionName(directory, region) }
  const said =
    deed.type === 'dismiss'
      ? phrase('warning.told-dismissed', { ...params, text: alarm ? headOf(alarm, context) : '' })
      : phrase(`warning.told-${deed.type}`, params)
  const view: View = {
    tone: 'plain',
    title: null,
    lines: [
      { type: 'strong', text: said },
      { type: 'quote', text: { words: deed.why } },
    ],
    buttons: [],
  }
  const about = deed.type === 'dismiss' ? deed.alarm : deed.region
  const key = `warning:${deed.type}:${about}:${at}`
  const rooms = roomsFor(directory, 'coordination')
  const led = deed.type === 'dismiss' ? [] : roomsFor(directory, 'leadership').filter(room => !rooms.includes(room))
  const all = deed.type === 'dismiss' ? [] : [...coordinating(region, directory), ...leading(region, directory)]
  const people = [...new Set(all)].filter(person => person.id !== by)
  const posts = [
    ...[...rooms, ...led].map(room => post(key, { room: room.id }, room.id, view)),
    ...people.flatMap(person => person.accounts.map(own => post(key, { account: own.id }, own.id, view))),
  ]
  return posts.map(one => ({ ...one, author: by }))
}

/** Those who coordinate a region: its own coordinators, else those of the network; where nobody does, who leads it. */
export function coordinating(region: RegionCode, directory: Directory): readonly Person[] {
  const own = coordinatorsOf(directory, region)
  const all = own.length > 0 ? own : networkCoordinators(directory)
  return all.length > 0 ? all : leading(region, directory)
}

function leading(region: RegionCode, directory: Directory): readonly Person[] {
  return leaders(directory).filter(person => servesRegion(person, region))
}

function toldView({ region, level, fresh, goOn, late }: Told, context: Context): View {
  const shown = fresh.slice(0, mostTold)
  const left = fresh.length - shown.length
  const lines: Line[] = [
    ...(late === null ? [] : [lateLine(late)]),
    ...shown.flatMap((alarm, index): Line[] => [
      ...(index === 0 ? [] : [{ type: 'rule' } as const]),
      { type: 'item', text: headOf(alarm, context), button: openButton(alarm) },
      ...figureLines(alarm),
    ]),
    ...(left > 0 ? [note('warning.many-more', { count: left })] : []),
    ...(goOn > 0 ? [note('warning.told-on', { count: goOn, region })] : []),
  ]
  const title = phrase('warning.told-title', {
    region: regionName(context.directory, region),
    level: levelName(level),
  })
  const [only] = fresh
  const dismiss = only && fresh.length === 1 ? [deedButton('dismiss', only.id)] : []
  return {
    tone: 'plain',
    title,
    lines,
    buttons: [...dismiss, ...(level === 'alert' ? [] : [deedButton('alert', region)])],
  }
}

function post(key: string, to: Post['to'], name: string, view: View): Post {
  return { key: `${key}:${name}`, to, incident: null, thread: false, lane: 'claim', view }
}

const note = (...said: Parameters<typeof phrase>): Line => ({ type: 'note', text: phrase(...said) })
const strong = (...said: Parameters<typeof phrase>): Line => ({ type: 'strong', text: phrase(...said) })
