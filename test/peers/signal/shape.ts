import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { specs } from '../../need.ts'

type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: { readonly $ref?: string }
}
type Swagger = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>
  readonly definitions: Readonly<Record<string, Record<string, unknown>>>
}

/** Says what is wrong with a request by the official description, or null. */
export type Shape = (method: string, path: string, query: URLSearchParams, body: unknown) => string | null

/** The shapes of all requests, unknown fields refused; null where the official description is not there. */
export function loadShapes(): Shape | null {
  const folder = specs().path
  if (folder === undefined) return null
  const swagger = JSON.parse(readFileSync(join(folder, 'signal-cli-rest-api-swagger.json'), 'utf8')) as Swagger
  const ajv = new Ajv({ strict: false, allErrors: true })
  ajv.addSchema({ $id: 'signal', definitions: closed(swagger.definitions) })
  const compiled = new Map<string, ValidateFunction>()

  function bodyShape(ref: string): ValidateFunction {
    const found = compiled.get(ref) ?? ajv.compile({ $ref: `signal${ref}` })
    compiled.set(ref, found)
    return found
  }

  return (method, path, query, body) => {
    const known = Object.keys(swagger.paths).find(one => matches(one, path))
    const operation = known && swagger.paths[known]?.[method.toLowerCase()]
    if (!operation) return `${method} ${path} is no request of the API`
    const parameters = operation.parameters ?? []
    const strange = [...query.keys()].find(name => !parameters.some(one => one.in === 'query' && one.name === name))
    if (strange !== undefined) return `${method} ${path}: there is no query ${strange}`
    const ref = parameters.find(one => one.in === 'body')?.schema?.$ref
    if (ref === undefined) return body === undefined ? null : `${method} ${path} takes no body`
    const shape = bodyShape(ref)
    return shape(body) ? null : `${method} ${path}: ${ajv.errorsText(shape.errors)}`
  }
}

function closed(definitions: Swagger['definitions']): Swagger['definitions'] {
  const each = Object.entries(definitions).map(([name, one]) => [name, { ...one, additionalProperties: false }])
  return Object.fromEntries(each)
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index])
}
