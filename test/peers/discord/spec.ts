import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { specs } from '../../need.ts'

type Schema = Readonly<Record<string, unknown>>
type Operation = { readonly route: string; readonly schema: Schema | null; readonly pointer: string }

/** Checks requests against Discord's own description; what is wrong, in words. */
export type Spec = {
  /** The operation's path template, or null if Discord has none such. */
  readonly route: (method: string, path: string) => string | null
  readonly check: (method: string, path: string, body: unknown) => readonly string[]
}

/** The official description, or null where it does not stand beside the project. */
export function openSpec(): Spec | null {
  const folder = specs().path
  if (folder && !made) made = createSpec(join(folder, 'discord-openapi.json'))
  return made
}

let made: Spec | null = null

function createSpec(file: string): Spec {
  // `oneOf` means one of the list there, not exactly one.
  const document = JSON.parse(readFileSync(file, 'utf8').replaceAll('"oneOf":', '"anyOf":')) as Schema
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema(document, 'discord')
  const paths = Object.keys(document.paths as Schema)
  const validators = new Map<string, ReturnType<Ajv2020['compile']>>()

  function find(method: string, path: string): Operation | null {
    const parts = path.split('/')
    const fitting = paths.filter(one => fits(one.split('/'), parts))
    // A written-out step is meant before a parameter.
    const route = fitting.toSorted((one, other) => one.split('{').length - other.split('{').length)[0]
    const operation = route && ((document.paths as Schema)[route] as Schema)[method.toLowerCase()]
    if (!route || !operation) return null
    const body = at(operation, 'requestBody', 'content', 'application/json', 'schema') as Schema | undefined
    const steps = ['paths', route, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema']
    return { route, schema: body ?? null, pointer: steps.map(step => encodeURIComponent(pointed(step))).join('/') }
  }

  return {
    route: (method, path) => find(method, path)?.route ?? null,
    check(method, path, body) {
      const operation = find(method, path)
      if (!operation) return [`there is no ${method} ${path}`]
      if (!operation.schema) return body === undefined ? [] : [`${method} ${operation.route} takes no body`]
      const validate = validators.get(operation.pointer) ?? ajv.compile({ $ref: `discord#/${operation.pointer}` })
      validators.set(operation.pointer, validate)
      const wrong = validate(body) ? [] : meant(validate.errors ?? [])
      const unknown = unknownIn(operation.schema, body, '', document)
      return [...wrong, ...unknown].map(one => `${method} ${operation.route}: ${one}`)
    },
  }
}

/** Of a union every branch complains; those of the branch that was meant get furthest in. */
function meant(errors: readonly { instancePath: string; keyword: string; message?: string; params?: unknown }[]) {
  const all = errors.filter(error => error.keyword !== 'anyOf')
  const inside = all.filter(error => error.keyword !== 'enum' || !error.instancePath.endsWith('/type'))
  const real = inside.length > 0 ? inside : all
  const deepest = Math.max(...real.map(error => error.instancePath.split('/').length))
  return real
    .filter(error => error.instancePath.split('/').length === deepest)
    .slice(0, 3)
    .map(error => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`)
}

/** Fields that Discord does not know, which its description lets pass. */
function unknownIn(schema: Schema, value: unknown, path: string, document: Schema): readonly string[] {
  const one = branch(schema, value, document)
  if (Array.isArray(value)) {
    const items = one?.items as Schema | undefined
    return items ? value.flatMap((each, index) => unknownIn(items, each, `${path}/${index}`, document)) : []
  }
  if (typeof value !== 'object' || value === null || !one) return []
  const known = propertiesOf(one, document)
  if (!known || one.additionalProperties) return []
  return Object.entries(value).flatMap(([name, each]) => {
    const inner = known[name]
    return inner ? unknownIn(inner, each, `${path}/${name}`, document) : [`${path}/${name} is unknown`]
  })
}

/** The one of a union that fits the value best: of the same `type`, and with the fewest unknown fields. */
function branch(schema: Schema, value: unknown, document: Schema): Schema | null {
  const resolved = resolve(schema, document)
  const union = (resolved.anyOf ?? null) as Schema[] | null
  if (!union) return resolved
  const fitting = union.map(one => branch(one, value, document)).filter(one => one !== null)
  return fitting.toSorted((one, other) => misfit(one, value, document) - misfit(other, value, document))[0] ?? null
}

function misfit(schema: Schema, value: unknown, document: Schema): number {
  if (Array.isArray(value)) return schema.items ? 0 : 1000
  if (typeof value !== 'object' || value === null) return schema.properties ? 1000 : 0
  const known = propertiesOf(schema, document)
  if (!known) return 500
  const types = known.type ? (resolve(known.type, document).enum as unknown[] | undefined) : undefined
  const other = types && 'type' in value && !types.includes(value.type) ? 100 : 0
  return other + Object.keys(value).filter(name => !known[name]).length
}

function propertiesOf(schema: Schema, document: Schema): Readonly<Record<string, Schema>> | null {
  const own = schema.properties as Record<string, Schema> | undefined
  const all = ((schema.allOf ?? []) as Schema[]).map(one => propertiesOf(resolve(one, document), document) ?? {})
  return own || all.length > 0 ? Object.assign({}, ...all, own) : null
}

function resolve(schema: Schema, document: Schema): Schema {
  if (typeof schema.$ref !== 'string') return schema
  const steps = schema.$ref.slice(2).split('/')
  return resolve(at(document, ...steps) as Schema, document)
}

function at(from: unknown, ...steps: readonly string[]): unknown {
  return steps.reduce<unknown>((inside, step) => (inside as Schema | undefined)?.[step], from)
}

function fits(template: readonly string[], parts: readonly string[]): boolean {
  return (
    template.length === parts.length && template.every((step, index) => step.startsWith('{') || step === parts[index])
  )
}

function pointed(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
