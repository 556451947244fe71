import type { Taken } from '../../workflows/evidence.ts'

/** The moment (epoch ms) that a text names; null if it names none. */
export function moment(text: string): number | null {
  const at = Date.parse(text)
  return Number.isFinite(at) ? at : null
}

/** Maker and model as people say them, at most 80 characters; null if neither is given. */
export function deviceOf(make: unknown, model: unknown): string | null {
  const [maker, name] = [make, model].map(part => (typeof part === 'string' ? plain(part) : ''))
  const said = maker && name && !name.toLowerCase().startsWith(maker.toLowerCase()) ? `${maker} ${name}` : name || maker
  return said ? said.slice(0, 80) : null
}

/** A position in degrees; null if it lies nowhere on earth. */
export function place(lat: number, lon: number): Taken['position'] {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
}
