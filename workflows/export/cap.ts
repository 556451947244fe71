import { markCounter } from './cells.ts'
import { caveat } from './json.ts'
import type { Row } from './row.ts'
import type { Heading, Writer } from './writer.ts'

/**
 * Each incident as a message of the Common Alerting Protocol 1.2, for its readers alone (scope Private); what was made
 * up for an exercise says so (status Exercise). Such a message is never to be fed to a public gateway.
 */
export function capWriter(heading: Heading): Writer {
  return {
    head: '',
    row: (row, index) => alertOf(row, index, heading),
    tail: () => '',
    counter: markCounter('<alert '),
  }
}

function alertOf(row: Row, index: number, { directory, taxonomy, name, plan }: Heading): string {
  const sender = `trust-hub.${slug(directory.name)}`
  const info = taxonomy.severities.find(one => one.level === row.severity)
  const group = taxonomy.groups.find(one => one.code === row.group)
  const event = row.kindName ?? group?.name.en ?? 'Incident'
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    tag('identifier', `${sender}.${row.id ?? `${name}-${index}`}.${row.seq}`),
    tag('sender', sender),
    tag('sent', moment(row.updated)),
    tag('status', row.drill === null ? 'Actual' : 'Exercise'),
    tag('msgType', 'Alert'),
    tag('source', directory.name),
    tag('scope', 'Private'),
    tag('addresses', plan.edition === 'partner' || plan.edition === 'public' ? 'partners' : 'network'),
    tag('note', row.drill === null ? caveat : `Exercise. ${caveat}`),
    ...(row.id ? [tag('incidents', row.id)] : []),
    '<info>',
    tag('language', 'en-US'),
    tag('category', categoryOf(row)),
    tag('event', event),
    tag('responseType', ended(row) ? 'AllClear' : row.verification === 'verified' ? 'Monitor' : 'Assess'),
    tag('urgency', urgencyOf(row)),
    tag('severity', info?.cap ?? 'Unknown'),
    tag('certainty', certaintyOf(row)),
    tag('effective', moment(row.reported)),
    ...(row.occurred ? [tag('onset', moment(row.occurred))] : []),
    tag('senderName', directory.name),
    tag('headline', headlineOf(row, event)),
    tag('description', row.what ?? `${event}, as reported by a mediator of the network. ${caveat}`),
    ...parameter('verification', row.verification),
    ...parameter('status', row.status),
    ...parameter('severity', `S${row.severity}`),
    ...parameter('edition', plan.edition),
    '<area>',
    tag('areaDesc', areaOf(row)),
    ...(row.place.fips && /^\d{5}$/.test(row.place.fips) ? named('geocode', 'SAME', `0${row.place.fips}`) : []),
    '</area>',
    '</info>',
    '</alert>',
  ]
  return `${lines.join('\n')}\n`
}

/** `2026-11-03T14:02:00-00:00`: the standard refuses a Z, and parts of a second. A day begins at midnight. */
function moment(text: string): string {
  return text.length === 10 ? `${text}T00:00:00-00:00` : text.replace('Z', '-00:00')
}

function categoryOf({ group, kind }: Row): string {
  if (kind === 'VI-3') return 'Fire'
  return group === 'VO' || group === 'PO' ? 'Other' : group === 'OT' || group === null ? 'Safety' : 'Security'
}

function ended({ status }: Row): boolean {
  return status === 'resolved' || status === 'closed'
}

function urgencyOf(row: Row): string {
  if (ended(row)) return 'Past'
  switch (row.details?.when) {
    case 'now':
      return 'Immediate'
    case 'hour':
    case 'today':
    case 'earlier':
      return 'Past'
    default:
      return 'Unknown'
  }
}

function certaintyOf({ verification }: Row): string {
  switch (verification) {
    case 'verified':
      return 'Observed'
    case 'corroborated':
      return 'Likely'
    case 'false':
      return 'Unlikely'
    case 'checking':
    case 'unverified':
      return 'Possible'
  }
}

function headlineOf(row: Row, event: string): string {
  const made = row.drill === null ? '' : 'EXERCISE: '
  return `${made}S${row.severity} ${event}, ${areaOf(row)}${row.id ? ` (${row.id})` : ''}`
}

function areaOf({ place, regionName }: Row): string {
  if (place.county && place.state) return `${place.county}, ${place.state}`
  return place.stateName ?? regionName
}

function parameter(name: string, value: string): readonly string[] {
  return named('parameter', name, value)
}

function named(element: string, name: string, value: string): readonly string[] {
  return [`<${element}>`, tag('valueName', name), tag('value', value), `</${element}>`]
}

function tag(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`
}

// What XML cannot hold at all is left out; the rest is written as it must be.
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

// No space, comma, < or & may stand in it.
function slug(name: string): string {
  return (
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'network'
  )
}
