import type { Polling } from '../network/polling.ts'
import { type Point, pointIn } from '../places/point.ts'
import { saysOne } from '../places/said.ts'
import { wordsOf } from '../words.ts'
import { localParts } from '../zone.ts'
import { dayOf } from './days.ts'

const mileKm = 1.609344
const earthKm = 6371.0088

/**
 * True if a text names a polling place of the network, or a point within a mile of one, in the hours in which people
 * vote there: `at` (epoch ms) by the clock of that zone.
 */
export function nearPolling(text: string, at: number, zone: string, polling: Polling | undefined): boolean {
  if (!polling?.days.includes(dayOf(at, zone))) return false
  const { hour, minute } = localParts(at, zone)
  const now = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  if (now < polling.from || now >= polling.until) return false
  const words = wordsOf(text)
  const point = pointIn(text)
  return polling.places.some(place => {
    if (saysOne(words, [place.name, ...place.also])) return true
    return point !== null && place.point !== null && kmBetween(point, place.point) <= mileKm
  })
}

function kmBetween(one: Point, other: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const across = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude))
  const chord = half(one.latitude, other.latitude) + across * half(one.longitude, other.longitude)
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}
