import { sql } from 'drizzle-orm'
import type { RegionCode } from '../workflows/ids.ts'
import { type Base, whole } from './base.ts'

/**
 * Fresh numbers for incident ids, taken from blocks that are reserved in a transaction of their own; a block is twice
 * as long as the one before, so that a quiet network keeps small numbers and a busy one rarely waits.
 */
export function numbers({ database, tables }: Base): (region: RegionCode) => Promise<number> {
  const blocks = new Map<RegionCode, Block>()

  async function reserve(region: RegionCode, size: number): Promise<Block> {
    const { numbers } = tables
    const [row] = await database.transaction(tx =>
      tx
        .insert(numbers)
        .values({ region, next: 1 + size })
        .onConflictDoUpdate({ target: numbers.region, set: { next: sql`${numbers.next} + ${whole(size)}` } })
        .returning({ next: numbers.next }),
    )
    if (!row) throw new Error('a reservation gave no row')
    return { next: row.next - size, end: row.next, size }
  }

  const reserving = new Map<RegionCode, Promise<Block>>()
  function refilled(region: RegionCode): Promise<Block> {
    const running = reserving.get(region)
    if (running) return running
    const size = Math.min((blocks.get(region)?.size ?? smallest / 2) * 2, largest)
    const started = reserve(region, size)
      .then(block => {
        blocks.set(region, block)
        return block
      })
      .finally(() => reserving.delete(region))
    reserving.set(region, started)
    return started
  }

  return async region => {
    for (;;) {
      const block = blocks.get(region)
      if (block && block.next < block.end) {
        block.next += 1
        return block.next - 1
      }
      await refilled(region)
    }
  }
}

type Block = { next: number; readonly end: number; readonly size: number }

const smallest = 4
const largest = 512
