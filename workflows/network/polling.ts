import { z } from 'zod'
import { type Point, pointIn } from '../places/point.ts'

/** Somewhere people vote: what it is called, what else people call it, and where it is, if that is known. */
export type PollingPlace = { readonly name: string; readonly also: readonly string[]; readonly point: Point | null }

/** Where and when people vote: local days (`2026-11-03`) and hours (`06:00`) of each region. */
export type Polling = {
  readonly days: readonly string[]
  readonly from: string
  readonly until: string
  readonly places: readonly PollingPlace[]
}

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of the day | Write it like "06:00"')
const named = z.string().trim().min(4, 'is too short to be found in words | Write the whole name').max(120)
const place = z.strictObject({
  name: named,
  also: z.array(named).default([]),
  at: z
    .string()
    .refine(text => pointIn(text) !== null, 'is no point | Write latitude and longitude, like "33.4626, -112.0740"')
    .optional(),
})

/** How the network file says where and when people vote. */
export const pollingShape = z
  .strictObject({
    days: z.array(z.iso.date('is no day | Write it like "2026-11-03"')).min(1),
    from: hour,
    until: hour,
    places: z.array(place).min(1),
  })
  .refine(value => value.from < value.until, { error: 'ends before it begins | until must be later than from' })

/** What the file says, as the hub works with it. */
export function pollingOf({ places, ...rest }: z.output<typeof pollingShape>): Polling {
  return { ...rest, places: places.map(({ name, also, at }) => ({ name, also, point: at ? pointIn(at) : null })) }
}

/** The same as the file would say it. */
export function writtenPolling({ places, ...rest }: Polling): Record<string, unknown> {
  return {
    ...rest,
    places: places.map(({ name, also, point }) => ({
      name,
      ...(also.length > 0 ? { also } : {}),
      ...(point ? { at: `${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}` } : {}),
    })),
  }
}
