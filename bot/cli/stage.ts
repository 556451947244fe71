import type { Store } from '../../db/store.ts'
import { assemble } from '../assemble.ts'
import type { Config } from '../config.ts'
import { createLog } from '../log.ts'
import { createDrawer } from '../picture/drawer.ts'
import type { WordsBody } from '../workspace/body.ts'
import type { Alone } from './alone.ts'
import type { Stage } from './play.ts'

const quarterMs = 15 * 60_000
const dayMs = 96 * quarterMs

/** The real hub on a store, with a clock that the demo sets and nothing that runs by itself; `end` is in epoch ms. */
export function stageOf(
  store: Store,
  { network, taxonomy, host }: Pick<Config, 'network' | 'taxonomy' | 'host'>,
  { holder, renew }: Alone,
  end: number,
): Omit<Stage, 'told'> {
  let now = end
  let summed = 0
  const clock = () => now
  const parts = {
    store,
    since: end - dayMs,
    network,
    taxonomy,
    host,
    clock,
    holder,
    wake: () => {},
    log: createLog('error'),
    draw: createDrawer().draw,
    // A day passes in seconds: cards that rested would do so for hours of it.
    restMs: 0,
  }
  const { hub, delivery, schedule } = assemble(parts)
  return {
    store,
    run: holder,
    receive: hub.receive,
    setClock: at => {
      now = at
    },
    settle: async () => {
      await renew()
      while (await schedule.runClocks()) {}
      // At its quarters of an hour and no more: the day has hundreds of acts.
      if (now - summed >= quarterMs) {
        summed = now
        await schedule.runSummaries()
      }
      while (await delivery.run()) {}
    },
    write: async (words, { key, account, room, message, at }) => {
      const body: WordsBody = { type: 'words', words, files: [] }
      await store.practice.add({ key, room, thread: Number(message.id), author: account, body, at })
    },
  }
}
