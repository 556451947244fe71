import { parseArgs } from 'node:util'
import { openHouse } from '../house.ts'

// A hub, in a process of its own, that clears away what is over its time and ends as a power cut would at a unit of
// work: before it is committed, or right after. What it did up to then it says, if it was not cut off.
const text = { type: 'string' } as const
const { values } = parseArgs({ options: { start: text, url: text, folder: text, unit: text, moment: text } })
const at = {
  url: values.url as string,
  folder: values.folder as string,
  leave: () => {},
  standing: new Set<() => Promise<void>>(),
}

const house = await openHouse(at, Number(values.start), { clears: true })
const { store, clearer } = house
const work = store.transaction
let left = Number(values.unit)
store.transaction = async run => {
  const last = --left === 0
  const done = await work(async tx => {
    const result = await run(tx)
    if (last && values.moment === 'before') end()
    return result
  })
  if (last) end()
  return done
}
while (await clearer.run()) {}
process.stdout.write('not cut off')
await house.close()

function end(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('it outlived its end')
}
