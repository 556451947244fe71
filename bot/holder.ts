import { hash, randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** A name for this process in leases, by which another on this machine can tell whether it still lives. */
export function nameHolder(): string {
  return `${here()}:${process.pid}:${randomUUID()}`
}

/** True if a holder of that name surely lives no more: it ran where this process runs, and its number is nobody's. */
export function isDead(holder: string): boolean {
  const [place, pid = ''] = holder.split(':')
  if (place !== here() || !/^\d+$/.test(pid)) return false
  try {
    process.kill(Number(pid), 0)
    return isUnburied(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

// Its number stays taken until whoever started it has asked how it ended, which some never do.
function isUnburied(pid: string): boolean {
  try {
    // The state comes after the name, which stands in brackets and may hold any character: proc(5).
    return /^.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

// Containers on one machine number their processes apart, so the machine's name does not tell where a number counts.
function here(): string {
  return hash('sha256', [...boot(), hostname()].join(), 'hex').slice(0, 16)
}

function boot(): string[] {
  try {
    return [readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'), readlinkSync('/proc/self/ns/pid')]
  } catch {
    return []
  }
}
