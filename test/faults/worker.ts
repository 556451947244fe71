import { writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buttonsOf, openHouse, readAnswer } from '../house.ts'
import { dice, flaky } from './flaky.ts'

// One round of a fault run, in a process of its own: it acts as its seed says and ends as a power cut would.
const { values } = parseArgs({
  options: { seed: { type: 'string' }, start: { type: 'string' }, url: { type: 'string' }, folder: { type: 'string' } },
})
const seed = Number(values.seed)
const start = Number(values.start)
const at = {
  url: values.url as string,
  folder: values.folder as string,
  leave: () => {},
  standing: new Set<() => Promise<void>>(),
}

const people = ['finch', 'wren', 'magpie', 'owl']
const reporters = ['heron', 'cactus-wren', 'thrasher', 'robin']
const places = ['Maricopa County, AZ', 'Atlanta, GA', 'Wayne County, MI', 'the old school']
const dangers = ['now', 'hurt', 'soon', 'no']

const act = dice(seed)
const pick = <T>(list: readonly T[]): T => list[Math.floor(act() * list.length)] as T
const fault = dice(seed ^ 0x5eed)
const stops = 10 + Math.floor(act() * 60)

/** Says something to whoever started this; it arrives even if the next moment is the last. */
function note(event: object): void {
  writeSync(1, `${JSON.stringify(event)}\n`)
}

let calls = 0
function perhapsDie(): void {
  if (++calls >= stops) process.kill(process.pid, 'SIGKILL')
}

const house = await openHouse(at, start, {
  between: inner => {
    const shaky = flaky(inner, fault)
    shaky.fail(0.2)
    const { platform } = shaky
    return {
      ...platform,
      async post(to, message) {
        perhapsDie()
        const before = shaky.sent.get(message.key) ?? 0
        try {
          return await platform.post(to, message)
        } finally {
          if ((shaky.sent.get(message.key) ?? 0) > before) note({ sent: message.key })
          perhapsDie()
        }
      },
      async edit(message, to) {
        perhapsDie()
        await platform.edit(message, to)
      },
    }
  },
})

const known: string[] = (
  await house.store.incidents.list({ regions: 'all', viewer: '' as never, limit: 40 })
).items.map(incident => incident.id)

async function report(step: number): Promise<void> {
  const what = `seed ${seed} step ${step}`
  const answers = { what, where: pick(places), danger: pick(dangers), contact: 'yes' }
  note({ filed: what })
  const answer = readAnswer(await house.ask(pick(reporters), '/report', answers))
  const id = /(?:Received as|Recibido como) ([A-Z]{2}-\d{4})/.exec(answer)?.[1]
  if (!id) throw new Error(`not received: ${answer}`)
  note({ received: what, id })
  known.push(id)
}

async function work(step: number): Promise<void> {
  const [who, id] = [pick(people), pick(known)]
  const ask = (line: string) => house.only(who, line)
  switch (Math.floor(act() * 9)) {
    case 0:
    case 1:
      return void (await ask(`/claim ${id}`))
    case 2:
      return void (await ask(`/update ${id} news ${step}`))
    case 3:
      return void (await ask(`/release ${id}`))
    case 4:
      return void (await ask(`/handover ${id} ${pick(['Finch', 'Wren', 'Magpie'])}`))
    case 5: {
      const { undo } = buttonsOf(await ask(`/resolve ${id} calmed`))
      if (undo && act() < 0.5) await house.press(who, undo)
      return
    }
    case 6:
      return void (await ask(`/merge ${id} ${pick(known)}`))
    case 7:
      return void (await ask(`/reopen ${id} it goes on`))
    default:
      return void (await house.write(pick(reporters), `more of step ${step}`, null))
  }
}

for (let step = 0; ; step++) {
  if (known.length === 0 || act() < 0.35) await report(step)
  else await work(step)
  if (act() < 0.3) await house.settle()
  if (act() < 0.2) await house.pass(1 + Math.floor(act() * 6))
  note({ now: house.clock() })
}
