import { StoreError } from '../workflows/errors.ts'

/**
 * Does all of it, one after the other, and gives the sum: what fails stops nothing of the rest. @throws the first
 * failure once all had their turn; StoreError at once, since the rest needs the database, too
 */
export async function apart(work: readonly (() => Promise<number>)[]): Promise<number> {
  const failures: unknown[] = []
  let sum = 0
  for (const one of work) {
    try {
      sum += await one()
    } catch (error) {
      if (error instanceof StoreError) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return sum
}
