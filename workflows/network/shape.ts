import { z } from 'zod'
import { partnerKinds } from '../audience.ts'
import { drillCode } from '../drill.ts'
import { quote } from '../problems.ts'
import { eventShape, recurringShape } from '../recurring/shape.ts'
import { clockOverrides } from '../taxonomy.ts'
import { weekdays } from '../weekday.ts'
import { backupShape } from './backup.ts'
import { limitsShape, usualLimits } from './limits.ts'
import { pollingShape } from './polling.ts'
import { retentionShape, usualRetention } from './retention.ts'
import { skillShape } from './skill.ts'

/** The network file as people write it, after its fields were checked one by one. */
export type NetworkInput = z.output<typeof networkShape>

const name = z.string().trim().min(1).max(80)
const quoted = (pattern: RegExp, wrong: string) => z.string().regex(pattern, { error: wrong })

const zone = z
  .string()
  .refine(isZone, { error: issue => `${quote(issue.input)} is not a time zone | Use a name like America/Phoenix` })
// What people read must be what was approved: one line, and no text within the text.
const hotline = z
  .string()
  .trim()
  .max(80)
  .regex(/^[^{}\n\r]*\d[^{}\n\r]*$/, {
    error: 'is no number to call | Write it in quotes on one line, as in "602-555-0134", without braces',
  })
const language = z.enum(['en', 'es'])
const languages = z.array(language).min(1)
const platform = z.enum(['slack', 'discord', 'signal', 'workspace'])
const role = z.enum(['mediator', 'responder', 'coordinator', 'leader', 'admin'])
// What is made up for exercises has letters of its own.
const isCode = (text: string) => /^[A-Z]{2,5}$/.test(text) && text !== drillCode
const noCode = (input: unknown) => `${quote(input)} is no region code | Use two to five capital letters, as in AZ`
const code = z.string().refine(isCode, { error: issue => noCode(issue.input) })
const regions = z.preprocess(
  value => (value === 'all' ? ['all'] : value),
  z.array(z.string().refine(value => value === 'all' || isCode(value), { error: issue => noCode(issue.input) })).min(1),
)

const workspace = quoted(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is no practice name | Use small letters, digits and dashes')
const discord = quoted(/^\d{1,20}$/, 'is no Discord id | Use the digits in quotes (right click, Copy ID)')
const addresses = {
  slack: quoted(/^[CG][A-Z0-9]{3,20}$/, 'is no Slack channel id | Use the id, as in C0123ABC, not the name').optional(),
  discord: discord.optional(),
  signal: quoted(/^group\.[A-Za-z0-9+/_=-]{4,}$/, 'is no Signal group id | It begins with "group."').optional(),
  workspace: workspace.optional(),
}
const accounts = {
  slack: quoted(/^[UW][A-Z0-9]{3,20}$/, 'is no Slack member id | Use the id, as in U0123ABC, not the name').optional(),
  discord: discord.optional(),
  signal: quoted(
    /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\+\d{8,15})$/i,
    'is no Signal account | Use its UUID, or its number as in +12025550123',
  ).optional(),
  workspace: workspace.optional(),
}

const room = fields({
  ...addresses,
  name: name.optional(),
  language: language.optional(),
  red: z.boolean().optional(),
  talk: z.enum(['all', 'digest']).optional(),
}).refine(value => count(value, Object.keys(addresses)) === 1, {
  error: 'must name one room on one platform | Use exactly one of slack, discord, signal or workspace',
})
const rooms = z.array(room).min(1)

const place = fields({
  // Which codes there are is checked apart: it depends on the file of places that a network may name.
  state: z.string().min(1).max(40).optional(),
  county: z.string().min(1).max(40).optional(),
  name: name.optional(),
  zip: quoted(/^\d{5}$/, 'is no ZIP code | Use five digits in quotes, as in "85004"').optional(),
  words: z.array(name).min(1).optional(),
  anywhere: z.literal(true).optional(),
})
  .refine(value => count(value, ['state', 'county', 'zip', 'words', 'anywhere']) === 1, {
    error: 'must say one thing | Use exactly one of state, county, zip, words or anywhere',
  })
  .refine(value => value.name === undefined || value.county !== undefined, {
    error: 'has a name but no county | Only a county may carry its name',
  })

const region = fields({ code, name, zone: zone.optional(), places: z.array(place).min(1), rooms })

const person = fields({
  name: name.optional(),
  callsign: z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} -]{0,22}[\p{L}\p{N}])$/u, {
    error: issue => `${quote(issue.input)} is no call sign | Use 2 to 24 letters, digits, spaces or dashes`,
  }),
  roles: z.array(role).min(1),
  regions,
  languages: languages.optional(),
  accounts: fields(accounts).refine(value => count(value, Object.keys(accounts)) > 0, {
    error: 'names no account | Use slack, discord, signal or workspace',
  }),
  // Further accounts on a tool that they have one on already.
  also: z
    .array(
      fields(accounts).refine(value => count(value, Object.keys(accounts)) === 1, {
        error: 'must name one account | Use exactly one of slack, discord, signal or workspace',
      }),
    )
    .default([]),
  skills: z.array(skillShape).optional(),
  partner: z.enum(partnerKinds).optional(),
  sample: z.boolean().default(false),
})

const group = fields({
  slack_group: quoted(/^S[A-Z0-9]{3,20}$/, 'is no Slack user group id | Use the id, as in S0123ABC').optional(),
  discord_role: discord.optional(),
  roles: z.array(role).min(1),
  regions,
}).refine(value => count(value, ['slack_group', 'discord_role']) === 1, {
  error: 'must name one group | Use exactly one of slack_group or discord_role',
})

const moment = z.string().refine(isMoment, {
  error: issue => `${quote(issue.input)} is no date and time | Write it like "2026-11-03T06:00"`,
})
const ownEditions = 'Use response or leadership; partner and public ones are asked for with /sitrep and approved by two'
const summary = fields({
  name,
  at: quoted(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is no time of day | Write it like "07:00"').optional(),
  every: quoted(/^[1-9]\d{0,3}[mh]$/, 'is no span of time | Write it like 60m or 2h').optional(),
  on: z
    .enum(weekdays, { error: issue => `${quote(issue.input)} is no day of the week | Use ${weekdays.join(', ')}` })
    .optional(),
  edition: z
    .enum(['response', 'leadership'], {
      error: issue => `${quote(issue.input)} is no edition that is posted by itself | ${ownEditions}`,
    })
    .optional(),
  zone: zone.optional(),
  from: moment.optional(),
  until: moment.optional(),
  to: z.union([z.enum(['leadership', 'coordination', 'triage', 'region']), code], {
    error: issue =>
      `${quote(issue.input)} is no place to post | Use leadership, coordination, triage, region or a region code`,
  }),
  region: z
    .union([z.enum(['all', 'each']), code], {
      error: issue => `${quote(issue.input)} is no region | Use a region code, all, or each`,
    })
    .default('all'),
})
  .refine(value => !value.on || value.at !== undefined, {
    error: 'names a day of the week but no hour | Add at, like "08:00"',
  })
  .refine(value => value.to !== 'region' || value.region !== 'all', {
    error: 'goes to the rooms of a region, but is of all of them | Use region: each, or a region code',
  })
  .refine(value => count(value, ['at', 'every']) === 1, {
    error: 'must say when | Use exactly one of at (a time of day) or every (a span)',
  })
  .refine(value => !(value.from && value.until) || value.from < value.until, {
    error: 'ends before it begins | until must be later than from',
  })

/** The shape of the network file, field by field; what entries say about each other is checked apart. */
export const networkShape = fields({
  network: fields({ name, zone, languages, hotline: hotline.optional() }),
  places: fields({
    file: z.string().regex(/\.(?:csv|geojson|json)$/i, 'is no file of places | Name a .csv or .geojson file'),
  }).optional(),
  boundaries: fields({
    file: z.string().regex(/\.(?:geojson|json)$/i, 'is no file of borders | Name a .geojson file'),
  }).optional(),
  calendar: fields({
    file: z.string().regex(/\.ya?ml$/i, 'is no calendar | Name a .yaml file'),
  }).optional(),
  regions: z.array(region).min(1),
  coordination: fields({ rooms }),
  leadership: fields({ rooms }).optional(),
  triage: fields({ rooms }).optional(),
  people: z.array(person).default([]),
  groups: z.array(group).default([]),
  strangers: z.enum(['refuse', 'report']).default('refuse'),
  red: z.array(platform).default(['signal', 'workspace']),
  summaries: z.array(summary).default([]),
  broadcasts: z.array(recurringShape).default([]),
  events: z.array(eventShape).default([]),
  polling: pollingShape.optional(),
  clocks: clockOverrides.default({}),
  retention: retentionShape.default(usualRetention),
  limits: limitsShape.default(usualLimits),
  backup: backupShape(zone).optional(),
})

function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: issue => (issue.code === 'unrecognized_keys' ? `Use ${known}` : undefined),
  })
}

function count(value: object, keys: readonly string[]): number {
  return keys.filter(key => (value as Record<string, unknown>)[key] !== undefined).length
}

function isZone(text: string): boolean {
  if (text !== 'UTC' && !text.includes('/')) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function isMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return false
  const time = Date.parse(`${text}Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
