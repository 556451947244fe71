import { randomUUID } from 'node:crypto'
import type { Interaction, Origin } from '../../bot/platform.ts'
import type { Field, OpenForm, Values } from '../../commands/form.ts'
import { commands } from '../../commands/index.ts'
import { type Seat, sealedName, seats, type Town } from './town.ts'
import type { Witness } from './witness.ts'

/** One step of somebody: numbers that choose what, who and how among whatever there is. */
export type Move = { readonly what: number; readonly who: number; readonly one: number; readonly two: number }

/** Does a step, and shows the witness what came of it. */
export async function play(move: Move, town: Town, witness: Witness): Promise<void> {
  const seat = pick(seats, move.who)
  const few = witness.known().length < most
  const kind = pick(weights, move.what)
  switch (kind === 'report' && !few ? 'type' : kind) {
    case 'report':
      return report(seat, move, town, witness)
    case 'steer':
      return steer(move, town, witness)
    case 'type': {
      const { name, words } = await line(seat, move, witness)
      const room = move.two % 3 === 0 ? null : roomOf(seat, move.one)
      return ask({ ...origin(seat, town), room, type: 'command', name, words }, seat, `${name} ${words}`, town, witness)
    }
    case 'press': {
      if (witness.buttons.length === 0) return
      const button = pick(witness.buttons, move.one * 31 + move.two)
      return ask({ ...origin(seat, town), type: 'press', button }, seat, button, town, witness)
    }
    case 'submit': {
      if (witness.forms.length === 0) return
      return submit(seat, pick(witness.forms, move.one * 31 + move.two), move, town, witness)
    }
    case 'write':
      return write(seat, move, town, witness)
    case 'settle':
      return town.settle()
    case 'pass':
      return town.pass(pick([1, 5, 20, 61, 500], move.one))
  }
}

const places = ['Phoenix, Arizona', 'Atlanta, Georgia', 'Springfield', 'Navajo County, AZ']

// So few that steps meet each other.
const most = 7

const weights = [
  ...(['steer', 'steer', 'steer', 'steer', 'steer', 'steer'] as const),
  ...(['report', 'report', 'type', 'type', 'type', 'type', 'type', 'type', 'type'] as const),
  ...(['press', 'press', 'press', 'press', 'submit', 'submit', 'write', 'write', 'settle', 'settle', 'pass'] as const),
]

async function report(seat: Seat, move: Move, town: Town, witness: Witness): Promise<void> {
  const opened = await town.receive({ ...origin(seat, town), type: 'command', name: 'report', words: '' })
  await witness.answered(seat, 'report', opened)
  if (opened.reply.type !== 'form') return
  const kind = pick(
    ['Shots fired at the polls', 'They threaten to kill the clerk', 'A long line, all calm', 'A rape'],
    move.one,
  )
  const values = {
    what: `${kind} ${await witness.secret(seat)}, call 602-555-0142, said ${sealedName} OfCrane`,
    where: `${await witness.secret(seat)} ${pick(places, move.two)}`,
    danger: pick(['now', 'hurt', 'soon', 'no'], move.two),
    contact: pick(['yes', 'yes', 'after', 'no'], move.one),
  }
  return send(seat, opened.reply.form, values, town, witness)
}

/** Those who may do most change marks, names and merges, so that much of it happens. */
async function steer({ who, one, two }: Move, town: Town, witness: Witness): Promise<void> {
  const seat = pick(
    seats.filter(({ callsign }) => steering.has(callsign)),
    who,
  )
  const ids = [...witness.known(), 'AZ-7777']
  const word = await witness.secret(seat)
  const done = [
    ...['restricted', 'restricted add Finch', `restricted ${word}`, `open ${word}`, `red ${word}`, `amber ${word}`].map(
      what => ['mark', what] as const,
    ),
    ...[`place: Atlanta, Georgia ${word}`, `place: Phoenix, Arizona ${word}`, 'kind: TH-1', `s5 ${word}`, word].map(
      what => ['update', what] as const,
    ),
    ...[0, 1, 2].map(by => ['merge', pick(ids, two + by)] as const),
    ...([
      ['claim', ''],
      ['resolve', `calm ${word}`],
      ['release', word],
      ['handover', `Finch ${word}`],
    ] as const),
    ...(['P1', 'P1', 'P2', 'P7'] as const).map(code => ['protocol', `start ${code}`] as const),
    ...(['1', '2', '3', '4', 'C1'] as const).flatMap(number => [
      ['step', `P1.${number} done ${word}`] as const,
      ['step', `P1.${number} skip ${word}`] as const,
    ]),
    ...([
      ['protocol', 'show P1'],
      ['protocol', `stop P1 ${word}`],
      ['protocol', 'assign P1.3 Finch'],
    ] as const),
  ]
  const [name, what] = pick(done, one)
  const words = `${pick(ids, two)} ${what}`
  return ask({ ...origin(seat, town), type: 'command', name, words }, seat, `${name} ${words}`, town, witness)
}

const steering = new Set(['Owl', 'Crane', 'Stork', 'Finch'])

async function line(seat: Seat, { one, two }: Move, witness: Witness): Promise<{ name: string; words: string }> {
  const typed = [...commands.filter(command => command.usage !== undefined).map(command => command.name), ...often]
  const name = pick(typed, one)
  const ids = [...witness.known(), 'AZ-7777']
  const id = pick(ids, two)
  const word = isForMany(name) ? forMany : await witness.secret(seat)
  const old = pick([...witness.words(), word], two * 7 + one)
  const said: Readonly<Record<string, readonly string[]>> = {
    mark: [`red ${word}`, `red ${word}`, `amber ${word}`, `restricted ${word}`, 'restricted add Finch', `open ${word}`],
    update: [
      word,
      `${word} 602-555-0142`,
      `s5 ${word}`,
      `s2 ${word}`,
      'kind: TH-1',
      'kind: SV-1',
      `place: Atlanta, Georgia ${word}`,
    ],
    resolve: [`calm ${word}`, `unfounded ${word}`],
    handover: [`Finch ${word}`, `Robin ${word}`],
    merge: [pick(ids, two + 1), `into ${pick(ids, one + two)}`],
    verify: [`checking ${word}`, `corroborated ${word}`, `verified ${word}`],
    protocol: ['', 'start', 'start P1', 'start P2', 'show', 'list', `stop ${word}`, 'assign P1.2 Robin', `report P1`],
    step: ['P1.1 done', `P1.2 done ${word}`, `P1.3 skip ${word}`, `P1.4 help ${word}`, 'P1.1', 'P1.2 mine'],
    duty: ['on 8h', 'off'],
    sitrep: ['', 'all 48h', 'AZ'],
    mine: [''],
    incidents: ['', 'all', old, `${old} all`, 'mine', 'AZ', 'page 2'],
    whoami: ['', 'language es', 'language en'],
  }
  const rest = pick(said[name] ?? [word, '', `${word} ${sealedName} OfWren`], one * 3 + two)
  const about = commands.find(command => command.name === name)?.about
  return { name, words: about === 'nothing' ? rest : `${id} ${rest}`.trim() }
}

// What is typed about no incident (a broadcast, why somebody is hidden) is told to others by what it is.
const isForMany = (name: string) => name !== 'report' && commands.find(one => one.name === name)?.about === 'nothing'
const forMany = 'quiet please'

const often = ['mark', 'mark', 'update', 'incident', 'incidents', 'merge', 'claim']

async function write(seat: Seat, { one, two }: Move, town: Town, witness: Witness): Promise<void> {
  const words = `${await witness.secret(seat)} 602-555-0142`
  const here = witness.cards.filter(card => card.platform === seat.platform)
  const card = here.length > 0 && two % 4 > 0 ? pick(here, one) : null
  const room = card ? card.ref.room : null
  const message = {
    ...origin(seat, town),
    room,
    message: card?.ref ?? null,
    type: 'message',
    words,
    files: [],
  } as const
  return ask(message, seat, words, town, witness)
}

/** Fills in whatever fields a form has. */
async function submit(seat: Seat, form: OpenForm, move: Move, town: Town, witness: Witness): Promise<void> {
  const values: Record<string, string | readonly string[]> = {}
  for (const [at, [name, field]] of Object.entries(form.form.fields).entries()) {
    const [number, text] = [move.one + at, isForMany(form.command) && field.type === 'text']
    values[name] = text ? forMany : await given(name, field, seat, number, witness)
  }
  return send(seat, form, values, town, witness)
}

async function given(name: string, field: Field, seat: Seat, number: number, witness: Witness) {
  switch (field.type) {
    case 'files':
      return []
    case 'checks':
      return field.choices.slice(0, number % 3).map(choice => choice.value)
    case 'choice':
      return field.choices.length === 0 ? '' : pick(field.choices, number).value
    case 'text': {
      if (name === 'into') return pick([...witness.known(), 'AZ-7777'], number)
      return await witness.secret(seat, name === 'safeContact')
    }
  }
}

function send(
  seat: Seat,
  { id, command, about }: OpenForm,
  values: Values,
  town: Town,
  witness: Witness,
): Promise<void> {
  const sent = { ...origin(seat, town), type: 'submission', form: id, command, about, values, files: [] } as const
  return ask(sent, seat, `${command} ${about} ${Object.values(values).flat().join(' ')}`, town, witness)
}

async function ask(what: Interaction, seat: Seat, asked: string, town: Town, witness: Witness): Promise<void> {
  const answer = await town.receive(what)
  await witness.answered(seat, asked, answer)
  if (answer.reply.type === 'view') witness.keep(answer.reply.view)
}

function origin({ platform, account }: Seat, town: Town): Origin {
  return { platform, account, key: `play:${randomUUID()}`, room: null, message: null, at: town.clock() }
}

function roomOf({ platform }: Seat, number: number): string | null {
  return pick(
    { slack: ['C0AZ', 'C0GA', 'C0COORD'], discord: ['100', '300'], signal: ['group.QVo='], workspace: [''] }[platform],
    number,
  )
}

function pick<T>(from: readonly T[], number: number): T {
  const found = from[Math.abs(number) % from.length]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}
