import { expect } from 'vitest'
import { loadTaxonomy } from '../../bot/config.ts'
import type { OpenForm, Values } from '../../commands/form.ts'
import type { IncidentId } from '../../workflows/ids.ts'
import { coursesOf } from '../../workflows/report/course.ts'
import { reportCsv } from '../../workflows/report/table.ts'
import { isDoneOnce, nextSteps, type Reading, readRun } from '../../workflows/run/reading.ts'
import { type House, readAnswer } from '../house.ts'

const taxonomy = loadTaxonomy()
const id = 'AZ-0001' as IncidentId

/** A person's day with a protocol in the practice workspace: who leads it, and what is done otherwise than foreseen. */
export type Story = {
  readonly protocol: string
  /** The gate that says no the first time it is asked. */
  readonly refused: string
  /** Answers that are wanted; every other question gets its first choice. */
  readonly answers?: Readonly<Record<string, string>>
  /** The step that is skipped; absent: the first that could be. */
  readonly skipped?: string
  /** When the event is, where there is one. */
  readonly event?: string
}

/** The run as it stands; fails if there is none. */
export async function readingOf(house: House, protocol: string): Promise<Reading> {
  const { incident } = (await house.store.incidents.find(id)) ?? {}
  const run = incident?.runs?.findLast(one => one.protocol === protocol)
  const reading = run && incident && readRun(run, incident, taxonomy)
  if (!reading) throw new Error(`no run of ${protocol} on ${id}`)
  return reading
}

/** Somebody files, a coordinator starts the protocol, and nobody does anything until leadership was called. */
export async function begin(house: House, { protocol, event }: Story): Promise<void> {
  await house.type('owl', '/duty on')
  await house.fill('heron', '/report', {
    what: 'Something is wrong at the library',
    where: 'Maricopa County, AZ, library',
    danger: 'hurt',
    contact: 'yes',
  })
  const words = [`/protocol start ${protocol} ${id}`, ...(event ? [event] : [])].join(' ')
  expect(readAnswer(await house.type('magpie', words))).toContain(`has started on ${id}`)
}

/** The lead goes from Magpie to Owl, who takes it. */
export async function handOver(house: House, { protocol }: Story): Promise<void> {
  const { run } = await readingOf(house, protocol)
  await house.type('magpie', `/protocol lead ${protocol} ${id} Owl`)
  await house.press('owl', `run:${id}:${run.id}.lead-accept`)
  const owl = [...house.store.roster.directory().people.values()].find(one => one.callsign === 'Owl')
  expect((await readingOf(house, protocol)).run.lead).toBe(owl?.id)
}

/** Does step after step until the run is over: one is skipped, and one gate says no before it says yes. */
export async function playOn(house: House, story: Story): Promise<void> {
  let [skipped, refused] = [false, false]
  for (let deeds = 0; deeds < 80; deeds += 1) {
    const { run, steps, protocol } = await readingOf(house, story.protocol)
    if (run.status !== 'running') return
    const owed = nextSteps({ run, steps, protocol }).filter(one => !isDoneOnce(one))
    const standing = owed.find(one => !(one.behind && 'step' in one.behind))
    if (!standing) throw new Error(`nothing is to be done, and ${run.id} goes on`)
    const { step, state, behind } = standing
    if (behind && 'gate' in behind) {
      if (behind.gate === story.refused && !refused) {
        await askGate(house, run.id, behind.gate, protocol, 'refused')
        refused = true
      }
      await askGate(house, run.id, behind.gate, protocol, 'passed')
      continue
    }
    const free = story.skipped ? step.id === story.skipped : !step.blocking && step.asks.length === 0
    if (!skipped && free) {
      await house.type('owl', `/step ${run.id}.${step.id} skip nobody could be reached`)
      skipped = true
      continue
    }
    const done = `step:${id}:${run.id}.${step.id}.${state.times}.done`
    await fill(house, done, story.answers ?? {})
    if (step.people) await fill(house, done, story.answers ?? {}, 'magpie')
    const next = await readingOf(house, story.protocol)
    const after = next.steps.find(one => one.step.id === step.id)
    if (next.run.status === 'running' && after?.state.times === state.times)
      throw new Error(`${run.id}.${step.id} could not be done`)
  }
  throw new Error(`${story.protocol} does not come to its end`)
}

/** The whole report as it is read in chat, page after page, and its table. */
export async function reportOf(house: House, story: Story): Promise<{ readonly text: string; readonly csv: string }> {
  const { run } = await readingOf(house, story.protocol)
  const pages: string[] = []
  for (let page = 1; page < 30; page += 1) {
    const text = readAnswer(await house.press('magpie', `after:${id}:${run.id}.${page}`))
    expect(text.length).toBeLessThan(4_000)
    pages.push(text)
    if (!text.includes('[Next page]')) break
  }
  const entries = await house.store.incidents.timeline(id, 100_000)
  const directory = house.store.roster.directory()
  const reader = { language: 'en', zone: 'America/Phoenix', now: house.clock(), person: () => 'Somebody' } as const
  const csv = reportCsv(coursesOf(entries, taxonomy), { directory, language: 'en', mayRead: () => true }, reader)
  return { text: pages.join('\n'), csv }
}

async function askGate(
  house: House,
  run: string,
  gate: string,
  { gates }: Reading['protocol'],
  how: 'passed' | 'refused',
) {
  const questions = gates.find(one => one.id === gate)?.questions ?? []
  const needed = questions.map(({ id: name, needs }) => [name, needs === 'record' ? 'no' : needs] as const)
  const answers = Object.fromEntries(needed)
  const [first] = questions.filter(({ needs }) => needs !== 'record')
  if (how === 'refused' && first) answers[first.id] = answers[first.id] === 'yes' ? 'no' : 'yes'
  await fill(house, `gate:${id}:${run}.${gate}`, answers)
  const { incident } = (await house.store.incidents.find(id)) ?? {}
  expect(incident?.runs?.find(one => one.id === run)?.gates[gate]?.passed, gate).toBe(how === 'passed')
}

/** Presses, and answers whatever is asked. */
async function fill(
  house: House,
  button: string,
  wanted: Readonly<Record<string, string>>,
  who = 'owl',
): Promise<void> {
  const { reply } = await house.press(who, button)
  if (reply.type !== 'form') return
  const sent = await house.submit(who, reply.form, valuesOf(reply.form, wanted))
  await house.settle()
  if (sent.reply.type === 'form') throw new Error(readAnswer(sent))
}

function valuesOf({ form, values }: OpenForm, wanted: Readonly<Record<string, string>>): Values {
  const fields = Object.entries(form.fields).flatMap(([name, field]): [string, Values[string]][] => {
    const given = values[name]
    if (typeof given === 'string' && given !== '') return [[name, given]]
    if (field.type === 'checks')
      return [[name, field.choices.flatMap(({ value }) => (wanted[value] === 'yes' ? [value] : []))]]
    if (field.type === 'choice') return [[name, wanted[name] ?? field.choices[0]?.value ?? '']]
    if (field.type !== 'text' || !field.required) return []
    return [[name, wanted[name] ?? (field.lines === 'one' ? '2' : `What we saw there, #${name}`)]]
  })
  return Object.fromEntries(fields)
}
