/** A check of one value: it says where and what is wrong, or nothing. */
export type Check = (value: unknown, at: string, wrong: (problem: string) => void) => void

/** An object as JSON has it. */
export type Json = Record<string, unknown>

/** Text of a length between `least` and `most` characters. */
export function text(most: number, least = 1): Check {
  return (value, at, wrong) => {
    if (typeof value !== 'string') wrong(`${at}: must be a text`)
    else if (value.length < least || value.length > most)
      wrong(`${at}: ${value.length} characters, ${least} to ${most}`)
  }
}

/** One of these values. */
export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, at, wrong) => {
    if (!allowed.includes(value)) wrong(`${at}: ${JSON.stringify(value)} is none of ${allowed.join(', ')}`)
  }
}

/** True or false. */
export const flag: Check = (value, at, wrong) => {
  if (typeof value !== 'boolean') wrong(`${at}: must be true or false`)
}

/** A whole number in a range. */
export function whole(least: number, most: number): Check {
  return (value, at, wrong) => {
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      wrong(`${at}: ${JSON.stringify(value)} is no whole number from ${least} to ${most}`)
    }
  }
}

/** A web address. */
export const address: Check = (value, at, wrong) => {
  if (typeof value !== 'string' || !/^https?:\/\//.test(value) || value.length > 3000) wrong(`${at}: is no address`)
}

/** A list of `least` to `most` entries, each of which passes the check. */
export function list(each: Check, least: number, most: number): Check {
  return (value, at, wrong) => {
    if (!Array.isArray(value)) return wrong(`${at}: must be a list`)
    if (value.length < least || value.length > most) wrong(`${at}: ${value.length} entries, ${least} to ${most}`)
    for (const [index, one] of value.entries()) each(one, `${at}/${index}`, wrong)
  }
}

/** An object with exactly these fields; those whose name ends in `?` may be left out. */
export function object(fields: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(fields).map(([name, check]) => [name.replace(/\?$/, ''), check]))
  const needed = Object.keys(fields).filter(name => !name.endsWith('?'))
  return (value, at, wrong) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(`${at}: must be an object`)
    for (const name of needed) if (!(name in value)) wrong(`${at}: ${name} is missing`)
    for (const [name, given] of Object.entries(value)) {
      const check = known.get(name)
      if (check) check(given, `${at}/${name}`, wrong)
      else wrong(`${at}: the field ${name} is unknown`)
    }
  }
}

/** One of several objects, told apart by their `type`. */
export function typed(kinds: Readonly<Record<string, Readonly<Record<string, Check>>>>): Check {
  const checks = new Map(
    Object.entries(kinds).map(([type, fields]) => [type, object({ ...fields, type: oneOf(type) })]),
  )
  return (value, at, wrong) => {
    const type = (value as Json | null)?.type
    const check = checks.get(String(type))
    if (check) check(value, at, wrong)
    else wrong(`${at}: ${JSON.stringify(type)} may not stand here (${[...checks.keys()].join(', ')})`)
  }
}
