import type { SeenForm, Someone } from '../peers/peer.ts'
import type { Bare } from './bare.ts'
import { atPace, people, percentile, reportAt } from './crowd.ts'
import { tempFolder } from './folder.ts'
import { atMost, compared, informed, limited, median, type Result } from './measure.ts'
import { type Started, startProgram } from './process.ts'
import type { Served } from './served.ts'

/** A chat tool on loopback that lets people ask for forms. */
export type Stage = {
  readonly hub: Omit<Served, 'folder'>
  readonly bare: Bare
  /** Somebody, by their number, and the room that they type in. */
  readonly someone: (at: number) => Someone
  readonly room: string
  /** Resolves when the form that they asked for was opened; asked before they type. */
  readonly opened: (at: number) => Promise<void>
  /** Fills in what a tool tells of before the form is sent; gives what is left to be filled in with it. */
  readonly fill?: (at: number, values: Readonly<Record<string, string>>) => Promise<Readonly<Record<string, string>>>
  readonly close: () => Promise<void>
}

type Times = { readonly modal: readonly number[]; readonly submit: readonly number[] }

const perSecond = 50
const times = 300
// What is compiled and read only once is so by then.
const warmUp = 100
const rounds = 3
const patienceMs = 5000
const kinds = ['modal', 'submit'] as const

/**
 * A slash command until its form is asked for, and a form until it is acknowledged, at fifty a second: the hub and the
 * bare handler in turn, each in a process of its own, with the tool and the people in this one.
 */
export function compareForms(
  tool: 'slack' | 'discord',
  open: () => Promise<Stage>,
  wanted: (name: string) => boolean,
  note: string,
): AsyncGenerator<Result> {
  return limited(240, `forms on ${tool}`, measure(tool, open, wanted, note))
}

async function* measure(
  tool: string,
  open: () => Promise<Stage>,
  wanted: (name: string) => boolean,
  note: string,
): AsyncGenerator<Result> {
  const hub: Times[] = []
  const bare: Times[] = []
  for (let round = 0; round < rounds; round++) {
    using folder = tempFolder()
    hub.push(await crowd(open, stage => startProgram('./served.ts', {}, { folder: folder.path, ...stage.hub })))
    bare.push(await crowd(open, stage => startProgram('./bare.ts', {}, stage.bare)))
  }
  for (const kind of kinds.filter(each => wanted(`${tool}-${each}`))) {
    const of = (percent: number, all: readonly Times[]) => median(all.map(each => percentile(each[kind], percent)))
    const half = { value: of(50, hub), baseline: of(50, bare) }
    yield compared(`${tool}-${kind}`, 'ms p99', { value: of(99, hub), baseline: of(99, bare) }, atMost(1.5), note)
    yield informed(`${tool}-${kind}-p50`, 'ms p50', half.value, `${half.baseline.toPrecision(3)} ms, ${note}`)
  }
}

/** Everybody asks for the form, and sends it in. */
async function crowd(open: () => Promise<Stage>, start: (stage: Stage) => Promise<Started>): Promise<Times> {
  const stage = await open()
  const started = await start(stage)
  const submit: number[] = []
  try {
    const modal = await atPace(perSecond, warmUp + times, async at => {
      const someone = stage.someone(at % people)
      const begun = performance.now()
      await Promise.all([someone.type('/report', stage.room), stage.opened(at % people)])
      const taken = performance.now() - begun
      const values = filled(await shown(someone), at)
      const rest = (await stage.fill?.(at % people, values)) ?? values
      const again = performance.now()
      await someone.submit(rest)
      submit[at] = performance.now() - again
      return taken
    })
    return { modal: modal.slice(warmUp), submit: submit.slice(warmUp) }
  } finally {
    await started.stop()
    await stage.close()
  }
}

/** What stands in a form once it was filled in; the hub's asks two things more than the bare one. */
function filled({ fields }: SeenForm, at: number): Record<string, string> {
  const { what, where } = reportAt(at)
  const values = fields.length > 2 ? [what, where, 'No', 'No'] : [what, where]
  return Object.fromEntries(values.map((value, index) => [fields[index]?.label ?? '', value]))
}

async function shown(someone: Someone): Promise<SeenForm> {
  for (const late = performance.now() + patienceMs; performance.now() < late; ) {
    const form = someone.form()
    if (form) return form
    await new Promise(resolve => setImmediate(resolve))
  }
  throw new Error('a form was not opened')
}
