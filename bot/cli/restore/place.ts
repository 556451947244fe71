import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { halfPlaced } from '../../../db/imprint.ts'
import { syncFolder } from '../../../db/lines.ts'

/** One thing that takes a place; what stands there is put aside under a name that ends with the moment. */
export type Move = { readonly from: string; readonly to: string }

/**
 * Puts what lies in the staging folder in its places. Killed in between, nobody can start a hub on what is half placed,
 * and `finishPlacing` does the rest. Gives what was put aside.
 */
export async function placeAll(staging: string, moves: readonly Move[], now: number): Promise<readonly string[]> {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const asides = moves.flatMap(({ to }) => (existsSync(to) ? [{ from: to, to: `${to}.aside-${stamp}` }] : []))
  writeFileSync(join(staging, halfPlaced), JSON.stringify([...asides, ...moves]), { mode: 0o600, flush: true })
  await syncFolder(staging)
  await finishPlacing(staging)
  return asides.map(aside => aside.to)
}

/** Ends a placing that was broken off; false if there was none. What was unpacked and not placed is thrown away. */
export async function finishPlacing(staging: string): Promise<boolean> {
  const plan = join(staging, halfPlaced)
  if (!existsSync(plan)) {
    rmSync(staging, { recursive: true, force: true })
    return false
  }
  const moves = JSON.parse(readFileSync(plan, 'utf8')) as Move[]
  for (const { from, to } of moves) {
    // What is not there any more was moved before.
    if (!existsSync(from) || existsSync(to)) continue
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    move(from, to)
    await syncFolder(dirname(to))
  }
  rmSync(staging, { recursive: true, force: true })
  await syncFolder(dirname(staging))
  return true
}

// Keys may lie on another disk.
function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const draft = `${to}.new`
    rmSync(draft, { recursive: true, force: true })
    cpSync(from, draft, { recursive: true })
    renameSync(draft, to)
    rmSync(from, { recursive: true, force: true })
  }
}
